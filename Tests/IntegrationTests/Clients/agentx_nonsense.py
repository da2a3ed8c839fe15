"""An AgentX master that answers with seeded nonsense: random bytes, wrong lengths, unsolicited PDUs.

Usage: agentx_nonsense.py SOCKET CONNECTIONS. Prints "listening", serves the given number of connections, and exits.
"""
import random
import socket
import struct
import sys
import time

path, connections = sys.argv[1], int(sys.argv[2])
random.seed(2741)
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
listener.listen(4)
print("listening", flush=True)


def nonsense(request):
    packet = request[12:20] if len(request) >= 20 else bytes(8)
    session = struct.pack(">I", random.choice([0, 1, 7, 0xFFFFFFFF]))
    kind = random.choice([1, 2, 5, 6, 7, 8, 9, 10, 11, 18, 18, 18, 99])
    body = random.randbytes(random.choice([0, 3, 8, 8, 20, 64, 300]))
    if random.random() < 0.5:
        body = struct.pack(">IHH", 4, 0, 0) + body
    length = random.choice([len(body), len(body), len(body), len(body) + 4, 0, 0x7FFFFFFF])
    head = struct.pack(">BBBB", random.choice([1, 1, 1, 0, 9]), kind, random.choice([0x10, 0x10, 0x18, 0]), 0)
    return head + session + packet + struct.pack(">I", length) + body


for number in range(connections):
    connection, _ = listener.accept()
    connection.settimeout(0.2)
    end = time.monotonic() + 0.4
    try:
        while time.monotonic() < end:
            try:
                request = connection.recv(4096)
            except socket.timeout:
                request = b""
                connection.sendall(nonsense(request))
                continue
            if not request:
                break
            for _ in range(random.choice([1, 1, 3])):
                connection.sendall(nonsense(request))
    except OSError:
        pass
    connection.close()
