"""Registers with a home agent: messages by scapy's Mobile IP layer, authenticators by Python's hmac, a plain UDP socket.

Usage: scapy_register.py HOST PORT KEY(hexadecimal) HOME-ADDRESS CARE-OF-ADDRESS LIFETIME [--wrong-key | --replay]
Prints the code and lifetime of the reply; exits with 1 if the reply is not authentic or answers another request.
"""
import hashlib
import hmac
import socket
import struct
import sys
import time

from scapy.layers.mobileip import MobileIP, MobileIPRRP, MobileIPRRQ

host, port, key, home, care_of, lifetime = sys.argv[1:7]
options = sys.argv[7:]
key, spi = bytes.fromhex(key), 256


def authenticated(message, key):
    covered = message + struct.pack("!BBI", 32, 20, spi)
    return covered + hmac.new(key, covered, hashlib.md5).digest()


def exchange(message):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.settimeout(10)
        link.sendto(message, (host, int(port)))
        return link.recv(2048)


now = time.time()
identification = (int(now) + 2208988800) << 32 | int(now % 1 * 2**32)
flags = 0x20  # D: the node decapsulates
fixed = bytes(MobileIP(type=1) / MobileIPRRQ(
    flags=flags, lifetime=int(lifetime), homeaddr=home, haaddr=host, coaddr=care_of, id=identification))
request = authenticated(fixed, key[::-1] if "--wrong-key" in options else key)
answer = exchange(request)
if "--replay" in options:
    time.sleep(0.05)
    later = bytes(MobileIP(type=1) / MobileIPRRQ(
        flags=flags, lifetime=int(lifetime), homeaddr=home, haaddr=host, coaddr=care_of, id=identification - (1 << 32)))
    request = authenticated(later, key)
    answer = exchange(request)
    identification -= 1 << 32
packet = MobileIP(answer)
reply = packet.getlayer(MobileIPRRP)
extension = answer[20:]
if packet.type != 3 or reply is None:
    sys.exit(f"received a message of type {packet.type}; expected a Registration Reply (3)")
if reply.id & 0xFFFFFFFF != identification & 0xFFFFFFFF:
    sys.exit("the reply answers another request")
if extension[:6] != struct.pack("!BBI", 32, 20, spi) or extension[6:22] != hmac.new(key, answer[:26], hashlib.md5).digest():
    sys.exit("the reply is not authenticated by the home agent")
print(reply.code, reply.lifetime)
