"""Walks a module with pysnmp by GETNEXT and GETBULK, GETs every seventh instance, and requests instances and objects that do not exist.

Usage: pysnmp_walk.py HOST PORT [ROOT], where ROOT is an OID, by default that of MIP-MIB. Prints the number of instances; prints a reason and exits with 1 if anything is wrong.
"""
import asyncio
import sys

from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData, ContextData, ObjectIdentity, ObjectType, SnmpEngine, UdpTransportTarget, bulk_walk_cmd, get_cmd, next_cmd,
)

MIP = (1, 3, 6, 1, 2, 1, 44)
ROOT = tuple(int(part) for part in sys.argv[3].strip(".").split(".")) if len(sys.argv) > 3 else MIP


def fail(reason):
    print(reason)
    sys.exit(1)


async def main(host, port):
    engine, community, context = SnmpEngine(), CommunityData("public", mpModel=1), ContextData()
    target = await UdpTransportTarget.create((host, port), timeout=2, retries=2)

    async def get(*oid):
        error, status, _, values = await get_cmd(engine, community, target, context, ObjectType(ObjectIdentity(oid)), lookupMib=False)
        if error or status:
            fail(f"GET {oid}: {error or status}")
        return values[0]

    walked = []
    oid = ROOT
    while True:
        error, status, _, values = await next_cmd(engine, community, target, context, ObjectType(ObjectIdentity(oid)), lookupMib=False)
        if error or status:
            fail(f"GETNEXT {oid}: {error or status}")
        name, value = values[0]
        following = tuple(name)
        if type(value).__name__ == "EndOfMibView":
            break
        if following[:len(ROOT)] != ROOT:
            break
        if following <= oid:
            fail(f"OID not increasing: {following} after {oid}")
        walked.append((following, type(value).__name__))
        oid = following
    bulk = []
    async for error, status, _, values in bulk_walk_cmd(
            engine, community, target, context, 0, 25, ObjectType(ObjectIdentity(ROOT)), lookupMib=False, lexicographicMode=False):
        if error or status:
            fail(f"GETBULK: {error or status}")
        for name, value in values:
            if tuple(name)[:len(ROOT)] == ROOT and type(value).__name__ != "EndOfMibView":
                bulk.append((tuple(name), type(value).__name__))
    if bulk != walked:
        fail(f"GETBULK gave {len(bulk)} instances, GETNEXT {len(walked)}")
    for oid, kind in walked[::7]:
        name, value = await get(*oid)
        if type(value).__name__ != kind:
            fail(f"GET {oid} gave {type(value).__name__}, the walk {kind}")
    _, value = await get(*MIP, 1, 1, 1, 5)
    if type(value).__name__ != "NoSuchInstance":
        fail(f"mipEntities.5 gave {type(value).__name__}")
    _, value = await get(*MIP, 1, 1, 77, 0)
    if type(value).__name__ != "NoSuchObject":
        fail(f"an unknown object gave {type(value).__name__}")
    print(f"{len(walked)} instances")


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
