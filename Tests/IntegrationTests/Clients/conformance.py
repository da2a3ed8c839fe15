"""Checks the answers of an SNMP agent as a strict manager would, with pysnmp.

Usage: conformance.py HOST PORT --secret KEY [--v1 | --v3 USER AUTHENTICATION PRIVACY] [--community NAME] [--context NAME] [--write]

The numbers are those of a checklist for agents; each check prints a line "NUMBER ok" or "NUMBER reason". A HOST with a ':' means IPv6.
"""
import argparse
import asyncio
import sys

from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData, ContextData, ObjectIdentity, ObjectType, SnmpEngine, Udp6TransportTarget, UdpTransportTarget, UsmUserData, bulk_cmd,
    get_cmd, next_cmd, set_cmd, usmAesCfb128Protocol, usmHMAC192SHA256AuthProtocol,
)
from pysnmp.proto.rfc1902 import (
    Counter32, Counter64, Gauge32, Integer32, IpAddress, ObjectIdentifier, OctetString, TimeTicks, Unsigned32,
)

MIP = (1, 3, 6, 1, 2, 1, 44)
EXT = (1, 3, 6, 1, 4, 1, 8072, 9999, 9999, 44)
BINDING = MIP + (1, 6, 3, 1, 1)
SYSUPTIME = (1, 3, 6, 1, 2, 1, 1, 3, 0)


class Failed(Exception):
    pass


def expect(condition, reason):
    if not condition:
        raise Failed(reason)


class Manager:
    def __init__(self, options):
        self.options = options
        self.engine = SnmpEngine()
        if options.v3:
            user, auth, priv = options.v3
            self.security = UsmUserData(
                user, authKey=auth, privKey=priv, authProtocol=usmHMAC192SHA256AuthProtocol, privProtocol=usmAesCfb128Protocol)
        else:
            self.security = CommunityData(options.community, mpModel=0 if options.v1 else 1)
        self.context = ContextData(contextName=options.context.encode())

    async def open(self):
        kind = Udp6TransportTarget if ":" in self.options.host else UdpTransportTarget
        self.target = await kind.create((self.options.host, self.options.port), timeout=5, retries=1)

    async def request(self, command, *binds, extra=(), security=None, context=None):
        error, status, index, values = await command(
            self.engine, security or self.security, self.target, context or self.context, *extra,
            *[ObjectType(ObjectIdentity(bind)) if value is None else ObjectType(ObjectIdentity(bind), value) for bind, value in binds],
            lookupMib=False)
        if error and not (command is bulk_cmd and str(error) == "Empty SNMP response message"):
            raise Failed(f"no answer: {error}")
        return int(status), int(index), [(tuple(name), value) for name, value in values]

    async def get(self, *oids):
        return await self.request(get_cmd, *[(oid, None) for oid in oids])

    async def up_time(self):
        """Reads sysUpTime, which exists only in the default context."""
        _, _, values = await self.request(get_cmd, (SYSUPTIME, None), context=ContextData())
        return int(values[0][1])

    async def next(self, *oids):
        return await self.request(next_cmd, *[(oid, None) for oid in oids])

    async def bulk(self, nonrepeaters, repetitions, *oids):
        return await self.request(bulk_cmd, *[(oid, None) for oid in oids], extra=(nonrepeaters, repetitions))

    async def set(self, *binds, security=None):
        return await self.request(set_cmd, *binds, security=security)

    async def walk(self, root):
        """All instances below root by GETNEXT, each after the previous one."""
        oid, found = root, []
        while True:
            status, _, values = await self.next(oid)
            if status == 2 and self.options.v1:
                return found
            expect(status == 0, f"GETNEXT after {oid} gave error {status}")
            name, value = values[0]
            if type(value).__name__ == "EndOfMibView" or name[:len(root)] != root:
                return found
            expect(name > oid, f"OID not increasing: {name} after {oid}")
            found.append((name, value))
            oid = name


def kind(value):
    return type(value).__name__


async def check_1(m):
    m.walked = {}
    for root in (MIP, EXT):
        rows = await m.walk(root)
        expect(rows, f"nothing below {root}")
        m.walked.update(rows)


async def check_2(m):
    for root in (MIP, EXT):
        expected = [(name, kind(value)) for name, value in m.walked.items() if name[:len(root)] == root]
        for repetitions in (1, 7, 50, 1000):
            oid, found, done = root, [], False
            while not done:
                status, _, values = await m.bulk(0, repetitions, oid)
                expect(status == 0 and values, f"GETBULK gave error {status}")
                for name, value in values:
                    if name[:len(root)] != root or kind(value) == "EndOfMibView":
                        done = True
                        break
                    found.append((name, kind(value)))
                    oid = name
            expect(found == expected, f"max-repetitions {repetitions} gave {len(found)} instances, GETNEXT {len(expected)}")


async def check_3(m):
    names = list(m.walked)
    for start in range(0, len(names), 20):
        status, index, values = await m.get(*names[start:start + 20])
        expect(status == 0, f"GET gave error {status} at {index}")
        for (name, value), asked in zip(values, names[start:start + 20]):
            expect(name == asked and kind(value) == kind(m.walked[asked]), f"GET {asked} gave {kind(value)}")


async def check_4(m):
    for oid in (MIP + (1, 1, 1, 5), MIP + (1, 1, 1), BINDING + (1, 1, 2, 3, 4, 5, 6, 7, 8), BINDING + (1,), BINDING + (1, 10, 0, 0)):
        status, index, values = await m.get(oid)
        if m.options.v1:
            expect((status, index) == (2, 1), f"GET {oid}: {status} at {index}")
        else:
            expect(kind(values[0][1]) == "NoSuchInstance", f"GET {oid} gave {kind(values[0][1])}")


async def check_5(m):
    for oid in (MIP + (1, 1, 77, 0), EXT + (1, 77, 1, 0), MIP + (1, 6, 3, 1, 1, 77, 1, 2, 3, 4, 5, 6, 7, 8)):
        status, index, values = await m.get(MIP + (1, 1, 1, 0), oid)
        if m.options.v1:
            expect((status, index) == (2, 2), f"GET {oid}: error {status} at {index}")
        else:
            expect(kind(values[1][1]) == "NoSuchObject", f"GET {oid} gave {kind(values[1][1])}")


async def check_6(m):
    last = max(name for name in m.walked if name[:7] == MIP)
    status, _, values = await m.next(last)
    expect(status == 0 and values[0][0] > last and values[0][0][:7] != MIP, f"after the last object came {values[0]}")
    status, _, values = await m.next((2, 100, 1))
    if m.options.v1:
        expect(status == 2, f"past the end came error {status}")
    else:
        expect(kind(values[0][1]) == "EndOfMibView", f"past the end came {kind(values[0][1])}")


async def check_7(m):
    roles = MIP + (1, 1, 1, 0)
    status, _, values = await m.bulk(1, 3, roles[:-1], BINDING + (1,))
    expect(status == 0 and values[0][0] == roles and len(values) == 4, f"non-repeaters 1 gave {len(values)} varbinds")
    status, _, values = await m.bulk(0, 0, BINDING + (1,))
    expect(status == 0 and len(values) == 0, f"max-repetitions 0 gave {len(values)} varbinds")
    status, _, values = await m.bulk(0, 100000, MIP)
    names = [name for name, _ in values]
    expect(status == 0 and 1 <= len(names) <= 5000 and names == sorted(set(names)), f"max-repetitions 100000 gave {len(names)} varbinds")


async def check_8(m):
    rows = [(name, value) for name, value in m.walked.items() if name[:len(BINDING) + 1] == BINDING + (1,)]
    expect(rows, "no bindings")
    for name, value in rows:
        expect(tuple(value.asNumbers()) == name[-8:-4], f"home address {value.asNumbers()} at index {name[-8:]}")
        status, _, values = await m.get(BINDING + (2,) + name[-8:])
        expect(tuple(values[0][1].asNumbers()) == name[-4:], f"care-of address {values[0][1].asNumbers()} at index {name[-8:]}")


async def check_12(m):
    keys = [name for name in m.walked if name[:11] in (MIP + (1, 2, 1, 1), MIP + (1, 2, 5, 1)) and name[11] in (5, 6) and
            (name[9], name[11]) in ((1, 5), (5, 6))]
    expect(keys, "no association")
    for name in keys:
        expect(len(m.walked[name]) == 0, f"the key at {name} has {len(m.walked[name])} bytes")
    secret = bytes.fromhex(m.options.secret)
    for name, value in m.walked.items():
        expect(not hasattr(value, "asOctets") or secret not in value.asOctets(), f"the key is in {name}")


async def check_13(m):
    up_time = await m.up_time()
    for name, value in m.walked.items():
        if kind(value) == "TimeTicks":
            expect(int(value) <= up_time, f"{name} is {int(value)}, sysUpTime only {up_time}")


def writes(m):
    """What is written, and the error with its index that it must cause."""
    enable, interval = MIP + (1, 1, 2, 0), EXT + (1, 10, 2, 0)
    assoc = MIP + (1, 2, 1, 1)
    row = (192, 0, 2, 200, 0, 0, 1, 44)
    return {
        16: [
            ([(enable, OctetString("x"))], 7, 1), ([(enable, Gauge32(1))], 7, 1), ([(interval, Integer32(5))], 7, 1),
            ([(enable, ObjectIdentifier("1.3"))], 7, 1), ([(enable, Counter64(1))], 7, 1), ([(enable, IpAddress("1.2.3.4"))], 7, 1),
            ([(interval, Unsigned32(5)), (enable, TimeTicks(1))], 7, 2),
        ],
        17: [
            ([(enable, Integer32(3))], 10, 1), ([(enable, Integer32(0))], 10, 1), ([(interval, Gauge32(3601))], 10, 1),
            ([(EXT + (1, 10, 1, 1, 2, 1), Integer32(9))], 10, 1),
        ],
        18: [
            ([(MIP + (1, 1, 1, 0), OctetString("x"))], 17, 1), ([(BINDING + (1,) + (1,) * 8, IpAddress("1.1.1.1"))], 17, 1),
            ([(MIP + (1, 1, 77, 0), Integer32(1))], 17, 1), ([(enable[:-1] + (5,), Integer32(1))], 11, 1),
            ([(enable, Integer32(1)), (EXT + (1, 1, 1, 0), OctetString("x"))], 17, 2),
        ],
    }


async def check_writes(m, number):
    for binds, status, index in writes(m)[number]:
        got = await m.set(*binds)
        expect(got[:2] == (status, index), f"SET {[(name, kind(value)) for name, value in binds]}: error {got[0]} at {got[1]}, not {status} at {index}")


async def check_16(m):
    await check_writes(m, 16)


async def check_17(m):
    await check_writes(m, 17)


async def check_18(m):
    await check_writes(m, 18)
    if not m.options.v3:
        reader = CommunityData("public", mpModel=1)
        got = await m.set((MIP + (1, 1, 2, 0), Integer32(1)), security=reader)
        expect(got[:2] == (6, 1), f"a read-only community: error {got[0]} at {got[1]}, not 6 at 1")


async def check_19(m):
    interval, rate = EXT + (1, 10, 2, 0), EXT + (1, 10, 3, 0)
    _, _, before = await m.get(interval, rate)
    got = await m.set((interval, Unsigned32(77)), (rate, Unsigned32(60001)))
    expect(got[:2] == (10, 2), f"error {got[0]} at {got[1]}")
    _, _, after = await m.get(interval, rate)
    expect([int(value) for _, value in before] == [int(value) for _, value in after], "the first varbind was applied")
    got = await m.set((interval, Unsigned32(77)), (rate, Unsigned32(66)))
    expect(got[0] == 0, f"error {got[0]} at {got[1]}")
    _, _, after = await m.get(interval, rate)
    expect([int(value) for _, value in after] == [77, 66], "not both varbinds were applied")
    await m.set(*[(name, Unsigned32(int(value))) for name, value in before])


READING = [check_1, check_2, check_3, check_4, check_5, check_6, check_7, check_8, check_12, check_13]
WRITING = [check_16, check_17, check_18, check_19]


async def main(options):
    m = Manager(options)
    await m.open()
    checks = READING + (WRITING if options.write else [])
    for check in checks:
        number = check.__name__.split("_")[1]
        # SNMPv1 has neither GETBULK nor Counter64.
        if options.v1 and number in ("2", "7"):
            continue
        try:
            await check(m)
            print(number, "ok")
        except Failed as failure:
            print(number, failure)


parser = argparse.ArgumentParser()
parser.add_argument("host")
parser.add_argument("port", type=int)
parser.add_argument("--v1", action="store_true")
parser.add_argument("--v3", nargs=3)
parser.add_argument("--community", default="public")
parser.add_argument("--context", default="")
parser.add_argument("--secret", required=True, help="a key that no value may contain, in hexadecimal digits")
parser.add_argument("--write", action="store_true")
asyncio.run(main(parser.parse_args()))
