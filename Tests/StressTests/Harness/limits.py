"""Peers that are stopped, few descriptors and little memory: a daemon serves, or ends with a clear error; it never hangs and never spins."""
import os
import resource
import signal
import socket
import time

import interfaces
import snmp
from daemons import Finding, Node, Scene, control, say, wait_for
from kills import System

# How long SIGTERM may take whatever the peers do.
STOP = 2


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def check_idle(process, seconds=2.0, share=0.6):
    """It does not spin while it cannot go on."""
    before = processor_seconds(process.pid)
    time.sleep(seconds)
    process.check()
    used = processor_seconds(process.pid) - before
    if used > share * seconds:
        raise Finding(f"{process.name} uses {used / seconds:.0%} of a processor while it has nothing to do")


# MARK: stopped peers

PAIRS = [
    ("mip-mibd", ["snmpd"]), ("mip-mibd", ["home"]), ("mip-mibd", ["home", "foreign", "snmpd"]), ("standalone", ["home", "foreign"]),
    ("home", ["mip-mibd", "standalone"]), ("home", ["node", "foreign"]), ("foreign", ["home"]), ("foreign", ["mip-mibd", "standalone"]),
    ("node", ["home"]), ("node", ["home", "mip-mibd"]),
]


def stopped_peers(programs, count, seed):
    """SIGTERM ends each daemon with status 0 while its peers are stopped; afterwards everything heals."""
    slow = []
    with Scene(programs) as scene:
        system = System(scene)
        try:
            scene.start(*system.names)
            system.populate()
            system.heal()
            for name, peers in (PAIRS * (1 + count // len(PAIRS)))[:count]:
                process = scene.processes[name]
                for peer in peers:
                    scene.processes[peer].send(signal.SIGSTOP)
                # Long enough that a request, a ping or an update is waiting for the peer.
                time.sleep(1.5)
                process.check()
                status, seconds = process.end(seconds=30)
                for peer in peers:
                    scene.processes[peer].send(signal.SIGCONT)
                what = f"SIGTERM to {name} while {', '.join(peers)} stopped"
                if status != 0 or seconds > STOP:
                    slow.append(f"{what}: status {status} after {seconds:.1f} s:\n{process.output()[-600:]}")
                process.start()
                system.populate()
                system.heal()
        finally:
            system.close()
    if slow:
        raise Finding("; ".join(slow))
    say(f"SIGTERM ended each of {count} daemons with stopped peers in time")


def served_meanwhile(programs):
    """While one peer is stopped, everything that does not need it is answered at once."""
    with Scene(programs) as scene:
        system = System(scene)
        try:
            scene.start(*system.names)
            system.populate()
            system.heal()
            checks = {
                "snmpd": lambda: interfaces.api(scene.http_port, "/v1/bindings?agent=home"),
                "mip-mibd": lambda: control(scene.folder / "home.sock", "org.mipmib.agent.GetInformation", timeout=5),
                "foreign": lambda: Node("127.10.0.90", "192.0.2.9").register() == 0 or fail("a registration was not accepted"),
                "home": lambda: interfaces.api(scene.http_port, "/v1/visitors?agent=foreign"),
                "node": lambda: snmp.Manager(scene.port, timeout=5).walk(snmp.BINDINGS, bulk=10),
            }
            for peer, check in checks.items():
                scene.processes[peer].send(signal.SIGSTOP)
                time.sleep(1.0)
                began = time.monotonic()
                try:
                    for _ in range(5):
                        check()
                except (OSError, snmp.NoAnswer, Finding) as error:
                    raise Finding(f"while {peer} was stopped, others did not answer: {type(error).__name__}: {error}") from None
                finally:
                    scene.processes[peer].send(signal.SIGCONT)
                if time.monotonic() - began > 5:
                    raise Finding(f"while {peer} was stopped, five requests that do not need it took {time.monotonic() - began:.1f} s")
                system.heal()
        finally:
            system.close()
    say("what does not need a stopped peer is answered")


def fail(text):
    raise Finding(text)


# MARK: few descriptors

def few_descriptors(programs, counts):
    """With `ulimit -n`, every daemon serves or ends by itself with an error of a few lines; more connections than descriptors do it no
    lasting harm."""
    for count in counts:
        def limit(count=count):
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))
        outcome = starved(programs, limit, f"ulimit -n {count}", crowd=count + 10)
        say(f"ulimit -n {count}: {outcome}")


def little_memory(programs, megabytes):
    """With `ulimit -v`, every daemon serves or ends by itself with a clear error; it does not hang."""
    for size in megabytes:
        def limit(size=size):
            resource.setrlimit(resource.RLIMIT_AS, (size << 20, size << 20))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        outcome = starved(programs, limit, f"ulimit -v {size} MiB", crowd=60)
        say(f"ulimit -v {size} MiB: {outcome}")


def starved(programs, limit, what, crowd):
    with Scene(programs) as scene:
        scene.add_agents(before=limit)
        scene.add_snmpd()
        scene.add_management("mip-mibd", http=True, before=limit)
        scene.add_management("standalone", standalone=True, before=limit)
        scene.processes["snmpd"].start()
        outcomes = {}
        for name in ("home", "foreign", "mip-mibd", "standalone"):
            process = scene.processes[name].start()
            deadline = time.monotonic() + 30
            sign = "serving" if name in ("home", "foreign") else None
            while process.child.poll() is None and time.monotonic() < deadline:
                if sign and sign in process.output():
                    break
                if not sign and answers(scene, name):
                    break
                time.sleep(0.1)
            status = process.child.poll()
            if status is None:
                outcomes[name] = "serves" if (sign and sign in process.output()) or (not sign and answers(scene, name)) else "waits"
                if outcomes[name] == "waits":
                    # It may wait for an agent that has not started; what it must not do is spin or stay silent.
                    check_idle(process)
                    if not process.output().strip():
                        raise Finding(f"{what}: {name} neither serves nor ends nor says why")
            else:
                outcomes[name] = f"ends with {status}"
                if status < 0 or not 0 < len(process.output().splitlines()) <= 12:
                    raise Finding(f"{what}: {name} ended with status {status}:\n{process.output()[-1500:]}")
        for name, outcome in outcomes.items():
            if outcome == "serves":
                crowded(scene, scene.processes[name], crowd, what)
        for name, outcome in outcomes.items():
            process = scene.processes[name]
            if process.child.poll() is None:
                process.end(seconds=30)
        return ", ".join(f"{name} {outcome}" for name, outcome in outcomes.items())


def answers(scene, name):
    try:
        if name == "standalone":
            manager = snmp.Manager(scene.standalone_port, timeout=0.5, tries=1)
            try:
                return manager.get((1, 3, 6, 1, 2, 1, 1, 3, 0))[0] == 0
            finally:
                manager.close()
        interfaces.api(scene.http_port, "/v1/vocabulary")
        return True
    except (OSError, snmp.NoAnswer, Finding):
        return False


def crowded(scene, process, crowd, what):
    """More connections than it has room for: it does not spin, does not fill its log, and serves again when they are gone."""
    lines = process.output().count("\n")
    connections = []
    for _ in range(crowd):
        try:
            if process.name == "mip-mibd":
                connection = socket.create_connection(("127.0.0.1", scene.http_port), timeout=1)
            elif process.name == "standalone":
                return
            else:
                connection = socket.socket(socket.AF_UNIX)
                connection.settimeout(1)
                connections.append(connection)
                connection.connect(str(scene.folder / f"{process.name}.sock"))
                continue
            connections.append(connection)
        except OSError:
            break
    if process.child.poll() is None:
        check_idle(process)
    written = process.output().count("\n") - lines
    for connection in connections:
        connection.close()
    if process.child.poll() is not None:
        raise Finding(f"{what}: {process.name} ended with {process.child.poll()} when {len(connections)} clients connected:\n"
                      f"{process.output()[-1500:]}")
    if written > 60:
        raise Finding(f"{what}: {process.name} wrote {written} lines about {len(connections)} connections:\n{process.output()[-800:]}")
    if process.name == "mip-mibd":
        wait_for(f"{what}: {process.name} answers again", lambda: answers(scene, process.name), 20, failed=process.check)
    else:
        def again():
            try:
                return control(scene.folder / f"{process.name}.sock", "org.mipmib.agent.GetInformation", timeout=2)
            except OSError:
                return None
        wait_for(f"{what}: {process.name} answers again", again, 20, failed=process.check)
