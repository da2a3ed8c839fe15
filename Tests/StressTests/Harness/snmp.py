"""An SNMPv2c manager of its own, so that what is compared was not read by the code under test."""
import socket
import time

import ber

NO_SUCH_OBJECT, NO_SUCH_INSTANCE, END = 0x80, 0x81, 0x82
MIB = ber.parse("1.3.6.1.2.1.44")
EXTENSION = ber.parse("1.3.6.1.4.1.8072.9999.9999.44")
BINDINGS = MIB + (1, 6, 3, 1, 1)
VISITORS = MIB + (1, 5, 3, 1, 1)


class NoAnswer(Exception):
    pass


class Wrong(Exception):
    """Something that no agent may answer."""


class Manager:
    def __init__(self, port, community="public", timeout=3.0, tries=3):
        self.port, self.community, self.timeout, self.tries = port, community.encode(), timeout, tries
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.identifier = 1000

    def close(self):
        self.socket.close()

    def ask(self, kind, names, second=0, third=0):
        self.identifier += 1
        request = ber.message(self.community, ber.pdu(kind, self.identifier, names, second, third))
        for _ in range(self.tries):
            self.socket.sendto(request, ("127.0.0.1", self.port))
            deadline = time.monotonic() + self.timeout
            while (left := deadline - time.monotonic()) > 0:
                self.socket.settimeout(left)
                try:
                    answer = ber.response(self.socket.recv(65535))
                except (socket.timeout, ConnectionRefusedError):
                    break
                if answer[0] == self.identifier:
                    return answer[1], answer[3]
        raise NoAnswer(f"no answer from port {self.port}")

    def get(self, *names):
        return self.ask(ber.GET, names)

    def is_served(self):
        """Whether the MIB is there at all."""
        try:
            status, rows = Manager.get(self, MIB + (1, 1, 1, 0))
        except NoAnswer:
            return False
        return status == 0 and rows[0][1] not in (NO_SUCH_OBJECT, NO_SUCH_INSTANCE)

    def walk(self, root, bulk=0):
        """All instances below a root in the order in which they are answered; `bulk` is the number of repetitions, 0 for GETNEXT."""
        found, last = [], root
        while True:
            status, rows = self.ask(ber.BULK if bulk else ber.NEXT, [last], 0, bulk)
            if status or not rows:
                raise Wrong(f"a walk of {dotted(root)} was answered with error {status} at {dotted(last)}")
            for name, tag, value in rows:
                if tag == END or name[: len(root)] != root:
                    return found
                if name <= last:
                    raise Wrong(f"a walk goes back from {dotted(last)} to {dotted(name)}")
                found.append((name, tag, value))
                last = name


def differences(first, second, moving=()):
    """How two ordered lists differ, in words; nothing if they agree except for the values of moving instances."""
    names = [row[0] for row in first], [row[0] for row in second]
    if names[0] != names[1]:
        only = [sorted(set(names[i]) - set(names[1 - i])) for i in (0, 1)]
        return [f"{len(names[0])} and {len(names[1])} instances; only in the first {[dotted(n) for n in only[0][:5]]}, only in the second "
                f"{[dotted(n) for n in only[1][:5]]}"]
    return [f"{dotted(a[0])}: {a[1]:#x} {a[2].hex()} and {b[1]:#x} {b[2].hex()}"
            for a, b in zip(first, second) if a != b and a[0] not in moving]


def dotted(name):
    return ".".join(map(str, name))


def table(manager, entry, index_size):
    """{column: value} for each row of a table, in the order of its first column."""
    rows = {}
    for name, tag, value in manager.walk(entry, bulk=30):
        column, index = name[len(entry)], name[len(entry) + 1 :]
        if len(index) == index_size:
            rows.setdefault(index, {})[column] = value
    return rows
