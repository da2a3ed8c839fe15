"""Captured requests, sent byte for byte as anyone can: none is accepted again."""
import time

from daemons import Finding
from fleet import HOME_AGENT, SIGNER
from ledger import record
from registrations import IDENTIFICATION_MISMATCH, Reply


def replay(fleet, path, count, limit=30):
    """Sends captured requests byte for byte: none may change a binding. Returns how many were answered as duplicates."""
    before, _, _ = fleet.rows(path)
    captured = [(node, request) for node in fleet.nodes for request in node.captured]
    sent = {}
    for node, request in fleet.dice.sample(captured, min(count, len(captured))):
        sent.setdefault(request.token, (node, request))
    for _, request in sent.values():
        fleet.socket.sendto(request.data, (HOME_AGENT, 434))
    duplicates, left, deadline = 0, dict(sent), time.monotonic() + limit
    while left:
        fleet.poller.poll(20)
        if time.monotonic() > deadline:
            raise Finding(f"{len(left)} captured requests were not answered within {limit} s")
        while True:
            try:
                reply = Reply(SIGNER, fleet.socket.recv(2048))
            except BlockingIOError:
                break
            node, request = left.pop(reply.token, (None, None))
            if node:
                duplicates += judge(node, request, reply, before[node.number])
    rows, began, _ = fleet.rows(path)
    for number, shown in before.items():
        for care_of in shown.keys() | rows[number].keys():
            old, new = shown.get(care_of), rows[number].get(care_of)
            if old != new and not (old and not new and old["expires"] and old["expires"] <= began + 1):
                raise Finding(f"captured requests changed a binding of node {number}: {old} became {new}")
    fleet.counts["replays"] += len(sent)
    return duplicates


def judge(node, request, reply, rows):
    what = (f"node {node.number} ({node.kind}, {node.home}): a captured request to {request.purpose} at {request.care_of}, "
            f"identification {request.identification:016x}, was answered with {reply.code}")
    is_current = any(row["identification"] == f"{request.identification:016x}" for row in rows.values())
    if reply.is_acceptance and not is_current and node.last not in (request, None):
        raise Finding(f"{what}; its record: {record(node)}")
    if not reply.is_acceptance and request.purpose not in ("denied", "overfull", "older"):
        if reply.code != IDENTIFICATION_MISMATCH:
            raise Finding(what)
    return reply.is_acceptance
