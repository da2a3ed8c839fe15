"""All interfaces of a running system show the same rows in the same order: SNMP by GETNEXT and by GETBULK, through snmpd and standalone,
the JSON API, and the control sockets."""
import http.client
import ipaddress
import json
import time

import snmp
from daemons import Finding, control


def address(value):
    return str(ipaddress.IPv4Address(value))


def number(value):
    return int.from_bytes(value, "big")


def word(value):
    """An Integer32 as eight hexadecimal digits."""
    return f"{int.from_bytes(value, 'big', signed=True) & 0xFFFFFFFF:08x}"


def same_walks(port, communities=("public", "foreign")):
    """GETNEXT and GETBULK list the same instances with the same values, except for values that move."""
    for community in communities:
        manager = snmp.Manager(port, community, timeout=5)
        try:
            for root in (snmp.MIB, snmp.EXTENSION):
                # What changes on its own between two walks is walked again.
                for attempt in range(6):
                    by_next = manager.walk(root)
                    by_bulk = manager.walk(root, bulk=23)
                    # Some values move once a second.
                    time.sleep(1.1)
                    again = manager.walk(root, bulk=7)
                    moving = {a[0] for a, b in zip(by_bulk, again) if a != b}
                    changed = snmp.differences(by_next, by_bulk, moving) + snmp.differences(by_bulk, again, moving)
                    if not changed:
                        break
                    time.sleep(0.3)
                else:
                    raise Finding(f"GETNEXT and GETBULK of {community} at port {port} differ: {changed[:8]}")
        finally:
            manager.close()


def api(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise Finding(f"GET {path} was answered with {answer.status}: {body[:300]!r}")
        return json.loads(body)
    finally:
        connection.close()


def bindings_by_snmp(port, community):
    manager = snmp.Manager(port, community, timeout=5)
    try:
        rows = snmp.table(manager, snmp.BINDINGS, 8)
    finally:
        manager.close()
    return [
        (address(r[1]), address(r[2]), address(r[3]), number(r[7]), word(r[6]) + word(r[5]))
        for r in rows.values()
    ]


def bindings_of(rows):
    return [(r["homeAddress"], r["careOfAddress"], r["sourceAddress"], r["lifetimeGranted"], r["identification"]) for r in rows]


def visitors_by_snmp(port, community):
    manager = snmp.Manager(port, community, timeout=5)
    try:
        rows = snmp.table(manager, snmp.VISITORS, 4)
    finally:
        manager.close()
    return [(address(r[1]), address(r[2]), address(r[3]), number(r[4])) for r in rows.values()]


def visitors_of(rows):
    return [(r["sourceAddress"], r["homeAddress"], r["homeAgent"], r["lifetimeGranted"]) for r in rows]


def in_order(rows):
    """Rows of a control socket, which come in no order, as the other interfaces sort them."""
    return sorted(rows, key=lambda row: [int(ipaddress.IPv4Address(part)) for part in row[:2]])


def snapshot(path, topic, member):
    replies = control(path, "org.mipmib.agent.Subscribe", {"topics": [topic]})
    if "error" in replies[-1]:
        raise Finding(f"{path} refused a subscription: {replies[-1]}")
    return [change[member] for reply in replies for change in reply["parameters"]["changes"] if member in change]


def tables(scene, snmp_ports):
    """Every table of bindings and visitors by every interface, by name of the interface."""
    home, foreign = scene.folder / "home.sock", scene.folder / "foreign.sock"
    bindings = {"control socket": in_order(bindings_of(snapshot(home, "bindings", "binding")))}
    visitors = {"control socket": in_order(visitors_of(snapshot(foreign, "visitors", "visitor")))}
    bindings["JSON"] = bindings_of(api(scene.http_port, "/v1/bindings?agent=home"))
    visitors["JSON"] = visitors_of(api(scene.http_port, "/v1/visitors?agent=foreign"))
    for port in snmp_ports:
        bindings[f"SNMP at {port}"] = bindings_by_snmp(port, "public")
        visitors[f"SNMP at {port}"] = visitors_by_snmp(port, "foreign")
    return {"bindings": bindings, "visitors": visitors}


def disagreement(scene, snmp_ports):
    """How the interfaces differ now; nothing if they agree."""
    for name, shown in tables(scene, snmp_ports).items():
        first = next(iter(shown.values()))
        for source, rows in shown.items():
            if rows != first:
                place = next((i for i, pair in enumerate(zip(first, rows)) if pair[0] != pair[1]), min(len(first), len(rows)))
                return (f"{name}: {len(first)} rows by {next(iter(shown))}, {len(rows)} by {source}; from row {place + 1} "
                        f"{first[place:place + 2]} and {rows[place:place + 2]}")
    return None
