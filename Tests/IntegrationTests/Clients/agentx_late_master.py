"""An AgentX master that answers late once, written from RFC 2741.

Usage: agentx_late_master.py SOCKET CASE SECONDS. Prints "listening", serves one subagent after the other, and prints after SECONDS what
happened, as JSON. The cases:

register: the first Register is answered after 1.4 seconds, with duplicateRegistration.
ping: the first Ping is answered after 1.5 seconds.
chatter: the first Ping is never answered; requests are sent without a pause instead.
"""
import json
import os
import socket
import struct
import sys
import threading
import time

path, case, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
OPEN, REGISTER, GET, PING, RESPONSE = 1, 3, 5, 13, 18
counts = {"opens": 0, "registrations": 0, "pings": 0, "ended": 0.0}
done = set()


def pdu(kind, transaction, packet, payload):
    return struct.pack("<BBBBIIII", 1, kind, 0, 0, 4711, transaction, packet, len(payload)) + payload


def once(name):
    if case != name or name in done:
        return False
    done.add(name)
    return True


def chatter(connection):
    get = pdu(GET, 1, 1, struct.pack("<BBBBIIIIII", 6, 2, 0, 0, 1, 44, 1, 1, 1, 0) + bytes(4))
    try:
        while True:
            connection.sendall(get * 50)
    except OSError:
        pass


def serve(connection):
    data = b""
    while more := connection.recv(65536):
        data += more
        while len(data) >= 20:
            order = ">" if data[2] & 0x10 else "<"
            _, transaction, packet, length = struct.unpack(order + "IIII", data[4:20])
            if len(data) < 20 + length:
                break
            kind, flags, payload, data = data[1], data[2], data[20:20 + length], data[20 + length:]
            error = 0
            if kind == RESPONSE:
                continue
            if kind == OPEN:
                counts["opens"] += 1
            if kind == REGISTER:
                counts["registrations"] += 0 if flags & 0x08 else 1
                if once("register"):
                    time.sleep(1.4)
                    error = 263
            if kind == PING:
                counts["pings"] += 1
                if once("ping"):
                    time.sleep(1.5)
                if once("chatter"):
                    begin = time.monotonic()
                    threading.Thread(target=chatter, args=(connection,), daemon=True).start()
                    while connection.recv(65536):
                        pass
                    counts["ended"] = time.monotonic() - begin
                    return
            ticks = int((time.monotonic() - start) * 100)
            payload = struct.pack(order + "IHH", ticks, error, 0)
            header = struct.pack(order + "BBBBIIII", 1, RESPONSE, flags & 0x10, 0, 4711, transaction, packet, len(payload))
            connection.sendall(header + payload)


def report():
    time.sleep(seconds)
    print(json.dumps(counts), flush=True)
    os._exit(0)


listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(4)
print("listening", flush=True)
connection, _ = listener.accept()
start = time.monotonic()
threading.Thread(target=report, daemon=True).start()
while True:
    try:
        serve(connection)
    except OSError:
        pass
    connection.close()
    connection, _ = listener.accept()
