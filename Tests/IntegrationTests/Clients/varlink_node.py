"""Reads everything that a mobile node publishes, with the independent varlink package: introspection, information, subscription, errors.

Usage: varlink_node.py SOCKET HOME-ADDRESS CARE-OF-ADDRESS
"""
import sys

import varlink

socket, home, care_of = sys.argv[1:]
client = varlink.Client.new_with_address(f"unix:{socket}")
with client.open("org.varlink.service") as service:
    reply = service.GetInfo()
    assert "org.mipmib.agent" in reply["interfaces"], reply
    assert reply["product"] and reply["version"].startswith("mip-node"), reply
    text = service.GetInterfaceDescription("org.mipmib.agent")["description"]
members = varlink.Interface(text).members
for expected in ("GetInformation", "Subscribe", "MobileNodeStatus", "NodeRegistration", "KnownForeignAgent"):
    assert expected in members, (expected, sorted(members))

with client.open("org.mipmib.agent") as node:
    information = node.GetInformation()["information"]
    assert information["roles"] == ["mobileNode"], information
    assert [address["address"] for address in information["addresses"]] == [home], information
    changes, phases = [], []
    for update in node.Subscribe(None, _more=True):
        phases.append(update["phase"])
        changes += update["changes"]
        if update["phase"] == "synced":
            break
    assert phases[0] == "snapshot" and phases[-1] == "synced", phases

def only(kind):
    rows = [change[kind] for change in changes if change.get(kind) is not None]
    assert rows, (kind, changes)
    return rows

assert only("mobileNodeStatus")[0]["state"] == "registered", changes
assert [row["careOfAddress"] for row in only("registration") if row["isAccepted"]] == [care_of], changes
assert care_of in [row["careOfAddress"] for row in only("foreignAgent")], changes
assert only("counters")[0]["mobileNode"]["requestsAccepted"] >= 1, changes

with client.open("org.mipmib.agent") as node:
    try:
        node.RevokeBinding(home, None)
    except varlink.VarlinkError as error:
        assert error.error() == "org.mipmib.agent.Refused", error.error()
    else:
        raise AssertionError("a node must refuse RevokeBinding")

print("all reported")
