"""BER and SNMP messages, written without regard for what is legal, and read only as far as well-formed answers need it."""

GET, NEXT, RESPONSE, SET, TRAP1, BULK, INFORM, TRAP2, REPORT = range(0xA0, 0xA9)


def length(n):
    if n < 128:
        return bytes([n])
    size = (n.bit_length() + 7) // 8
    return bytes([0x80 | size]) + n.to_bytes(size, "big")


def tlv(tag, content):
    return bytes([tag]) + length(len(content)) + content


def integer(n, tag=2):
    return tlv(tag, n.to_bytes(n.bit_length() // 8 + 1, "big", signed=True))


def subidentifier(n):
    out = bytes([n & 0x7F])
    while n > 0x7F:
        n >>= 7
        out = bytes([n & 0x7F | 0x80]) + out
    return out


def oid(parts):
    parts = list(parts)
    return tlv(6, b"".join(subidentifier(n) for n in [parts[0] * 40 + parts[1]] + parts[2:]))


def parse(text):
    return tuple(int(part) for part in text.strip(".").split("."))


def read(data, at=0):
    """(tag, content, end) of the element at this place."""
    tag, size, start = data[at], data[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        size = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + size > len(data):
        raise ValueError("an element reaches past the end")
    return tag, data[start : start + size], start + size


def elements(data):
    found, at = [], 0
    while at < len(data):
        tag, content, at = read(data, at)
        found.append((tag, content))
    return found


def read_oid(content):
    parts, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            parts.append(value)
            value = 0
    first = min(parts[0] // 40, 2)
    return (first, parts[0] - 40 * first) + tuple(parts[1:])


def pdu(kind, identifier, names, second=0, third=0, value=b"\x05\x00"):
    bindings = b"".join(tlv(0x30, oid(name) + value) for name in names)
    return tlv(kind, integer(identifier) + integer(second) + integer(third) + tlv(0x30, bindings))


def message(community, body, version=1):
    return tlv(0x30, integer(version) + tlv(4, community) + body)


def response(data):
    """(identifier, error status, index, [(oid, tag, content)]) of a community message."""
    (_, whole), = elements(data)
    parts = elements(whole)
    identifier, status, index, bindings = elements(parts[2][1])
    rows = []
    for _, binding in elements(bindings[1]):
        (_, name), (tag, value) = elements(binding)
        rows.append((read_oid(name), tag, value))
    return tuple(int.from_bytes(e[1], "big", signed=True) for e in (identifier, status, index)) + (rows,)
