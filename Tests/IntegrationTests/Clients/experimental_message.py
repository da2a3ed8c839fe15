"""Sends an experimental message (RFC 4064, type 255) that a mobile node has signed. Written from the layouts alone.

Usage: experimental_message.py SOURCE DESTINATION NAI KEY(hexadecimal) SUBTYPE [--wrong-key]
It has an experimental extension of each form: 127, long, with the given subtype, and 255, short, with subtype 9. Nothing answers it.
"""
import hashlib
import hmac
import socket
import struct
import sys

source, destination, nai, key, subtype = sys.argv[1:6]
key, spi = bytes.fromhex(key), 256
if "--wrong-key" in sys.argv:
    key = key[::-1]
name = nai.encode()
message = b"\xff"
message += struct.pack("!BBH", 127, int(subtype), 3) + b"abc"
message += struct.pack("!BBB", 255, 4, 9) + b"xyz"
message += struct.pack("!BB", 131, len(name)) + name
message += struct.pack("!BBI", 32, 20, spi)
message += hmac.new(key, message, hashlib.md5).digest()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
    link.bind((source, 0))
    link.sendto(message, (destination, 434))
