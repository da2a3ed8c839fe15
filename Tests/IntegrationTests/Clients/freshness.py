"""Measures how soon events on the wire appear on the control sockets: moves the node of a running laboratory and compares captures with
what subscribers received, both by the clock of this machine.

Usage: freshness.py SCRIPT FOLDER ROUNDS
The environment is that of scripts/lab. Prints a JSON object: for each kind of step, how many were on the wire, how many of those were
reported, and the milliseconds in between.
"""
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

script, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
name = os.environ["MIP_LAB"]
WHERE = ["home-agent/up0", "home-agent/net0", "foreign-a/up0", "foreign-a/net0", "node/eth0"]


class Subscriber(threading.Thread):
    """Records when each change arrives."""

    def __init__(self, daemon):
        super().__init__(daemon=True)
        self.changes, self.synced = [], threading.Event()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(f"{folder}/{daemon}.sock")
        self.socket.sendall(b'{"method":"org.mipmib.agent.Subscribe","parameters":{},"more":true}\0')
        self.start()

    def run(self):
        rest = b""
        while data := self.socket.recv(1 << 20):
            now = time.time()
            *messages, rest = (rest + data).split(b"\0")
            for message in messages:
                reply = json.loads(message)["parameters"]
                self.changes += [(now, change) for change in reply["changes"]]
                if reply["phase"] == "synced":
                    self.synced.set()

    def rows(self, kind):
        return [(when, change[kind]) for when, change in self.changes if change.get(kind) is not None]

    def keys(self, kind, key, holds=lambda row: True):
        """When each key was first reported."""
        first = {}
        for when, row in self.rows(kind):
            if holds(row):
                first.setdefault(key(row), when)
        return first

    def running(self, kind, removed, field):
        """When a count that restarts with each row reached each number."""
        first, base, last = {}, 0, 0
        for when, change in list(self.changes):
            if change.get(removed) is not None:
                base, last = base + last, 0
            elif change.get(kind) is not None:
                for number in range(base + last + 1, base + change[kind][field] + 1):
                    first[number] = when
                last = change[kind][field]
        return first


def capture(where):
    part, interface = where.split("/")
    file = f"{folder}/freshness-{part}-{interface}.pcap"
    log = open(file + ".log", "w+")
    child = subprocess.Popen(["ip", "netns", "exec", f"mip-{name}-{part}", "tshark", "-n", "-q", "-B", "16", "-i", interface,
                              "-f", "icmp or udp port 434 or ip proto 4", "-w", file], stderr=log, stdout=subprocess.DEVNULL)
    while "Capturing" not in open(file + ".log").read():
        assert child.poll() is None, open(file + ".log").read()
        time.sleep(0.02)
    return child, file


def lab(*arguments):
    subprocess.run([script, *arguments], check=True, stdout=subprocess.DEVNULL)


def frames(file, chosen, *fields):
    command = ["tshark", "-n", "-r", file, "-Y", chosen, "-T", "fields", "-E", "occurrence=f", "-E", "separator=|", "-e",
               "frame.time_epoch"]
    for field in fields:
        command += ["-e", field]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [(float(line.split("|")[0]), *line.split("|")[1:]) for line in lines]


def replies(file, source):
    """Acceptances: when, lifetime, identification."""
    for when, payload in frames(file, f"mip.type == 3 && ip.src == {source}", "udp.payload"):
        message = bytes.fromhex(payload.replace(":", ""))
        if message[1] <= 1:
            yield when, int.from_bytes(message[2:4], "big"), message[12:20].hex()


agents = {daemon: Subscriber(daemon) for daemon in ("home-agent", "foreign-a", "node")}
for agent in agents.values():
    assert agent.synced.wait(10)
captures = {where: capture(where) for where in WHERE}
time.sleep(0.5)
begun = time.time()
for _ in range(rounds):
    lab("move", "foreign-a")
    lab("ping", "10")
    lab("move", "home")
    # The last datagrams are still on their way to the node at home.
    time.sleep(0.3)
ended = time.time()
time.sleep(0.7)
for child, _ in captures.values():
    child.send_signal(signal.SIGINT)
for child, _ in captures.values():
    child.wait(20)
files = {where: file for where, (_, file) in captures.items()}
home, foreign, node = (agents[daemon] for daemon in ("home-agent", "foreign-a", "node"))

report = {}


def compare(step, wire, reported):
    """wire: pairs of time and key; reported: the time by key."""
    within = [(when, key) for when, key in wire if begun <= when <= ended]
    delays = sorted(max(0, reported[key] - when) * 1000 for when, key in within if key in reported)
    report[step] = {"wire": len(within), "reported": len(delays)}
    if delays:
        at = lambda share: round(delays[min(len(delays) - 1, int(share * len(delays)))], 1)
        report[step].update(median=at(0.5), p90=at(0.9), maximum=at(1))


def numbered(whens):
    return [(when, number) for number, (when, *_) in enumerate(whens, 1)]


for daemon, agent, address in (("home-agent", home, "10.1.0.1"), ("foreign-a", foreign, "10.2.0.1")):
    wire = frames(files[f"{daemon}/net0"], f"icmp.type == 9 && ip.src == {address}", "icmp.mip.seq")
    compare(f"advertisement of {daemon}", [(when, int(sequence)) for when, sequence in wire],
            agent.keys("advertising", lambda row: row.get("sequence")))
wire = frames(files["node/eth0"], "icmp.type == 9", "ip.src", "icmp.mip.seq")
compare("advertisement heard by the node", [(when, (source, int(sequence))) for when, source, sequence in wire],
        node.keys("mobileNodeStatus",
                  lambda row: (row["recentAdvertisement"]["sourceAddress"], row["recentAdvertisement"]["sequence"]),
                  lambda row: row.get("recentAdvertisement") is not None))
accepted = list(replies(files["home-agent/up0"], "10.1.0.1"))
compare("binding", [(when, identification) for when, lifetime, identification in accepted if lifetime],
        home.keys("binding", lambda row: row["identification"]))
removed = {number: when for number, (when, _) in enumerate(home.rows("bindingRemoved"), 1)}
compare("end of a binding", numbered([reply for reply in replies(files["home-agent/net0"], "10.1.0.1") if not reply[1]]), removed)
compare("visitor", [(when, identification) for when, lifetime, identification
                    in replies(files["foreign-a/net0"], "10.2.0.1") if lifetime],
        foreign.keys("visitor", lambda row: row["identification"], lambda row: row["state"] == "accepted"))
compare("registration of the node", [(when, identification) for when, lifetime, identification
                                     in replies(files["node/eth0"], "10.2.0.1") if lifetime],
        node.keys("registration", lambda row: row["identification"], lambda row: row["isAccepted"]))
removed = {number: when for number, (when, _) in enumerate(node.rows("registrationRemoved"), 1)}
sent = frames(files["home-agent/up0"], "ip.proto == 4 && ip.src == 10.1.0.1")
received = frames(files["foreign-a/up0"], "ip.proto == 4 && ip.dst == 10.2.0.1")
compare("datagram into the home agent's tunnel", numbered(sent), home.running("tunnel", "tunnelRemoved", "packetsSent"))
compare("datagram for the node at the home agent", numbered(sent), home.running("traffic", "trafficRemoved", "packetsToNode"))
compare("datagram out of the foreign agent's tunnel", numbered(received),
        foreign.running("tunnel", "tunnelRemoved", "packetsReceived"))
print(json.dumps(report))
