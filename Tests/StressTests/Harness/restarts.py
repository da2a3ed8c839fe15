"""kill -9 to a home agent at random moments while nodes register, renew and deregister. After each start, before anything else is sent, the
agent shows exactly what its replies have promised, and no captured request changes that."""
import pathlib
import random
import signal
import threading
import time

from daemons import Finding, Scene, control, say, wait_for
from fleet import Fleet, configuration
from replays import replay

NODES = 300
# Requests a second.
RATE = 2000
# How many captured requests are sent after each start.
REPLAYS = 40


class Agent:
    """The home agent with its store; checks after each start what it reports about itself."""

    def __init__(self, scene, durability, state, nodes=NODES, tolerance=600):
        scene.write("home.yaml", configuration(nodes, state, durability, tolerance))
        self.process = scene.add("home", "mip-agentd", "--config", scene.folder / "home.yaml")
        self.control = scene.folder / "home.sock"
        self.durability = durability
        self.starts = None

    def start(self, seconds=60):
        """Starts it and waits until it serves; returns how long that took."""
        began = time.monotonic()
        self.process.start()
        wait_for("home is ready", lambda: "serving" in self.process.output(), seconds, pause=0.005, failed=self.process.check)
        return time.monotonic() - began

    def check(self, restored):
        """What it reports about itself, when it has taken over at least so many bindings."""
        information = control(self.control, "org.mipmib.agent.GetInformation", {"vocabulary": 2})[-1]["parameters"]["information"]
        if information.get("stateError"):
            raise Finding(f"the state cannot be saved: {information['stateError']}")
        if information.get("durability") != self.durability:
            raise Finding(f"the durability is {information.get('durability')} instead of {self.durability}")
        starts = information.get("starts")
        if not starts or self.starts is not None and starts <= self.starts:
            raise Finding(f"the agent counts {starts} starts; at the start before, {self.starts}")
        self.starts = starts
        counted = self.counters().get("homeAgent", {}).get("bindingsRestored", 0)
        if counted < restored:
            raise Finding(f"the agent shows {restored} bindings at its start, and counts {counted} as restored")

    def counters(self):
        for reply in control(self.control, "org.mipmib.agent.Subscribe", {"topics": ["counters"], "vocabulary": 2}):
            for change in reply["parameters"].get("changes", []):
                if "counters" in change:
                    return change["counters"]
        raise Finding(f"{self.control} publishes no counters")


def compare(fleet, agent, lowest=None):
    """The agent shows what the fleet's records say, and captured requests change nothing. Returns the position up to which it remembers the
    answers; see `Fleet.compare`."""
    rows = fleet.rows(agent.control)
    cut = fleet.compare(*rows, lowest=lowest)
    agent.check(sum(map(len, rows[0].values())))
    fleet.counts["answered as duplicates"] += replay(fleet, agent.control, REPLAYS)
    fleet.counts["bindings compared"] += sum(map(len, rows[0].values()))
    return cut


def run(programs, count, seed, rate=RATE):
    dice = random.Random(seed)
    began = time.monotonic()
    with Scene(programs) as scene:
        (scene.folder / "store").mkdir()
        agent = Agent(scene, "process", "@/store/home")
        fleet = Fleet(NODES, seed).open()
        slowest, loading, kills, during_start = agent.start(), 0.0, 0, 0
        compare(fleet, agent)
        try:
            while kills < count:
                loading += load_until_killed(fleet, agent, dice.uniform(0.05, 0.4), rate)
                kills += 1
                while kills < count and dice.random() < 0.1:
                    # Once more while it starts: what it takes over must not depend on that.
                    agent.process.start()
                    time.sleep(dice.uniform(0, 0.15))
                    agent.process.end(signal.SIGKILL)
                    kills, during_start = kills + 1, during_start + 1
                slowest = max(slowest, agent.start())
                fleet.receive()
                compare(fleet, agent)
                fleet.expect_new_nonces()
                fleet.resume()
                if kills % 50 == 0:
                    say(f"{kills} kills in {time.monotonic() - began:.0f} s, {summary(fleet, loading)}")
            fleet.settle()
            status, _ = agent.process.end()
            if status != 0:
                raise Finding(f"home ended with status {status}:\n{agent.process.output()[-2000:]}")
            agent.start()
            compare(fleet, agent)
            size = sum(file.stat().st_size for file in pathlib.Path(scene.folder / "store").rglob("*") if file.is_file())
        except Finding as finding:
            raise Finding(f"after kill {kills}: {finding}\n{agent.process.output()[-1500:]}") from None
        finally:
            fleet.close()
        say(f"{kills} kills, {during_start} of them during the start, in {time.monotonic() - began:.0f} s: {summary(fleet, loading)}; "
            f"slowest start {slowest:.2f} s; the store has {size >> 10} KiB")
        say(", ".join(f"{number} {what}" for what, number in sorted(fleet.counts.items())))


def summary(fleet, loading):
    sent = fleet.counts["sent"]
    return f"{sent} requests, {sent / max(loading, 0.001):.0f} a second under load, {fleet.counts['answers']} answers"


def load_until_killed(fleet, agent, seconds, rate):
    """Sends requests until the agent has been killed, this long from now; returns for how many seconds."""
    killer = threading.Timer(seconds, agent.process.send, [signal.SIGKILL])
    killer.start()
    deadline = time.monotonic() + seconds + 60
    try:
        loading = fleet.load(rate, lambda: agent.process.child.poll() is None and time.monotonic() < deadline)
    finally:
        killer.cancel()
        killer.join()
    status, _ = agent.process.end(signal.SIGKILL)
    if status != -signal.SIGKILL:
        raise Finding(f"home ended by itself with status {status}:\n{agent.process.output()[-3000:]}")
    fleet.receive()
    return loading
