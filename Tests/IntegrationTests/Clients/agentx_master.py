"""An AgentX master written from RFC 2741, which refuses the registrations of one context for a while.

Usage: agentx_master.py SOCKET CONTEXT STATUS SECONDS. Prints "listening". It serves one subagent for SECONDS, of which the registrations in
CONTEXT are refused with STATUS in the first half, and reads a variable of the default context all the time. Then it closes the session,
and waits for the next one. It prints what happened as JSON, and serves on.
"""
import json
import select
import socket
import struct
import sys
import time

path, refused, status, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
OPEN, CLOSE, REGISTER, GET, RESPONSE = 1, 2, 3, 5, 18
SESSION = 4711
MIP_ENTITIES = (1, 3, 6, 1, 2, 1, 44, 1, 1, 1, 0)
start = time.monotonic()
counts = {"opens": 0, "registrations": {}, "gets": 0, "values": 0}


def pdu(kind, flags, transaction, packet, payload):
    order = ">" if flags & 0x10 else "<"
    head = struct.pack("BBBB", 1, kind, flags, 0)
    return head + struct.pack(order + "IIII", SESSION, transaction, packet, len(payload)) + payload


def oid(identifier, order):
    return struct.pack("BBBB", len(identifier), 0, 0, 0) + b"".join(struct.pack(order + "I", part) for part in identifier)


class Connection:
    def __init__(self, listener):
        self.socket, _ = listener.accept()
        self.data = b""
        self.ended = False

    def receive(self, wait):
        """The PDUs that arrive within a time."""
        if not select.select([self.socket], [], [], wait)[0]:
            return
        more = self.socket.recv(65536)
        self.ended = not more
        self.data += more
        while len(self.data) >= 20:
            order = ">" if self.data[2] & 0x10 else "<"
            _, transaction, packet, length = struct.unpack(order + "IIII", self.data[4:20])
            if len(self.data) < 20 + length:
                return
            kind, flags, payload = self.data[1], self.data[2], self.data[20:20 + length]
            self.data = self.data[20 + length:]
            yield kind, flags, transaction, packet, payload, order

    def serve(self, wait):
        for kind, flags, transaction, packet, payload, order in self.receive(wait):
            if kind == RESPONSE:
                # res.error, then v.type of the first variable.
                if payload[4:8] == bytes(4) and len(payload) >= 10 and struct.unpack(order + "H", payload[8:10])[0] == 4:
                    counts["values"] += 1
                continue
            error = 0
            if kind == OPEN:
                counts["opens"] += 1
            if kind == REGISTER:
                context = ""
                if flags & 0x08:
                    length = struct.unpack(order + "I", payload[:4])[0]
                    context = payload[4:4 + length].decode()
                counts["registrations"][context] = counts["registrations"].get(context, 0) + 1
                if context == refused and time.monotonic() - start < seconds / 2:
                    error = status
            ticks = int((time.monotonic() - start) * 100)
            self.socket.sendall(pdu(RESPONSE, flags & 0x10, transaction, packet, struct.pack(order + "IHH", ticks, error, 0)))


listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(4)
print("listening", flush=True)
connection = Connection(listener)
start = time.monotonic()
number = 0
while time.monotonic() - start < seconds:
    connection.serve(0.05)
    number += 1
    # In both byte orders, once the registrations are made.
    if number > 10:
        flags, order = ((0x10, ">"), (0, "<"))[number % 2]
        # Counted from the first value on: the subagent may not have reached its agent before.
        counts["gets"] = counts["gets"] + 1 if counts["values"] else 1
        connection.socket.sendall(pdu(GET, flags, number, number, oid(MIP_ENTITIES, order) + oid((), order)))
        connection.serve(0.5)
limit = time.monotonic() + 3
while counts["values"] < counts["gets"] and time.monotonic() < limit:
    connection.serve(0.1)
before = dict(counts, registrations=dict(counts["registrations"]))
closing = time.monotonic()
connection.socket.sendall(pdu(CLOSE, 0x10, 0, 99, struct.pack("BBBB", 4, 0, 0, 0)))
while not connection.ended and time.monotonic() - closing < 10:
    connection.serve(0.05)
before["closed"] = time.monotonic() - closing
listener.settimeout(10)
connection = Connection(listener)
before["again"] = time.monotonic() - closing
print(json.dumps(before), flush=True)
while not connection.ended:
    connection.serve(1)
