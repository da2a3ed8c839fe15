"""Passes messages of Mobile IP on in place of the router it runs on, and loses, doubles or reorders some of them.

Usage: signal_relay.py INTERFACE... [TYPE:FATE,FATE,...]...

UDP datagrams that arrive at one of the interfaces go through the relay. The fates of a type of message (7: Registration Revocation,
15: its acknowledgment, 22: Generic Notification, 23: its acknowledgment) are those of the first message of that type, the second, and
so on; further ones pass.
  pass    passes
  lose    is lost
  double  passes twice
  hold    waits for the next message of its type and follows it
  echo    passes, and once more after the next registration reply
  lose+   is lost, like all further messages of its type until SIGUSR1 arrives

Prints "relaying", then each message as a JSON object on a line. Ends with SIGTERM or SIGINT; the router then forwards as before.
"""
import atexit
import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time

DEVICE, TABLE, TUNSETIFF, IFF_TUN, IFF_NO_PI = "relay0", "99", 0x400454CA, 1, 0x1000
REPLY = 3
FATES = {"pass", "lose", "double", "hold", "echo", "lose+"}
# The fixed part of a message ends with what identifies it: where it ends, and the size of the identifier.
IDENTIFIERS = {1: (24, 8), 3: (20, 8), 7: (20, 4), 15: (12, 4), 22: (24, 8), 23: (24, 8)}

interfaces = [word for word in sys.argv[1:] if ":" not in word]
fates = {int(kind): words.split(",") for kind, words in (word.split(":") for word in sys.argv[1:] if ":" in word)}
unknown = {word for words in fates.values() for word in words} - FATES
if not interfaces or unknown:
    sys.exit(f"signal_relay.py: unknown fates {sorted(unknown)}" if unknown else __doc__)


def stop_losing(*_):
    for words in fates.values():
        words[:] = [word for word in words if word != "lose+"]


def fate_of(kind):
    words = fates.get(kind)
    if not words:
        return "pass"
    return words[0] if words[0] == "lose+" else words.pop(0)


def ip(*words):
    subprocess.run(["ip", *words], check=True)


signal.signal(signal.SIGUSR1, stop_losing)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
device = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC)
fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", DEVICE.encode(), IFF_TUN | IFF_NO_PI))
ip("link", "set", DEVICE, "up")
ip("route", "add", "default", "dev", DEVICE, "table", TABLE)
for interface in interfaces:
    # What the relay sends arrives at its own device, and so takes the usual route.
    rule = ["pref", TABLE, "iif", interface, "ipproto", "udp", "lookup", TABLE]
    ip("rule", "add", *rule)
    atexit.register(ip, "rule", "delete", *rule)
print("relaying", flush=True)

held, echoes = {}, []
while True:
    datagram = os.read(device, 65536)
    start = (datagram[0] & 15) * 4
    payload = datagram[start + 8:]
    kind = payload[0] if payload else None
    if datagram[0] >> 4 != 4 or datagram[9] != socket.IPPROTO_UDP or kind not in IDENTIFIERS:
        os.write(device, datagram)
        continue
    fate = fate_of(kind)
    end, size = IDENTIFIERS[kind]
    # Printed first, so that a reader that sees an answer sees the message as well.
    print(json.dumps({
        "time": time.time(), "type": kind, "fate": fate, "source": socket.inet_ntoa(datagram[12:16]),
        "destination": socket.inet_ntoa(datagram[16:20]), "identifier": payload[end - size:end].hex()}), flush=True)
    if fate == "hold":
        held.setdefault(kind, []).append(datagram)
        continue
    if fate not in ("lose", "lose+"):
        os.write(device, datagram)
        if fate == "double":
            os.write(device, datagram)
        if fate == "echo":
            echoes.append(datagram)
        for late in held.pop(kind, []):
            os.write(device, late)
    if kind == REPLY:
        while echoes:
            os.write(device, echoes.pop(0))
