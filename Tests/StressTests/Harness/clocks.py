"""The clock of a real agent: an hour ahead and set right, at 1970 and set right, and through the ends of the eras in 2036 and 2038. Runs in
the guest of `machine.py`, whose clock nobody else uses."""
import json
import signal
import socket
import threading
import time

from daemons import Finding, Scene, control, wait_for
from fleet import HOME_AGENT, SIGNER, seconds
from machine import DISK
from registrations import CO_LOCATED, IDENTIFICATION_MISMATCH, UNIX_EPOCH, Reply, make_request, timestamp
from restarts import Agent

HOUR = 3600
# When the 32 bits of seconds of a time stamp start over, and when those of a signed time_t do.
ERAS = {"2036": 2**32 - UNIX_EPOCH, "2038": 2**31}
TOLERANCE = 7
LIFETIME = 3000


def expect(condition, fact, found=""):
    print(f"HOLDS: {fact}" if condition else f"FAILS: {fact}: {found}", flush=True)


def is_at_once(codes):
    """Accepted, after at most one reply with the agent's clock."""
    return codes in ([0], [IDENTIFICATION_MISMATCH, 0])


def set_clock(now):
    time.clock_settime(time.CLOCK_REALTIME, now)


class Watcher(threading.Thread):
    """A reader of the agent's events, as they are published."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.events, self.path = [], path
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        call = {"method": "org.mipmib.agent.Subscribe", "parameters": {"topics": ["events"], "vocabulary": 2}, "more": True}
        self.socket.sendall(json.dumps(call).encode() + b"\0")
        self.start()

    def run(self):
        buffer = b""
        while data := self.receive():
            *whole, buffer = (buffer + data).split(b"\0")
            for text in whole:
                self.events += [c["event"] for c in json.loads(text)["parameters"].get("changes", []) if "event" in c]

    def receive(self):
        try:
            return self.socket.recv(1 << 16)
        except OSError:
            return b""

    def steps(self):
        return [event for event in self.events if event["kind"] == "clockStepped"]

    def sees_step(self, number, limit=10):
        """Whether this many steps have been reported within some seconds."""
        try:
            return wait_for("steps", lambda: len(self.steps()) >= number, limit)
        except Finding:
            return False


class Wanderer:
    """A mobile node whose clock is the guest's."""

    def __init__(self, home):
        self.home, self.sent = home, None
        # The monotonic times between which the agent has handled the latest request.
        self.handled = (0.0, 0.0)

    def exchange(self, data, limit=10):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.settimeout(limit)
            s.sendto(data, (HOME_AGENT, 434))
            try:
                return Reply(SIGNER, s.recv(2048))
            except socket.timeout:
                raise Finding(f"a request of {self.home} was not answered within {limit} s") from None

    def register(self):
        """The codes of a registration with the node's own clock and, if that is refused with 133, of one with the agent's."""
        codes, identification = [], timestamp(time.time())
        while True:
            self.sent = make_request(SIGNER, self.home, HOME_AGENT, "192.0.2.1", identification, LIFETIME, CO_LOCATED)
            began = time.monotonic()
            reply = self.exchange(self.sent)
            self.handled = (began, time.monotonic())
            codes.append(reply.code)
            if reply.code != IDENTIFICATION_MISMATCH or len(codes) == 2:
                return codes
            identification = reply.identification & 0xFFFFFFFF << 32 | timestamp(time.time()) & 0xFFFFFFFF


class Subject:
    """The agent, with what a reader of its control socket sees."""

    def __init__(self, scene, name):
        self.agent = Agent(scene, "process", f"{DISK}/{name}", nodes=1, tolerance=TOLERANCE)
        self.agent.start(120)

    def information(self):
        return control(self.agent.control, "org.mipmib.agent.GetInformation", {"vocabulary": 2})[-1]["parameters"]

    def clock_error(self):
        """Seconds by which the time that the agent shows is outside the time of the call, which may take long on a busy machine."""
        began = time.time()
        shown = seconds(self.information()["time"])
        return max(0, began - shown, shown - time.time())

    def binding(self, home):
        """The binding and the seconds left to it by the agent's own clock; None without one."""
        for reply in control(self.agent.control, "org.mipmib.agent.Subscribe", {"topics": ["bindings"]}):
            for change in reply["parameters"]["changes"]:
                if change.get("binding", {}).get("homeAddress") == home:
                    binding = change["binding"]
                    return binding, seconds(binding["expires"]) - seconds(reply["parameters"]["time"])
        return None, None

    def identification(self, home):
        binding = self.binding(home)[0]
        return binding and binding["identification"]

    def drift(self, node):
        """Seconds by which the lifetime left to the node's binding is wrong, as far as times are known; None without a binding."""
        began = time.monotonic()
        left = self.binding(node.home)[1]
        if left is None:
            return None
        longest, shortest = time.monotonic() - node.handled[0], began - node.handled[1]
        return max(LIFETIME - left - longest, left - LIFETIME + shortest, 0)

    def restart(self):
        self.agent.process.end(signal.SIGKILL)
        self.agent.start(120)

    def end(self):
        self.agent.process.end()


def run(programs, passing):
    origin = time.time() - time.monotonic()

    def right():
        return origin + time.monotonic()

    with Scene(programs) as scene:
        hour_ahead(scene, right, passing)
        set_clock(right())
    with Scene(programs) as scene:
        from_1970(scene, right)
    with Scene(programs) as scene:
        eras(scene, passing)
        set_clock(right())
    print("CLOCKS DONE", flush=True)


def hour_ahead(scene, right, passing):
    set_clock(right() + HOUR)
    subject, node = Subject(scene, "ahead"), Wanderer("10.64.1.1")
    watcher = Watcher(subject.agent.control)
    codes = node.register()
    captured, stamp = node.sent, time.time()
    expect(codes == [0], "a node registers while the clock is an hour ahead", codes)
    before = subject.information()["information"]

    set_clock(right())
    expect(watcher.sees_step(1), "an hour back is reported as clockStepped", watcher.events)
    follows(subject, "an hour back", node)
    after = subject.information()["information"]
    moved = seconds(after["startTime"]) - seconds(before["startTime"])
    expect(abs(moved + HOUR) < 1 and after["instance"] == before["instance"], "startTime moves an hour back, instance stays", moved)
    steps = subject.agent.counters().get("clockSteps")
    expect(steps == 1, "one step is counted", steps)

    codes = node.register()
    expect(is_at_once(codes), "the node is accepted at once by the right clock", codes)
    newcomer = Wanderer("10.64.1.2")
    codes = newcomer.register()
    expect(codes == [0], "a node that was never seen before is accepted at once", codes)

    subject.restart()
    goes_on(subject, node, "over kill -9 and start")
    watcher = Watcher(subject.agent.control)
    replays(subject, node, captured, stamp, passing)
    expect(watcher.sees_step(1), "an hour forward is reported as clockStepped", watcher.events)
    codes = node.register()
    expect(is_at_once(codes), "the node is accepted once the clock has passed its old identification", codes)

    seen = len(watcher.steps())
    set_clock(right())
    expect(watcher.sees_step(seen + 1), "the second hour back is reported as clockStepped", watcher.events)
    codes = node.register()
    expect(is_at_once(codes), "the node is accepted at once after the second step", codes)
    follows(subject, "the second hour back")
    subject.end()


def follows(subject, what, node=None):
    """The agent's clock is the machine's, and the lifetime of the node's binding has not moved."""
    error = subject.clock_error()
    expect(error < 0.2, f"the agent shows the machine's clock after {what}", f"{error:.3f} s off")
    if node:
        goes_on(subject, node, f"after {what}")


def goes_on(subject, node, what):
    drift = subject.drift(node)
    found = "there is no binding" if drift is None else f"{drift:.3f} s off"
    expect(drift is not None and drift < 0.5, f"the lifetime left to a binding goes on {what}", found)


def replays(subject, node, captured, stamp, passing):
    """The captured request stays refused while the clock passes its time stamp, within the tolerance and beyond it."""
    identification, accepted = subject.identification(node.home), []
    set_clock(stamp - passing)
    while time.time() < stamp + TOLERANCE + passing:
        if node.exchange(captured).is_acceptance:
            accepted.append(round(time.time() - stamp, 1))
        time.sleep(0.25)
    unchanged = identification and subject.identification(node.home) == identification
    expect(not accepted and unchanged, "the request captured before is refused when the clock reaches its time stamp", accepted)


def from_1970(scene, right):
    # The kernel lets no clock be set to before its own start.
    set_clock(600 + time.monotonic())
    subject, node = Subject(scene, "1970"), Wanderer("10.64.2.1")
    watcher = Watcher(subject.agent.control)
    codes = node.register()
    expect(codes == [0], "a node registers in 1970", codes)
    set_clock(right())
    expect(watcher.sees_step(1), "the step from 1970 is reported as clockStepped", watcher.events)
    follows(subject, "the step from 1970", node)
    codes = node.register()
    expect(is_at_once(codes), "the node is accepted at once after the step from 1970", codes)
    subject.restart()
    goes_on(subject, node, "over kill -9 after the step from 1970")
    subject.end()


def eras(scene, passing):
    set_clock(ERAS["2036"] - passing - 60)
    subject, node = Subject(scene, "eras"), Wanderer("10.64.3.1")
    for year, moment in ERAS.items():
        set_clock(moment - passing)
        codes = [node.register()]
        captured, wrong = node.sent, []
        while time.time() < moment + passing:
            time.sleep(0.25)
            codes.append(node.register())
            drift = subject.drift(node)
            if drift is None or drift > 0.5:
                wrong.append(drift)
        renews = is_at_once(codes[0]) and all(code == [0] for code in codes[1:])
        expect(renews, f"a node renews through the end of the era in {year}", codes)
        expect(not wrong, f"lifetimes do not move at the end of the era in {year}", wrong)
        follows(subject, f"the end of the era in {year}")
        reply = node.exchange(captured)
        expect(reply.code == IDENTIFICATION_MISMATCH, f"a request of before the end of the era in {year} is refused", reply.code)
        subject.restart()
        reply = node.exchange(captured)
        expect(reply.code == IDENTIFICATION_MISMATCH, f"it is refused after a restart in {year} too", reply.code)
        codes = node.register()
        expect(codes == [0], f"the node renews after a restart in {year}", codes)
    subject.end()
