"""Random kills of all daemons in random order. After each, everything heals within a bound, nothing has crashed, grown or leaked, and every
interface shows the same ordered lists."""
import os
import random
import signal
import subprocess
import threading
import time

import interfaces
import snmp
from daemons import Finding, Node, Scene, die_with_parent, say, wait_for

# How long a healthy system may need after a kill, on a machine that does other work.
HEAL = 60
NODE = """\
name: node
control: @/node.sock
state: @/node.json
interface: eth0
home: {agent: 10.3.0.1, address: 10.1.0.10}
association: {spi: 256, key: 00112233445566778899aabbccddeeff}
lifetime: 6
"""


class System:
    """A home and a foreign agent, a mobile node in a network of its own, snmpd with a subagent, and a standalone mip-mibd."""

    def __init__(self, scene):
        self.scene = scene
        scene.add_agents()
        home = scene.folder / "home.yaml"
        home.write_text(home.read_text().replace("addresses: [127.10.0.1]", "addresses: [127.10.0.1, 10.3.0.1]"))
        scene.add_snmpd()
        scene.add_management("mip-mibd", http=True)
        scene.add_management("standalone", standalone=True)
        self.network()
        scene.write("node.yaml", NODE)
        scene.add(
            "node", "mip-node", "run", "--config", scene.folder / "node.yaml", ready="serving",
            prefix=["nsenter", "-t", str(self.holder.pid), "-n"])
        self.names = ["home", "foreign", "snmpd", "mip-mibd", "standalone", "node"]
        self.nodes = [Node(f"127.10.0.{n + 10}", "192.0.2.7") for n in range(12)]
        self.nodes += [Node(f"127.10.1.{n + 10}", None, "127.20.0.1") for n in range(5)]

    def network(self):
        """The mobile node's network: a namespace that lives as long as a process that holds it."""
        self.holder = subprocess.Popen(["unshare", "-n", "sleep", "infinity"], stdin=subprocess.DEVNULL, preexec_fn=die_with_parent)
        own = os.readlink("/proc/self/ns/net")
        wait_for("the node's namespace", lambda: os.readlink(f"/proc/{self.holder.pid}/ns/net") != own)
        inside = ["nsenter", "-t", str(self.holder.pid), "-n"]
        for command in [
            ["ip", "link", "add", "agents", "type", "veth", "peer", "name", "eth0", "netns", str(self.holder.pid)],
            ["ip", "address", "add", "10.3.0.1/24", "dev", "agents"],
            ["ip", "link", "set", "agents", "up"],
            inside + ["ip", "link", "set", "lo", "up"],
            inside + ["ip", "address", "add", "10.3.0.2/24", "dev", "eth0"],
            inside + ["ip", "link", "set", "eth0", "up"],
            inside + ["ip", "route", "add", "default", "via", "10.3.0.1"],
        ]:
            subprocess.run(command, check=True)

    def close(self):
        self.holder.kill()
        self.holder.wait()

    def ports(self):
        return [self.scene.port, self.scene.standalone_port]

    def populate(self):
        """Registers the nodes of this harness until each was accepted; an agent that was killed has forgotten its bindings."""
        left = list(self.nodes)

        def attempt():
            left[:] = [node for node in left if node.register(lifetime=65535, timeout=1) != 0]
            return not left

        wait_for("registrations are accepted", attempt, HEAL, pause=0.2, failed=self.scene.check)

    def is_whole(self):
        try:
            for port in self.ports():
                for community in ("public", "foreign"):
                    manager = snmp.Manager(port, community, timeout=2, tries=1)
                    try:
                        if not manager.is_served():
                            return f"{community} at port {port} is not served"
                    finally:
                        manager.close()
            if not any(row[0] == "10.1.0.10" for row in interfaces.bindings_by_snmp(self.scene.port, "public")):
                return "the mobile node has not registered again"
            return interfaces.disagreement(self.scene, self.ports())
        except (OSError, snmp.NoAnswer, KeyError) as error:
            return f"{type(error).__name__}: {error}"
        except snmp.Wrong as wrong:
            # A table may change while it is walked; what stays wrong is reported by the time limit.
            return str(wrong)

    def heal(self):
        began, why = time.monotonic(), "?"
        while why:
            self.scene.check()
            why = self.is_whole()
            if why and time.monotonic() - began > HEAL:
                raise Finding(f"not whole again within {HEAL} s: {why}")
            if why:
                time.sleep(0.1)
        return time.monotonic() - began


class Reader(threading.Thread):
    """A manager that never stops walking, so that every kill meets requests on their way."""

    def __init__(self, ports):
        super().__init__(daemon=True)
        self.ports, self.wrong, self.walks, self.stopping = ports, [], 0, False

    def run(self):
        managers = [snmp.Manager(port, timeout=1, tries=1) for port in self.ports]
        while not self.stopping:
            for manager in managers:
                try:
                    manager.walk(snmp.BINDINGS, bulk=10)
                    self.walks += 1
                except snmp.NoAnswer:
                    pass
                except snmp.Wrong as wrong:
                    # An error status while a subagent is away is the master's own.
                    if "goes back" in str(wrong):
                        self.wrong.append(str(wrong))
                except (OSError, ValueError, IndexError) as error:
                    self.wrong.append(f"{type(error).__name__}: {error}")
            time.sleep(0.05)


def run(programs, count, seed, start_delay=0.5, report=50, walks=50):
    dice = random.Random(seed)
    began = time.monotonic()
    with Scene(programs) as scene:
        system = System(scene)
        try:
            scene.start(*system.names)
            system.populate()
            say(f"whole after {system.heal():.1f} s")
            reader = Reader(system.ports())
            reader.start()
            worst, total, limits = 0.0, 0.0, {}
            kills = 0
            while kills < count:
                victims = dice.sample(system.names, dice.choice([1, 1, 1, 1, 2, 3]))
                number = dice.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP])
                what = f"kill {kills + 1}: {signal.Signals(number).name} to {', '.join(victims)}"
                try:
                    ends = strike(scene, victims, number, dice, start_delay)
                    system.populate()
                    healed = system.heal()
                    if kills % walks < len(victims) and kills:
                        for port in system.ports():
                            interfaces.same_walks(port)
                    check_growth(scene, limits)
                except Finding as finding:
                    logs = "\n".join(f"--- {n}:\n{p.output()[-700:]}" for n, p in scene.processes.items())
                    raise Finding(f"{what} (seed {seed}): {finding}\n{logs}") from None
                if reader.wrong:
                    raise Finding(f"{what}: a manager was answered wrongly: {reader.wrong[0]}")
                kills += len(victims)
                worst, total = max(worst, healed), total + healed
                if kills % report < len(victims):
                    say(f"{kills} kills in {time.monotonic() - began:.0f} s; {what}: ended in {ends:.1f} s, whole after {healed:.1f} s")
            reader.stopping = True
            reader.join(5)
            for port in system.ports():
                interfaces.same_walks(port, ["public"])
            for name in ("node", "mip-mibd", "standalone", "foreign", "home"):
                status, seconds = scene.processes[name].end()
                if status != 0:
                    raise Finding(f"{name} ended with status {status}:\n{scene.processes[name].output()[-2000:]}")
            say(f"{kills} kills in {time.monotonic() - began:.0f} s: slowest healing {worst:.1f} s, {reader.walks} walks meanwhile")
        finally:
            system.close()


def strike(scene, victims, number, dice, start_delay):
    """Sends the signal to the victims one after the other, and starts them again in another order; returns how long SIGTERM took."""
    slowest = 0.0
    if number == signal.SIGSTOP:
        for name in victims:
            scene.processes[name].send(signal.SIGSTOP)
        time.sleep(dice.uniform(0.1, 2))
        for name in dice.sample(victims, len(victims)):
            scene.processes[name].send(signal.SIGCONT)
        return slowest
    for name in victims:
        process = scene.processes[name]
        process.check()
        status, seconds = process.end(number)
        slowest = max(slowest, seconds)
        if number == signal.SIGTERM and status != 0:
            raise Finding(f"{name} ended with status {status} on SIGTERM:\n{process.output()[-2000:]}")
        time.sleep(dice.uniform(0, 0.2))
    for name in dice.sample(victims, len(victims)):
        time.sleep(dice.uniform(0, start_delay))
        scene.processes[name].start()
    return slowest


def check_growth(scene, limits):
    """A process that has lived through some kills needs no more memory or descriptors than after the first ones."""
    for name, process in scene.processes.items():
        now = (process.resident(), process.descriptors())
        pid, first, kills = limits.get(name, (process.pid, now, 0))
        if pid != process.pid or kills < 3:
            limits[name] = (process.pid, now, kills + 1 if pid == process.pid else 0)
            continue
        limits[name] = (pid, first, kills + 1)
        if now[0] - first[0] > 24 << 20:
            raise Finding(f"{name} grew from {first[0] >> 20} to {now[0] >> 20} MiB in {kills} kills of others")
        if now[1] - first[1] > 20:
            raise Finding(f"{name} has {now[1]} descriptors, {first[1]} before {kills} kills of others")
