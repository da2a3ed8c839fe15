"""Drives the control interface with the independent varlink package: introspection, information, subscription, commands, errors.

Usage: varlink_client.py SOCKET
"""
import sys

import varlink

client = varlink.Client.new_with_address(f"unix:{sys.argv[1]}")
info = client.info if hasattr(client, "info") else None
with client.open("org.varlink.service") as service:
    reply = service.GetInfo()
    assert "org.mipmib.agent" in reply["interfaces"], reply
    text = service.GetInterfaceDescription("org.mipmib.agent")["description"]
parsed = varlink.Interface(text)
names = {name for name, member in parsed.members.items()}
for expected in ("GetInformation", "Subscribe", "RevokeBinding", "SetEnabled", "BindingNotFound", "Binding"):
    assert expected in names, (expected, names)

with client.open("org.mipmib.agent") as agent:
    information = agent.GetInformation()["information"]
    assert information["name"] == "sample", information
    bindings, phases = 0, []
    for update in agent.Subscribe(["bindings"], _more=True):
        phases.append(update["phase"])
        bindings += len(update["changes"])
        if update["phase"] == "synced":
            break
    assert phases[0] == "snapshot" and phases[-1] == "synced", phases

with client.open("org.mipmib.agent") as agent:
    assert agent.RevokeBinding("10.0.1.5", None)["revoked"] == 1
    for call, name in (
        (lambda: agent.RevokeBinding("1.2.3.4", None), "org.mipmib.agent.BindingNotFound"),
        (lambda: agent.RevokeBinding("not an address", None), "org.varlink.service.InvalidParameter"),
        (lambda: agent.Subscribe(["bindings"]), "org.varlink.service.ExpectedMore"),
        (lambda: next(agent.Subscribe(["nonsense"], _more=True)), "org.mipmib.agent.InvalidTopic"),
    ):
        try:
            call()
        except varlink.VarlinkError as error:
            assert error.error() == name, (error.error(), name)
            if name.endswith("InvalidParameter"):
                assert error.parameters() == {"parameter": "homeAddress"}, error.parameters()
        else:
            raise AssertionError(f"{name} expected")

# A call that wants no answer gets none, not even if it fails: the next call gets its own.
with client.open("org.mipmib.agent") as agent:
    agent.RevokeBinding("10.9.9.9", None, _oneway=True)
    assert agent.GetInformation()["information"]["name"] == "sample"

# Only the rows of one node.
with client.open("org.mipmib.agent") as agent:
    rows = []
    for update in agent.Subscribe(["bindings"], None, "10.0.1.9", None, _more=True):
        rows += update["changes"]
        if update["phase"] == "synced":
            break
    assert [row["binding"]["homeAddress"] for row in rows] == ["10.0.1.9"], rows

print(f"{bindings} bindings")
