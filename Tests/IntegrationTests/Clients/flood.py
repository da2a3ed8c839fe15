"""Floods a foreign agent with invented requests while visitors renew and newcomers register, and reports who was answered.

Usage: flood.py FOREIGN_AGENT PORT HOME_AGENT SILENT_HOME_AGENT RATE [KEY]

Prints a JSON object: requests sent by the flood, and for renewals and newcomers how many there were and how many were accepted within a
second. Source addresses are those of sockets bound to addresses of 127.0.0.0/8.
"""
import hashlib
import hmac
import json
import random
import selectors
import socket
import struct
import sys
import threading
import time

foreign, port, home, silent, rate = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])
key = bytes.fromhex(sys.argv[6] if len(sys.argv) > 6 else "00112233445566778899aabbccddeeff")
DURATION, WARM_UP, VISITORS, NEWCOMERS = 4.5, 2.2, 20, 40


def identification():
    now = time.time() + 2208988800
    return (int(now) & 0xFFFFFFFF) << 32 | int(now % 1 * (1 << 32))


def request(homeAddress, homeAgent):
    message = struct.pack("!BBH", 1, 0, 600) + socket.inet_aton(homeAddress) + socket.inet_aton(homeAgent)
    message += socket.inet_aton(foreign) + struct.pack("!Q", identification()) + struct.pack("!BBI", 32, 20, 256)
    return message + hmac.new(key, message, hashlib.md5).digest()


def bound(address):
    result = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    result.bind((address, 0))
    result.setblocking(False)
    return result


class Node:
    def __init__(self, number):
        self.address = f"127.40.{1 + number // 200}.{1 + number % 200}"
        self.socket = bound(self.address)
        self.sent = self.accepted = None

    def send(self):
        self.sent, self.accepted = time.monotonic(), None
        self.socket.sendto(request(self.address, home), (foreign, port))

    def read(self):
        answer = self.socket.recv(4096)
        if answer[0] == 3 and answer[1] == 0 and self.accepted is None:
            self.accepted = time.monotonic() - self.sent


def serve(selector, until):
    while (rest := until - time.monotonic()) > 0:
        for event, _ in selector.select(rest):
            event.data.read()


def flood(sent, stop):
    sources = [bound(f"127.{random.randrange(77, 90)}.{random.randrange(256)}.{random.randrange(1, 255)}") for _ in range(256)]
    message = bytearray(request("10.200.0.1", silent))
    began = time.monotonic()
    while not stop.is_set():
        message[4:8] = struct.pack("!I", 0x0AC80000 + sent[0])
        message[20:24] = random.randbytes(4)
        try:
            sources[sent[0] % 256].sendto(message, (foreign, port))
        except OSError:
            pass
        sent[0] += 1
        ahead = sent[0] / rate - (time.monotonic() - began)
        if ahead > 0.002:
            time.sleep(ahead)


selector = selectors.DefaultSelector()
visitors = [Node(number) for number in range(VISITORS)]
newcomers = [Node(1000 + number) for number in range(NEWCOMERS)]
for node in visitors + newcomers:
    selector.register(node.socket, selectors.EVENT_READ, node)
for node in visitors:
    node.send()
    serve(selector, time.monotonic() + 0.01)
serve(selector, time.monotonic() + 0.3)
registered = sum(node.accepted is not None for node in visitors)

sent, stop = [0], threading.Event()
thread = threading.Thread(target=flood, args=(sent, stop), daemon=True)
thread.start()
serve(selector, time.monotonic() + WARM_UP)
turns = [("renewal", node) for node in visitors] + [("newcomer", node) for node in newcomers]
random.shuffle(turns)
began = time.monotonic()
for number, (_, node) in enumerate(turns):
    node.send()
    serve(selector, began + (number + 1) * (DURATION - WARM_UP - 1) / len(turns))
serve(selector, time.monotonic() + 1)
stop.set()
thread.join()


def answered(nodes):
    return sum(node.accepted is not None and node.accepted <= 1 for node in nodes)


print(json.dumps({
    "flood": sent[0], "registered": registered, "renewals": len(visitors), "renewalsAnswered": answered(visitors),
    "newcomers": len(newcomers), "newcomersAnswered": answered(newcomers)}))
