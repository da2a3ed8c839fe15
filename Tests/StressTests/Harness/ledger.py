"""A node's own record of its registrations: what its home agent must show after any restart, by the replies that the node received."""
from collections import deque

from registrations import INFINITY, SIMULTANEOUS

# Seconds by which stamps of the same moment in two processes may differ: an agent stamps what it reads with the time at which it woke up.
SLACK = 0.05
# Seconds that an expired binding may stay: one whose lifetime ended while the agent was stopped ends within seconds of the start.
LATE = 10


class Row:
    """A binding. Times that the node cannot know exactly are pairs of the earliest and the latest."""

    __slots__ = ("identification", "granted", "expires", "created", "renewals")

    def __init__(self, identification, granted, expires, created, renewals):
        self.identification, self.granted, self.expires = identification, granted, expires
        self.created, self.renewals = created, renewals

    def may_end_before(self, time):
        return self.expires is not None and self.expires[0] - SLACK <= time

    def must_end_before(self, time):
        return self.expires is not None and self.expires[1] + LATE < time


def after(state, request, home, received):
    """The bindings of the node with this home address when this request, answered at `received`, has been accepted as it stands."""
    if request.is_deregistration:
        if request.care_of == home:
            return {}
        return {care_of: row for care_of, row in state.items() if care_of != request.care_of}
    old = state.get(request.care_of)
    created, renewals, granted = (request.sent, received), 0, request.lifetime
    if old and old.may_end_before(received):
        created, renewals = (old.created[0], received), None
    elif old:
        created, renewals = old.created, None if old.renewals is None else old.renewals + 1
    expires = None if granted == INFINITY else (request.sent + granted, received + granted)
    changed = dict(state) if request.flags & SIMULTANEOUS else {}
    changed[request.care_of] = Row(request.identification, granted, expires, created, renewals)
    return changed


def difference(state, rows, began, ended):
    """How the rows of the agent, by care-of address, differ from what they must be; None if they do not. They were read between `began`
    and `ended`."""
    for care_of, row in state.items():
        if care_of not in rows:
            if not row.may_end_before(ended):
                return f"the binding at {care_of}, identification {row.identification:016x}, is missing"
            continue
        shown = rows[care_of]
        where = f"the binding at {care_of}"
        if shown["identification"] != f"{row.identification:016x}":
            return f"{where} has identification {shown['identification']} instead of {row.identification:016x}"
        if shown["lifetimeGranted"] != row.granted:
            return f"{where} has lifetime {shown['lifetimeGranted']} instead of {row.granted}"
        if row.must_end_before(began):
            return f"{where} expired {began - row.expires[1]:.3f} s ago and is still there"
        if (shown["expires"] is None) != (row.expires is None):
            return f"{where} expires at {shown['expires']} instead of {row.expires}"
        if row.expires and not row.expires[0] - SLACK <= shown["expires"] <= row.expires[1] + SLACK:
            return f"{where} expires at {shown['expires']:.3f}, not between {row.expires[0]:.3f} and {row.expires[1]:.3f}"
        if not row.created[0] - SLACK <= shown["created"] <= row.created[1] + SLACK:
            return f"{where} was created at {shown['created']:.3f}, not between {row.created[0]:.3f} and {row.created[1]:.3f}"
        if row.renewals is not None and shown["renewals"] != row.renewals:
            return f"{where} shows {shown['renewals']} renewals instead of {row.renewals}"
    for care_of in rows:
        if care_of not in state:
            return f"there is a binding at {care_of}, identification {rows[care_of]['identification']}, which should not exist"
    return None


class Node:
    """A mobile node: its bindings by its own record, the requests that a listener may have captured, and one that may be unanswered.

    Every answer has a position, which counts the answers to all nodes in the order in which they were received."""

    def __init__(self, number, kind, home=None, name=None):
        self.number, self.kind, self.home, self.name = number, kind, home, name
        self.waiting = None
        self.follow_up = None
        self.identification = 0
        self.nonce, self.knows_nonce, self.mismatches = 0, False, 0
        # The states that the last acceptances led to, each with the position of the answer and its request.
        self.history = deque([(0, {}, None)], maxlen=200)
        self.captured = []

    @property
    def state(self):
        return self.history[-1][1]

    @property
    def last(self):
        """The request accepted last; None if there was none or it is not known."""
        return self.history[-1][2]

    def capture(self, request, dice, limit=12):
        self.captured.append(request)
        if len(self.captured) > limit:
            # Old ones stay too, as long as chance lets them.
            self.captured.pop(dice.randrange(limit))

    def explanations(self, lowest, highest, now):
        """What may be found when the answers after some position between `lowest` and `highest` are forgotten, the latest first: first
        and last position, bindings, the request accepted last, and whether that is the unanswered one."""
        if self.waiting and self.waiting.may_be_accepted:
            yield highest, highest, after(self.state, self.waiting, self.home, now), self.waiting, True
        last = highest
        for position, state, request in reversed(self.history):
            if position <= last:
                yield max(position, lowest), last, state, request, False
            if position <= lowest:
                return
            last = position - 1

    def adopt(self, state, request, position):
        """From here on the agent is known to have these bindings, and to have forgotten the answers after this position."""
        if request is not self.last:
            self.knows_nonce = False
        self.history = deque([(0, state, request)], maxlen=self.history.maxlen)
        if self.kind == "nonces":
            # An agent that has forgotten an acceptance is back at the nonce of before, and takes the request again. Time stamps are refused
            # because they are older than the start.
            self.captured = [captured for captured in self.captured if captured.position <= position]
        self.follow_up = None


def record(node):
    """A node's record in short, for a finding."""
    rows = {care_of: f"{row.identification:016x}, {row.granted} s" for care_of, row in node.state.items()}
    last = f"{node.last.purpose} at {node.last.care_of}" if node.last else "unknown"
    return f"{rows}, accepted last: {last}"
