"""Messages with faults in their encoding, in the spirit of the PROTOS suite c06-snmpv1: every element of every kind of message gets every
fault, then pairs of two. The same seed gives the same messages."""
import random

import ber
import snmp

TAGS = [b"\x00", b"\x01", b"\x02", b"\x04", b"\x05", b"\x06", b"\x1f\x81\x00", b"\x30", b"\x3f\x81\x01", b"\x40", b"\x41", b"\x42", b"\x43",
        b"\x44", b"\x46", b"\x80", b"\x81", b"\x82", b"\xa0", b"\xa2", b"\xa5", b"\xa8", b"\xaf", b"\xff"]
LENGTHS = [b"\x00", b"\xff", b"\x80", b"\x81", b"\x7f", b"\x84\xff\xff\xff\xff", b"\x84\x7f\xff\xff\xff", b"\x84\x80\x00\x00\x00",
           b"\x82\xff\xff", b"\x83\xff\xff\xff", b"\x85\x01\x00\x00\x00\x00", b"\x88" + b"\xff" * 8, b"\xfe" + b"\xff" * 126]
INTEGERS = [fill * size for size in (0, 5, 9, 1000) for fill in (b"\x00", b"\x7f", b"\x80", b"\xff")] + [b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00"]
OIDS = [b"", b"\x2b", b"\x80", b"\xff", b"\x2b\x06\x01\x02\x01\x2c" + b"\x8f" * 9 + b"\x7f", b"\x2b\x06\x01\x02\x01\x2c" + b"\xff" * 4 + b"\x7f",
        b"\x2b\x06" + b"\x80" * 9 + b"\x01", b"\x2b\x06\x01\x02\x01\x2c\x81", b"\x2b" + b"\x01" * 128, b"\x2b" + b"\x81\x01" * 600,
        b"\xff" * 1000, b"\x8f\xff\xff\xff\x7f"]
STRINGS = [b"", b"\x00", b"%n%s%x" * 20, b"\xff" * 1000, b"a" * 20000, b"\x1b[2J\r\n"]


class Element:
    """An element of a message that can be encoded wrongly."""

    def __init__(self, tag, content, opaque=False):
        # An opaque element is a string whose content is itself encoded, such as the security parameters of SNMPv3.
        self.tag, self.content, self.opaque = bytes([tag]), content, opaque
        self.length = None

    @property
    def is_leaf(self):
        return not isinstance(self.content, list)

    def encode(self):
        content = self.content if self.is_leaf else b"".join(child.encode() for child in self.content)
        if self.length is None:
            size = ber.length(len(content))
        elif isinstance(self.length, int):
            size = ber.length(max(0, len(content) + self.length))
        else:
            size = self.length
        return self.tag + size + content

    def all(self):
        """This element and all below it, parents first."""
        found = [self]
        if not self.is_leaf:
            for child in self.content:
                found += child.all()
        return found


def element(encoded, opaque_depth=None):
    """The tree of a well-formed message."""
    tag, content, _ = ber.read(encoded)
    if tag & 0x20:
        return Element(tag, [element(encoded_child) for encoded_child in split(content)])
    return Element(tag, content)


def split(content):
    parts, at = [], 0
    while at < len(content):
        _, _, end = ber.read(content, at)
        parts.append(content[at:end])
        at = end
    return parts


def faults(target):
    """Functions that each put one fault into an element."""

    def tag(value):
        def apply(e):
            e.tag = value
        return apply

    def size(value):
        def apply(e):
            e.length = value
        return apply

    def content(value):
        def apply(e):
            e.content = value
        return apply

    def twice(e):
        e.content = e.content * 2

    def nothing(e):
        e.content = [] if not e.is_leaf else b""

    def deep(e):
        e.content = b"\x30\x80" * 500

    made = [tag(v) for v in TAGS] + [size(v) for v in LENGTHS] + [size(v) for v in (1, -1, 100, 5000)] + [twice, nothing]
    if not target.is_leaf:
        return made + [deep]
    values = {2: INTEGERS, 6: OIDS, 4: STRINGS, 5: [b"\x00", b"\x00" * 9]}.get(target.tag[0], INTEGERS)
    return made + [content(v) for v in values]


def requests(engine=b"", user=b"plain"):
    """Good messages of every version and kind, as functions that make a new tree."""
    names = [snmp.MIB + (1, 1, 1, 0), snmp.BINDINGS + (2, 127, 10, 0, 5, 192, 0, 2, 5)]
    kinds = [ber.GET, ber.NEXT, ber.RESPONSE, ber.SET, ber.BULK, ber.INFORM, ber.TRAP2, ber.REPORT]
    made = []
    for version in (0, 1):
        for kind in kinds:
            body = ber.pdu(kind, 77, names, 0, 5 if kind == ber.BULK else 0)
            made.append(lambda body=body, version=version: element(ber.message(b"public", body, version)))
    trap = ber.tlv(ber.TRAP1, ber.oid((1, 3, 6, 1, 4, 1, 8072)) + ber.tlv(0x40, bytes(4)) + ber.integer(6) + ber.integer(1)
                   + ber.integer(100, 0x43) + ber.tlv(0x30, ber.tlv(0x30, ber.oid(names[0]) + b"\x05\x00")))
    made.append(lambda: element(ber.message(b"public", trap, 0)))
    for kind in kinds:
        for flags in (0, 4):
            made.append(lambda kind=kind, flags=flags: version3(ber.pdu(kind, 77, names, 0, 5 if kind == ber.BULK else 0), flags, engine, user))
    return made


def version3(body, flags, engine, user):
    header = ber.tlv(0x30, ber.integer(4711) + ber.integer(65507) + ber.tlv(4, bytes([flags])) + ber.integer(3))
    security = ber.tlv(0x30, ber.tlv(4, engine) + ber.integer(0) + ber.integer(0) + ber.tlv(4, user) + ber.tlv(4, b"") + ber.tlv(4, b""))
    scoped = ber.tlv(0x30, ber.tlv(4, engine) + ber.tlv(4, b"") + body)
    tree = element(ber.tlv(0x30, ber.integer(3) + header + ber.tlv(4, security) + scoped))
    tree.content[2].content = [element(security)]
    tree.content[2].opaque = True
    return tree


def singles(bases):
    """Every fault in every element of every message."""
    for base in bases:
        for index, target in enumerate(base().all()):
            for number in range(len(faults(target))):
                tree = base()
                target = tree.all()[index]
                faults(target)[number](target)
                yield tree.encode()


def pairs(bases, seed):
    """Two faults in two elements, without end."""
    dice = random.Random(seed)
    while True:
        tree = dice.choice(bases)()
        for target in dice.sample(tree.all(), 2):
            dice.choice(faults(target))(target)
        yield tree.encode()


def messages(bases, count, seed=1):
    """`count` messages: all with one fault as far as they fit into half, spread evenly, the rest with two. None is larger than a datagram."""
    one = list(singles(bases))
    share = max(1, 2 * len(one) // count)
    made = one[seed % share :: share]
    two = pairs(bases, seed)
    while len(made) < count:
        made.append(next(two))
    random.Random(seed).shuffle(made)
    return [m for m in made if len(m) <= 65507]
