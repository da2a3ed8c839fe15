"""Reads Mobile IP messages with scapy's layer and rebuilds them from the fields that were read.

Reads one message per line in hexadecimal from the given file; prints for each a JSON object with the fields and `again`, the bytes
of the fixed part as scapy writes them from these fields.
"""
import json
import sys

from scapy.layers.mobileip import MobileIP, MobileIPRRP, MobileIPRRQ

for line in open(sys.argv[1]):
    packet = MobileIP(bytes.fromhex(line.strip()))
    fixed = packet.getlayer(MobileIPRRQ) or packet.getlayer(MobileIPRRP)
    fields = {name: value if isinstance(value, (int, str)) else int(value) for name, value in fixed.fields.items()}
    again = bytes(MobileIP(type=packet.type) / type(fixed)(**fixed.fields))
    print(json.dumps({"type": packet.type, "fields": fields, "again": again.hex()}))
