"""Lying SNMP agents for mip-mib: whatever they answer, the command ends in time, says in one line what is wrong, and shows no false rows."""
import os
import random
import signal
import socket
import subprocess
import tempfile
import threading
import time

import ber
import faults
import snmp
from daemons import Finding, say

ENGINE = bytes.fromhex("80001f8805010203")
COMMANDS = [
    ["bindings", "--json"], ["walk", "haMobilityBindingTable"], ["get", "mipEnable.0", "haMobilityBindingSourceAddress.10.0.0.3.192.0.2.3"],
    ["table", "haMobilityBindingTable", "--json"], ["status", "--json"], ["visitors", "--json"], ["associations", "--json"], ["counters", "--json"],
    ["mobile-nodes", "--json"], ["walk"],
]


def honest_rows():
    rows = {snmp.MIB + (1, 1, 1, 0): ber.tlv(4, b"\x40"), snmp.MIB + (1, 1, 2, 0): ber.integer(1)}
    for n in range(1, 31):
        index = (10, 0, 0, n, 192, 0, 2, n)
        columns = {1: ber.tlv(0x40, bytes([10, 0, 0, n])), 2: ber.tlv(0x40, bytes([192, 0, 2, n])), 3: ber.tlv(0x40, bytes([192, 0, 2, n])),
                   4: ber.tlv(4, b"\x20"), 5: ber.integer(5), 6: ber.integer(6), 7: ber.integer(600), 8: ber.integer(500, 0x42)}
        for column, value in columns.items():
            rows[snmp.BINDINGS + (column,) + index] = value
    return rows


class Request:
    """What a manager asks, in either version."""

    def __init__(self, data):
        parts = split_message(data)
        self.version = int.from_bytes(parts[0][1], "big")
        self.user, self.message_id = None, 0
        if self.version == 3:
            header = ber.elements(parts[1][1])
            self.message_id = int.from_bytes(header[0][1], "big")
            security = ber.elements(ber.elements(parts[2][1])[0][1])
            self.engine, self.user = security[0][1], security[3][1]
            scoped = ber.elements(parts[3][1])
            self.kind, body = scoped[2]
        else:
            self.community = parts[1][1]
            self.kind, body = parts[2]
        identifier, second, third, bindings = ber.elements(body)
        self.identifier = int.from_bytes(identifier[1], "big")
        self.second, self.third = int.from_bytes(second[1], "big"), int.from_bytes(third[1], "big")
        self.names = [ber.read_oid(ber.elements(binding)[0][1]) for _, binding in ber.elements(bindings[1])]

    def answer(self, bindings, status=0, kind=ber.RESPONSE):
        body = b"".join(ber.tlv(0x30, ber.oid(name) + value) for name, value in bindings)
        made = ber.tlv(kind, ber.integer(self.identifier) + ber.integer(status) + ber.integer(1 if status else 0) + ber.tlv(0x30, body))
        if self.version != 3:
            return faults.element(ber.message(self.community, made))
        tree = faults.version3(made, 0, ENGINE, self.user)
        tree.content[1].content[0].content = ber.integer(self.message_id)[2:]
        return tree


def split_message(data):
    (_, whole), = ber.elements(data)
    return ber.elements(whole)


class Liar:
    """Answers honestly except where `lie` replaces an answer. Lies are counted."""

    def __init__(self, lie):
        self.rows, self.lie = honest_rows(), lie
        self.order = sorted(self.rows)
        self.requests = 0
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                data, source = self.socket.recvfrom(65535)
            except OSError:
                return
            if not data:
                return
            self.requests += 1
            request = Request(data)
            if request.version == 3 and not request.engine:
                usm = ber.parse("1.3.6.1.6.3.15.1.1.4.0")
                honest = request.answer([(usm, ber.integer(1, 0x41))], kind=ber.REPORT)
            else:
                honest = request.answer(self.bindings(request))
            for answer in self.lie(self.requests, request, honest):
                if len(answer) <= 65507:
                    self.socket.sendto(answer, source)

    def bindings(self, request):
        if request.kind == ber.GET:
            return [(name, self.rows.get(name, b"\x81\x00")) for name in request.names]
        found, current = [], list(request.names)
        for _ in range(request.third if request.kind == ber.BULK else 1):
            for place, name in enumerate(current):
                following = next((n for n in self.order if n > name), None)
                if following is None:
                    found.append((name, b"\x82\x00"))
                else:
                    found.append((following, self.rows[following]))
                    current[place] = following
        return found

    def close(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.sendto(b"", ("127.0.0.1", self.port))
        self.thread.join(5)
        self.socket.close()


def encoding_lie(dice):
    """Damages the encoding of one answer, or of all from there on, in one or two places."""
    first, last = dice.choice([(1, 1), (2, 2), (3, 3), (1, 10**9), (2, 10**9), (4, 10**9)])
    seed = dice.random()
    damaged = []

    def lie(number, request, honest):
        if not first <= number <= last:
            return [honest.encode()]
        own = random.Random(f"{seed} {number}")
        before = honest.encode()
        everything = honest.all()
        for target in own.sample(everything, min(len(everything), own.choice([1, 1, 2]))):
            own.choice(faults.faults(target))(target)
        answer = honest.encode()
        damaged.append(is_readable(answer, before))
        return [answer]

    lie.name = f"damaged answers {first} to {last}"
    lie.damaged = damaged
    return lie


def is_readable(answer, honest):
    """Whether a damaged answer can be taken for another good one: then its rows are what the agent says."""
    if answer == honest:
        return True
    try:
        Request(answer)
        return True
    except (ValueError, IndexError):
        return False


def meaning_lies():
    """Well-formed answers that no agent should give."""

    def each(change):
        def lie(number, request, honest):
            return change(request, honest)
        return lie

    def renumbered(request, honest):
        request.identifier += 1
        return [request.answer([(name, b"\x05\x00") for name in request.names]).encode()]

    def first_then_right(request, honest):
        return [bytes(3), renumbered(request, honest)[0], honest.encode()]

    def same(request, honest):
        return [request.answer([(name, ber.integer(1)) for name in request.names * 3]).encode()]

    def backwards(request, honest):
        return [request.answer([(snmp.MIB + (1, 6, 3, 1, 1, 1, 10, 0, 0, n, 192, 0, 2, n), ber.integer(1)) for n in (9, 5, 3)]).encode()]

    def nothing(request, honest):
        return [request.answer([]).encode()]

    def request_again(request, honest):
        return [request.answer([(name, b"\x05\x00") for name in request.names], kind=request.kind).encode()]

    def many(request, honest):
        return [request.answer([(snmp.BINDINGS + (1, 10, n >> 8, n & 255, 1, 10, 0, 0, 1), ber.tlv(0x40, bytes(4))) for n in range(1500)]).encode()]

    def long_names(request, honest):
        return [request.answer([(name + (1,) * 200, ber.integer(1)) for name in request.names]).encode()]

    def silence(request, honest):
        return []

    def flood(request, honest):
        return [renumbered(request, honest)[0]] * 200

    named = [renumbered, first_then_right, same, backwards, nothing, request_again, many, long_names, silence, flood]
    named += [lambda request, honest, status=status: [request.answer([], status).encode()] for status in (1, 2, 5, 6, 13, 16, 18, 255, -1)]
    made = []
    for number, change in enumerate(named):
        lie = each(change)
        lie.name = change.__name__ if change.__name__ != "<lambda>" else f"error status {number}"
        lie.damaged = [True]
        made.append(lie)
    return made


class Runner:
    def __init__(self, program, folder, bound):
        self.program, self.folder, self.bound = program, folder, bound
        self.slowest = 0.0
        self.statuses = {}
        self.expected = {}
        credentials = os.path.join(folder, "credentials.yaml")
        with open(credentials, "w") as file:
            file.write("user: plain\n")
        os.chmod(credentials, 0o600)
        self.settings = os.path.join(folder, "mip-mib.yaml")
        with open(self.settings, "w") as file:
            file.write("output: table\n")
        self.credentials = {False: [], True: ["--credentials", credentials]}
        for secure in (False, True):
            for command in COMMANDS:
                self.expected[secure, tuple(command)] = self.run(honest_lie, command, secure)[1]
                if command[0] == "bindings" and "10.0.0.30" not in self.expected[secure, tuple(command)]:
                    raise Finding(f"an honest agent's bindings are not shown: {self.expected[secure, tuple(command)]!r}")

    def run(self, lie, command, secure):
        liar = Liar(lie)
        try:
            return self.start(liar, lie, command, secure)
        finally:
            liar.close()

    def start(self, liar, lie, command, secure):
        words = [str(self.program), *command, "--snmp", f"127.0.0.1:{liar.port}", "--timeout", "1", *self.credentials[secure]]
        environment = {"PATH": os.environ.get("PATH", ""), "MIP_MIB_CONFIG": self.settings, "SWIFT_BACKTRACE": "enable=no"}
        began = time.monotonic()
        what = f"{' '.join(words[1:])} ({lie.name})"
        child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        try:
            out, errors = child.communicate(timeout=self.bound)
        except subprocess.TimeoutExpired:
            child.kill()
            out, errors = child.communicate()
            raise Finding(f"{what} did not end within {self.bound} s after {liar.requests} requests; stderr {errors[-300:]!r}") from None
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.statuses[child.returncode] = self.statuses.get(child.returncode, 0) + 1
        # Rows name the agent by its port.
        own = f"127.0.0.1:{liar.port}"
        out, errors = (text.decode(errors="replace").replace(own, "agent") for text in (out, errors))
        if child.returncode not in (0, 1, 3, 4):
            raise Finding(f"{what} ended with status {child.returncode}: {errors[-2000:]}")
        if len(errors.splitlines()) > 1 or len(errors) > 400 or "Fatal" in errors:
            raise Finding(f"{what} wrote more than one clear line: {errors[-2000:]!r}")
        if child.returncode >= 3 and not errors.strip():
            raise Finding(f"{what} failed with status {child.returncode} without a word")
        return child.returncode, out, errors

    def check(self, lie, command, secure):
        status, out, errors = self.run(lie, command, secure)
        # An answer that can be read, but says something else, is shown as it is.
        if any(lie.damaged) or not lie.damaged:
            return
        expected = self.expected[secure, tuple(command)]
        if status in (0, 1) and out != expected:
            raise Finding(f"{' '.join(command)} ({lie.name}) showed other rows than the agent has:\n{out[:1500]}\nexpected\n{expected[:1500]}")
        strange = set(out.splitlines()) - set(expected.splitlines()) - {"[]", "]", "["}
        if status > 1 and [line for line in strange if line.rstrip(",") not in {e.rstrip(",") for e in expected.splitlines()}]:
            raise Finding(f"{' '.join(command)} ({lie.name}) showed rows that the agent does not have: {sorted(strange)[:5]}")


def honest_lie(number, request, honest):
    return [honest.encode()]


honest_lie.name, honest_lie.damaged = "honest", []


def run(programs, count, seed, workers=2):
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mip-stress.") as folder:
        runner = Runner(os.path.join(programs, "mip-mib"), folder, bound=30)
        dice = random.Random(seed)
        meaning = [(lie, command, secure) for lie in meaning_lies() for command in COMMANDS for secure in (False, True)]
        dice.shuffle(meaning)
        share = min(len(meaning), count // 3)
        jobs = meaning[:share] + [(encoding_lie(dice), dice.choice(COMMANDS), dice.randrange(4) == 0) for _ in range(count - share)]
        findings = []

        def work():
            while jobs and not findings:
                try:
                    runner.check(*jobs.pop())
                except IndexError:
                    return
                except Finding as finding:
                    findings.append(finding)

        threads = [threading.Thread(target=work) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if findings:
            raise findings[0]
        say(f"{count} commands with lying agents in {time.monotonic() - began:.0f} s: statuses {dict(sorted(runner.statuses.items()))}, "
            f"slowest {runner.slowest:.1f} s")
