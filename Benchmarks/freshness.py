"""How long after its acceptance a registration becomes visible to a manager: registers its own nodes and polls by SNMP until they appear."""
import hashlib
import hmac
import socket
import struct
import time


def element(tag, content):
    length = len(content)
    return bytes([tag]) + (bytes([length]) if length < 128 else bytes([0x82, length >> 8, length & 255])) + content


def encoded(oid):
    content = bytes([oid[0] * 40 + oid[1]])
    for part in oid[2:]:
        groups = [part & 127]
        while part := part >> 7:
            groups.append(part & 127 | 128)
        content += bytes(reversed(groups))
    return content


class Manager:
    """Reads one variable at a time by GET."""

    def __init__(self, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(("127.0.0.1", port))
        self.socket.settimeout(2)
        # Always encodes to four bytes, by which the answer can be recognised.
        self.number = 1 << 28

    def get(self, oid):
        """The bytes of the value; None if the variable does not exist or there is no answer."""
        self.number += 1
        name = element(0x06, encoded(oid))
        identifier = element(0x02, struct.pack(">i", self.number))
        zero = element(0x02, b"\0")
        pdu = element(0xA0, identifier + zero + zero + element(0x30, element(0x30, name + b"\x05\0")))
        self.socket.send(element(0x30, b"\x02\x01\x01" + element(0x04, b"public") + pdu))
        try:
            while True:
                answer = self.socket.recv(65536)
                if identifier in answer:
                    break
        except (TimeoutError, ConnectionRefusedError):
            return None
        at = answer.rfind(name)
        if at < 0:
            return None
        tag, length, value = answer[at + len(name)], answer[at + len(name) + 1], answer[at + len(name) + 2:]
        return None if tag >= 0x80 else value[:length]


def samples(port, home_agent, key, count, interval, first="10.200.0.1"):
    """Seconds from the reply to a registration until its identification is visible; None for a registration that was not accepted."""
    manager = Manager(port)
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.connect(home_agent)
    wire.settimeout(2)
    care_of = socket.inet_aton("192.0.2.1")
    base = struct.unpack(">I", socket.inet_aton(first))[0]
    column = (1, 3, 6, 1, 2, 1, 44, 1, 6, 3, 1, 1, 5)
    found = []
    for number in range(count):
        begin = time.perf_counter()
        address = struct.pack(">I", base + number % 200)
        now = time.time() + 2208988800
        identification = struct.pack(">II", int(now), int(now % 1 * 2**32))
        request = struct.pack(">BBH", 1, 0, 1800) + address + socket.inet_aton(home_agent[0]) + care_of + identification
        request += bytes([32, 20]) + struct.pack(">I", 256)
        wire.send(request + hmac.new(bytes.fromhex(key), request, hashlib.md5).digest())
        try:
            reply = wire.recv(2048)
        except TimeoutError:
            found.append(None)
            continue
        accepted = time.perf_counter()
        if reply[1] != 0:
            found.append(None)
            continue
        low = int.from_bytes(identification[4:], "big", signed=True)
        oid = column + tuple(address) + tuple(care_of)
        while True:
            value = manager.get(oid)
            seen = time.perf_counter()
            if value is not None and int.from_bytes(value, "big", signed=True) == low:
                found.append(seen - accepted)
                break
            if seen - accepted > 30:
                found.append(seen - accepted)
                break
        time.sleep(max(0, interval - (time.perf_counter() - begin)))
    return found
