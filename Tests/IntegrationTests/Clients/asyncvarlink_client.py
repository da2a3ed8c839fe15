"""Drives the control interface with the independent asyncvarlink package, whose types refuse what differs from the specification.

Usage: asyncvarlink_client.py SOCKET
"""
import asyncio
import sys

import asyncvarlink
from asyncvarlink import VarlinkMethodCall, serviceerrors
from asyncvarlink.serviceinterface import VarlinkServiceInterface


async def connect():
    _, protocol = await asyncvarlink.connect_unix_varlink(asyncvarlink.VarlinkClientProtocol, sys.argv[1])
    return protocol


async def call(protocol, method, **parameters):
    reply, _ = await protocol.call(VarlinkMethodCall(f"org.mipmib.agent.{method}", parameters))
    return reply


async def main():
    protocol = await connect()
    service = protocol.make_proxy(VarlinkServiceInterface)
    info = await service.GetInfo()
    assert "org.mipmib.agent" in info["interfaces"], info
    description = await service.GetInterfaceDescription(interface="org.mipmib.agent")
    assert description["description"].count("method ") >= 6
    try:
        await service.GetInterfaceDescription(interface="no.such")
        raise AssertionError("InterfaceNotFound expected")
    except serviceerrors.InterfaceNotFound as error:
        assert error.parameters == {"interface": "no.such"}, error.parameters

    reply = await call(protocol, "GetInformation")
    assert reply.error is None and reply.parameters["information"]["name"] == "sample", reply
    reply = await call(protocol, "RevokeBinding", homeAddress="1.2.3.4")
    assert reply.error == "org.mipmib.agent.BindingNotFound", reply
    reply = await call(protocol, "RevokeBinding", homeAddress="not an address")
    assert (reply.error, reply.parameters) == ("org.varlink.service.InvalidParameter", {"parameter": "homeAddress"}), reply
    reply = await call(protocol, "Subscribe", topics=["bindings"])
    assert reply.error == "org.varlink.service.ExpectedMore", reply

    # No answer is wanted, so none is given, and the next call gets its own.
    await protocol.call(VarlinkMethodCall("org.mipmib.agent.RevokeBinding", {"homeAddress": "10.9.9.9"}, oneway=True))
    await protocol.call(VarlinkMethodCall("org.mipmib.agent.Nothing", {}, oneway=True))
    reply = await call(protocol, "GetInformation")
    assert reply.parameters["information"]["name"] == "sample", reply

    protocol = await connect()
    bindings, phases = 0, []
    async for reply, _ in protocol.call_more(
        VarlinkMethodCall("org.mipmib.agent.Subscribe", {"topics": ["bindings"]}, more=True)
    ):
        assert reply.continues and reply.error is None, reply
        phases.append(reply.parameters["phase"])
        bindings += len(reply.parameters["changes"])
        if phases[-1] == "synced":
            break
    assert phases[0] == "snapshot", phases
    print(f"{bindings} bindings")


asyncio.run(asyncio.wait_for(main(), 20))
