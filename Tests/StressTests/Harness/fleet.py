"""Some hundred mobile nodes at one home agent, which register, renew, move, deregister, are denied and repeat themselves, as fast as asked,
and compare what the agent shows with their own records."""
import calendar
import random
import select
import socket
import time
from collections import Counter, deque

import registrations
from daemons import KEY, Finding, control
from ledger import Node, after, difference, record
from registrations import CO_LOCATED, GRE, INFINITY, NO_ADDRESS, SIMULTANEOUS, Reply, Request, Signer, make_request, timestamp

HOME_AGENT = "127.10.0.1"
SIGNER, FORGER = Signer(bytes.fromhex(KEY)), Signer(b"not the key of anybody")
CARE_OF = [f"192.0.2.{n}" for n in range(1, 6)]
# How many bindings a node may have at once.
MOST_BINDINGS = 3
# Shares of the kinds of nodes: one care-of address; several at once; replay protection by nonces; lifetimes of seconds; an address
# assigned by name.
KINDS = {"plain": 10, "several": 6, "nonces": 4, "brief": 3, "named": 3}


def configuration(size, state, durability, tolerance=600):
    """The home agent's, in which `@` is the scene's folder."""
    names = "".join(f"  - {{peer: {name(n)}, spi: 256, keyFile: node.key, replayTolerance: {tolerance}}}\n" for n in range(size))
    return f"""\
name: home
control: @/home.sock
state: {state}
durability: {durability}
homeAgent:
  addresses: [{HOME_AGENT}]
  homeNetworks: [10.64.0.0/16, 10.65.0.0/16, 10.66.0.0/16]
  addressPool: [10.66.1.0-10.66.9.255]
  maximumLifetime: infinity
  maximumBindingsPerNode: {MOST_BINDINGS}
securityAssociations:
  - {{peer: 10.64.0.0/16, spi: 256, keyFile: node.key, replayTolerance: {tolerance}}}
  - {{peer: 10.65.0.0/16, spi: 256, keyFile: node.key, replayMethod: nonces}}
{names}"""


def name(number):
    return f"node{number}§example.net"


def seconds(text):
    """Seconds since 1970 of a time in RFC 3339."""
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")) + float(text[19:].rstrip("Z") or 0)


class NoJournal:
    """What a journal of the fleet needs, for a fleet that lives longer than its agent."""

    def sent(self, node, request):
        pass

    def received(self, data, now):
        pass

    def flush(self):
        pass


class Fleet:
    """Made or unpickled, it needs `open` before it can send."""

    def __init__(self, size, seed):
        self.dice = random.Random(seed)
        self.nodes = [self.make_node(n, kind) for n, kind in enumerate(self.dice.choices(list(KINDS), KINDS.values(), k=size))]
        # Answers counted from the start, with the times of the latest.
        self.answers, self.times = 0, deque(maxlen=50_000)
        self.counts, self.waiting = Counter(), {}
        self.idle, self.journal = [], NoJournal()

    def open(self):
        """Takes a socket."""
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.poller = select.poll()
        self.poller.register(self.socket, select.POLLIN)
        self.idle = [node for node in self.nodes if not node.waiting]
        return self

    def __getstate__(self):
        return {k: v for k, v in self.__dict__.items() if k not in ("journal", "socket", "poller", "idle")}

    def __setstate__(self, state):
        self.__dict__ |= state
        self.idle, self.journal = [], NoJournal()

    def close(self):
        self.socket.close()

    @staticmethod
    def make_node(number, kind):
        if kind == "named":
            return Node(number, kind, name=name(number).replace("§", "@"))
        return Node(number, kind, f"10.{65 if kind == 'nonces' else 64}.{1 + number // 250}.{1 + number % 250}")

    # MARK: load

    def load(self, rate, goes_on):
        """Sends this many requests a second, as far as answers allow, while `goes_on` returns true; returns for how many seconds."""
        began, sent = time.monotonic(), 0
        while goes_on():
            self.receive()
            due = int(rate * (time.monotonic() - began)) - sent
            batch = [self.next(self.idle.pop(self.dice.randrange(len(self.idle)))) for _ in range(min(due, 64, len(self.idle)))]
            sent += due if due > 1000 else len(batch)
            self.send(batch)
            self.poller.poll(1)
        return time.monotonic() - began

    def settle(self, limit=30):
        """Waits until no request is unanswered; sends again what was lost."""
        deadline, again = time.monotonic() + limit, time.monotonic() + 2
        while self.waiting:
            self.poller.poll(50)
            self.receive()
            if time.monotonic() > again:
                self.send_again([node for node, _ in self.waiting.values()])
                again += 2
            if time.monotonic() > deadline:
                raise Finding(f"{len(self.waiting)} requests were not answered within {limit} s")

    def send(self, batch):
        if not batch:
            return
        copies = [2 if request.purpose == "twice" else 1 for _, request in batch]
        for node, request in batch:
            if request.purpose == "twice":
                request.purpose = "deregister" if request.is_deregistration else "register"
            self.wait(node, request)
            self.journal.sent(node, request)
        # A request that the record does not know must not reach the agent.
        self.journal.flush()
        for (_, request), number in zip(batch, copies):
            for _ in range(number):
                self.socket.sendto(request.data, (HOME_AGENT, 434))
        self.counts["sent"] += len(batch)

    def wait(self, node, request):
        """The request is on its way."""
        node.waiting = request
        self.waiting[request.token] = (node, request)

    def send_again(self, nodes):
        for node in nodes:
            self.counts["sent again"] += 1
            node.waiting.is_repeated = True
            self.socket.sendto(node.waiting.data, (HOME_AGENT, 434))

    def next(self, node):
        """The node's next request, by chance."""
        if node.follow_up:
            request, node.follow_up = node.follow_up, None
            return node, request
        chance = self.dice.random
        held = list(node.state)
        if chance() < 0.03:
            return node, self.make(node, "forged", self.dice.choice(CARE_OF), signer=FORGER)
        if chance() < 0.05:
            return node, self.make(node, "denied", self.dice.choice(CARE_OF), flags=GRE)
        if node.kind == "several" and len(held) == MOST_BINDINGS and chance() < 0.2:
            return node, self.overfill(node, held)
        purpose = "twice" if chance() < 0.04 else "register"
        share = chance()
        if not held and share < 0.9 or held and share < 0.8:
            stays = held and chance() < 0.6
            return node, self.make(node, purpose, self.dice.choice(held if stays else CARE_OF))
        purpose = "twice" if purpose == "twice" else "deregister"
        everything = chance() < 0.5 or not held
        home = node.home or NO_ADDRESS
        if everything and not node.home:
            return node, self.make(node, "register", self.dice.choice(CARE_OF))
        return node, self.make(node, purpose, home if everything else self.dice.choice(held), lifetime=0)

    def overfill(self, node, held):
        """A request for one binding too many, which is denied; an older one that makes room follows. The denied one stays denied."""
        older = self.make(node, "older", self.dice.choice(held), lifetime=0)
        node.follow_up = Request(older.data, "older", older.sent)
        others = [care_of for care_of in CARE_OF if care_of not in held]
        return self.make(node, "overfull", self.dice.choice(others))

    def make(self, node, purpose, care_of, lifetime=None, flags=0, signer=SIGNER):
        if lifetime is None:
            lifetime = self.dice.randrange(1, 4) if node.kind == "brief" else self.dice.choice([300, 1800, 40_000, INFINITY])
        now = time.time()
        identification = timestamp(now)
        if identification <= node.identification:
            identification = node.identification + 1
        while identification & 0xFFFFFFFF in self.waiting:
            identification += 1
        node.identification = identification
        if node.kind == "nonces":
            identification = node.nonce << 32 | identification & 0xFFFFFFFF
        home = node.home or NO_ADDRESS
        if node.kind == "named" and self.dice.random() < 0.3:
            home = NO_ADDRESS
        flags |= CO_LOCATED | (SIMULTANEOUS if node.kind == "several" else 0)
        return Request(make_request(signer, home, HOME_AGENT, care_of, identification, lifetime, flags, node.name), purpose, now)

    # MARK: answers

    def receive(self):
        """Takes all replies that have arrived."""
        try:
            while True:
                data = self.socket.recv(2048)
                now = time.time()
                self.journal.received(data, now)
                self.answer(data, now)
        except BlockingIOError:
            self.journal.flush()

    def answer(self, data, now):
        reply = Reply(SIGNER, data)
        node, request = self.waiting.pop(reply.token, (None, None))
        if not node:
            # The second copy of a request sent twice, or sent again.
            self.counts["answers to copies"] += 1
            return
        self.answers += 1
        self.times.append((self.answers, now))
        self.counts["answers"] += 1
        node.waiting = None
        self.idle.append(node)
        self.judge(node, request, reply)
        if node.kind == "nonces" and request.purpose != "forged":
            node.nonce, node.knows_nonce = reply.identification >> 32, True
        if reply.is_acceptance:
            self.counts["deregistrations" if request.is_deregistration else "registrations"] += 1
            self.accept(node, request, reply, now)
        else:
            self.counts[f"denied with {reply.code}"] += 1
        if request.purpose != "forged" and reply.code != registrations.IDENTIFICATION_MISMATCH and request.position is None:
            request.position = self.answers
            node.capture(request, self.dice)

    def accept(self, node, request, reply, now):
        if reply.home != (node.home or reply.home):
            raise Finding(f"node {node.name} had {node.home} and got {reply.home}")
        if not request.is_repeated and not request.is_deregistration and reply.lifetime != request.lifetime:
            raise Finding(f"node {node.number} asked for {request.lifetime} s and was granted {reply.lifetime} s")
        node.home = reply.home
        if request.position is None:
            node.history.append((self.answers, after(node.state, request, node.home, now), request))

    def judge(self, node, request, reply):
        """A fresh request of a node that has not been cut off from its agent gets what it is entitled to."""
        what = f"node {node.number} ({node.kind}, {node.home}): a request to {request.purpose} was answered with {reply.code}"
        purpose, code = request.purpose, reply.code
        if purpose in ("forged", "denied", "overfull") and reply.is_acceptance:
            if purpose != "overfull" or not any(row.may_end_before(time.time()) for row in node.state.values()):
                raise Finding(what)
        if code == registrations.IDENTIFICATION_MISMATCH and purpose != "older" and not request.is_repeated:
            node.mismatches += 1
            if node.kind != "nonces" or node.knows_nonce or node.mismatches > 2:
                raise Finding(f"{what}; identification {request.identification:016x}")
        elif purpose != "forged":
            node.mismatches = 0
        if purpose in ("register", "deregister") and not reply.is_acceptance and code != registrations.IDENTIFICATION_MISMATCH:
            if not (node.kind == "several" and code == registrations.TOO_MANY_BINDINGS and not request.is_deregistration):
                raise Finding(what)

    # MARK: comparison

    def rows(self, path):
        """The bindings that the agent shows, by node and care-of address; and the times between which they were read."""
        began = time.time()
        replies = control(path, "org.mipmib.agent.Subscribe", {"topics": ["bindings"]})
        if "error" in replies[-1]:
            raise Finding(f"{path} refused a subscription: {replies[-1]}")
        ended = time.time()
        owners = {node.home: node for node in self.nodes if node.home} | {node.name: node for node in self.nodes if node.name}
        rows = {node.number: {} for node in self.nodes}
        for reply in replies:
            for row in (change["binding"] for change in reply["parameters"]["changes"] if "binding" in change):
                node = owners.get(row.get("nai")) or owners.get(row["homeAddress"])
                if not node or node.home not in (None, row["homeAddress"]):
                    raise Finding(f"there is a binding of nobody: {row}")
                if row["careOfAddress"] in rows[node.number]:
                    raise Finding(f"there are two bindings of {row['homeAddress']} at {row['careOfAddress']}")
                row["expires"] = seconds(row["expires"]) if row.get("expires") else None
                row["created"] = seconds(row["created"])
                rows[node.number][row["careOfAddress"]] = row
        return rows, began, ended

    def compare(self, rows, began, ended, lowest=None):
        """The agent remembers all answers up to one position, which must be at least `lowest`, by default the last one, and shows what they
        led to. Returns the position."""
        highest = self.answers
        lowest = highest if lowest is None else min(lowest, highest)
        cover, found = [0] * (highest - lowest + 1), []
        for node in self.nodes:
            matches = [
                explanation for explanation in node.explanations(lowest, highest, began)
                if difference(explanation[2], rows[node.number], began, ended) is None
            ]
            if not matches:
                why = difference(node.state, rows[node.number], began, ended)
                unanswered = f"; unanswered: {node.waiting.purpose} at {node.waiting.care_of}" if node.waiting else ""
                raise Finding(f"node {node.number} ({node.kind}, {node.home}): {why}{unanswered}; its record: {record(node)}")
            for position in {p for first, last, *_ in matches for p in range(first, last + 1)}:
                cover[position - lowest] += 1
            found.append((node, matches))
        cut = next((lowest + n for n in range(len(cover) - 1, -1, -1) if cover[n] == len(self.nodes)), None)
        if cut is None:
            raise Finding(f"no point between the answers {lowest} and {highest} explains all bindings: some node's answers are forgotten "
                          "though later ones of other nodes are not")
        for node, matches in found:
            self.adopt(node, [match for match in matches if match[0] <= cut <= match[1]], rows[node.number], cut)
        return cut

    def adopt(self, node, matches, rows, cut):
        _, _, state, request, is_unanswered = matches[0]
        if is_unanswered and len(matches) > 1:
            request = None
        elif is_unanswered:
            request.position = cut
            node.capture(request, self.dice)
        if node.kind == "named" and not node.home and rows:
            node.home = next(iter(rows.values()))["homeAddress"]
        if node.waiting:
            node.knows_nonce = False
        node.adopt({care_of: row for care_of, row in state.items() if care_of in rows}, request, cut)

    def answered_before(self, time):
        """The position of the last answer before a time, among those whose times are known."""
        return max((position for position, at in self.times if at < time), default=self.times[0][0] - 1 if self.times else self.answers)

    def time_of(self, position):
        return next((at for known, at in self.times if known == position), None)

    def expect_new_nonces(self):
        """An agent that did not end in order may have forgotten acceptances, so it gives every node another nonce."""
        for node in self.nodes:
            node.knows_nonce, node.mismatches = False, 0

    def resume(self):
        """After a restart, most nodes with an unanswered request send it again; the others give up."""
        again, self.waiting = [], {}
        for node in self.nodes:
            request, node.waiting = node.waiting, None
            if request and self.dice.random() < 0.7:
                request.is_repeated = True
                again.append((node, request))
        busy = {node.number for node, _ in again}
        self.idle = [node for node in self.nodes if node.number not in busy]
        self.counts["sent again"] += len(again)
        self.send(again)
