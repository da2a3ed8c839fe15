"""An AgentX subagent (RFC 2741) with one subtree, which accepts every TestSet and fails every CommitSet.

Usage: agentx_refuser.py SOCKET. Prints "registered" once it is registered, and each PDU that it receives.
"""
import socket
import struct
import sys

SUBTREE = (1, 3, 6, 1, 4, 1, 8072, 9999, 9998)
OPEN, REGISTER, TESTSET, COMMITSET, UNDOSET, CLEANUPSET, RESPONSE = 1, 3, 8, 9, 10, 11, 18
COMMIT_FAILED = 14


def oid(identifier):
    return struct.pack(">BBBB", len(identifier), 0, 0, 0) + b"".join(struct.pack(">I", number) for number in identifier)


def pdu(kind, session, transaction, packet, payload):
    return struct.pack(">BBBBIIII", 1, kind, 0x10, 0, session, transaction, packet, len(payload)) + payload


def receive(connection):
    def exactly(count):
        data = b""
        while len(data) < count:
            more = connection.recv(count - len(data))
            if not more:
                sys.exit(0)
            data += more
        return data

    header = exactly(20)
    order = ">" if header[2] & 0x10 else "<"
    session, transaction, packet, length = struct.unpack(order + "IIII", header[4:])
    return header[1], session, transaction, packet, exactly(length), order


connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
text = b"refuser"
connection.sendall(pdu(OPEN, 0, 0, 1, struct.pack(">BBBB", 5, 0, 0, 0) + oid(()) + struct.pack(">I", len(text)) + text + b"\0"))
_, session, _, _, _, _ = receive(connection)
connection.sendall(pdu(REGISTER, session, 0, 2, struct.pack(">BBBB", 5, 127, 0, 0) + oid(SUBTREE)))
_, _, _, _, payload, order = receive(connection)
print("registered" if struct.unpack(order + "H", payload[4:6])[0] == 0 else "refused", flush=True)
while True:
    kind, session, transaction, packet, _, _ = receive(connection)
    print("PDU", kind, flush=True)
    if kind in (TESTSET, COMMITSET, UNDOSET):
        status = COMMIT_FAILED if kind == COMMITSET else 0
        connection.sendall(pdu(RESPONSE, session, transaction, packet, struct.pack(">IHH", 0, status, 1 if status else 0)))
