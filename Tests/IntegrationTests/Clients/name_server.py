"""A name server that knows a few IPv4 addresses and nothing else.

Usage: name_server.py ADDRESS NAME=IPV4-ADDRESS...

Serves UDP port 53 of ADDRESS. Prints "serving", then a line "NAME from ADDRESS" for each question. Other names do not exist; for a
type other than A, a known name has no records.
"""
import socket
import struct
import sys

address, *entries = sys.argv[1:]
names = dict(entry.lower().split("=") for entry in entries)
A, INTERNET, NO_SUCH_NAME = 1, 1, 3
# A response with authority, to a query that may wish for recursion.
RESPONSE, RECURSION_DESIRED = 0x8400, 0x0100


def question(query):
    """The name and type of the only question, and where it ends."""
    labels, offset = [], 12
    while query[offset]:
        labels.append(query[offset + 1:offset + 1 + query[offset]].decode("ascii"))
        offset += 1 + query[offset]
    kind, _ = struct.unpack_from("!HH", query, offset + 1)
    return ".".join(labels).lower(), kind, offset + 5


server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((address, 53))
print("serving", flush=True)
while True:
    query, client = server.recvfrom(512)
    try:
        identifier, flags, questions = struct.unpack_from("!HHH", query)
        name, kind, end = question(query)
    except (IndexError, UnicodeDecodeError, struct.error):
        continue
    if questions != 1:
        continue
    print(f"{name} from {client[0]}", flush=True)
    known = names.get(name)
    answers = 1 if known and kind == A else 0
    status = 0 if known else NO_SUCH_NAME
    reply = struct.pack("!HHHHHH", identifier, RESPONSE | flags & RECURSION_DESIRED | status, 1, answers, 0, 0) + query[12:end]
    if answers:
        reply += struct.pack("!HHHIH", 0xC00C, A, INTERNET, 60, 4) + socket.inet_aton(known)
    server.sendto(reply, client)
