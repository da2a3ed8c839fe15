"""Registration requests and replies of mobile nodes, made and read fast enough for thousands a second."""
import hashlib
import socket
import struct

SPI = 256
REGISTRATION_REQUEST, REGISTRATION_REPLY = 1, 3
MOBILE_HOME_AUTHENTICATION, NAI = 32, 131
SIMULTANEOUS, CO_LOCATED, GRE = 0x80, 0x20, 0x08
ACCEPTED, ACCEPTED_WITHOUT_SIMULTANEOUS, IDENTIFICATION_MISMATCH, TOO_MANY_BINDINGS = 0, 1, 133, 135
NO_ADDRESS = "0.0.0.0"
# Seconds from 1900, where time stamps begin, to 1970.
UNIX_EPOCH = 2_208_988_800
INFINITY = 65535


class Signer:
    """HMAC-MD5 with one key, whose pads are digested once."""

    def __init__(self, key):
        block = key.ljust(64, b"\0")
        self.inner = hashlib.md5(bytes(byte ^ 0x36 for byte in block), usedforsecurity=False)
        self.outer = hashlib.md5(bytes(byte ^ 0x5C for byte in block), usedforsecurity=False)

    def digest(self, data):
        inner, outer = self.inner.copy(), self.outer.copy()
        inner.update(data)
        outer.update(inner.digest())
        return outer.digest()


def timestamp(now):
    """The identification that a node with this clock, in seconds since 1970, uses for time stamps; it wraps in 2036."""
    return (int(now) + UNIX_EPOCH & 0xFFFFFFFF) << 32 | int(now % 1 * (1 << 32))


class Request:
    """A signed request. Whoever captures `data` can send it again; nobody without the key can make another.

    `position` is that of its answer, or the one from which on it is known to have been accepted; None until then. `is_repeated` says that
    the agent may have seen it before."""

    __slots__ = ("data", "purpose", "flags", "lifetime", "home", "care_of", "identification", "sent", "position", "is_repeated")

    def __init__(self, data, purpose, sent):
        self.data, self.purpose, self.sent, self.position, self.is_repeated = data, purpose, sent, None, False
        _, self.flags, self.lifetime, home, _, care_of, self.identification = struct.unpack_from("!BBH4s4s4sQ", data)
        self.home, self.care_of = socket.inet_ntoa(home), socket.inet_ntoa(care_of)

    @property
    def token(self):
        """What a reply repeats in any case: the low half of the identification."""
        return self.identification & 0xFFFFFFFF

    @property
    def is_deregistration(self):
        return self.lifetime == 0

    @property
    def may_be_accepted(self):
        return self.purpose not in ("forged", "denied")


def make_request(signer, home, home_agent, care_of, identification, lifetime, flags=CO_LOCATED, name=None):
    """The data of a request."""
    body = struct.pack(
        "!BBH4s4s4sQ", REGISTRATION_REQUEST, flags, lifetime, socket.inet_aton(home), socket.inet_aton(home_agent),
        socket.inet_aton(care_of), identification)
    if name:
        body += struct.pack("!BB", NAI, len(name)) + name.encode()
    body += struct.pack("!BBI", MOBILE_HOME_AUTHENTICATION, 20, SPI)
    return body + signer.digest(body)


class Reply:
    """A reply that the home agent has signed; ValueError for anything else."""

    __slots__ = ("code", "lifetime", "home", "identification")

    def __init__(self, signer, data):
        if len(data) < 42 or data[0] != REGISTRATION_REPLY or data[-22:-20] != bytes((MOBILE_HOME_AUTHENTICATION, 20)):
            raise ValueError(f"not a signed registration reply: {data.hex()}")
        if signer.digest(data[:-16]) != data[-16:]:
            raise ValueError(f"a reply with a wrong authenticator: {data.hex()}")
        _, self.code, self.lifetime, home, self.identification = struct.unpack_from("!BBH4s4xQ", data)
        self.home = socket.inet_ntoa(home)

    @property
    def token(self):
        return self.identification & 0xFFFFFFFF

    @property
    def is_acceptance(self):
        return self.code in (ACCEPTED, ACCEPTED_WITHOUT_SIMULTANEOUS)
