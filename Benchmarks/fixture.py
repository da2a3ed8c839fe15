"""Programs under measurement: each in its own process. All files of one measurement are in one folder; its programs stop at its end."""
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent
key = "00112233445566778899aabbccddeeff"
home_agent = "127.10.0.1"
first_home_address = 0x0A000001
care_of_address = "192.0.2.1"

HOME = """\
name: home
control: {folder}/home.sock
homeAgent:
  port: {port}
  addresses: [127.10.0.1]
  homeNetworks: [10.0.0.0/8]
  maximumLifetime: infinity
  maximumBindings: 2000000
securityAssociations:
  - peer: 10.0.0.0/8
    spi: 256
    keyFile: node.key
"""

SNMPD = """\
agentXSocket unix:{folder}/agentx
master agentx
rocommunity public 127.0.0.1
"""

MIBD = """\
agents:
  - name: home
    control: {folder}/home.sock
runtimeDirectory: {folder}/runtime-{name}
stateFile: {folder}/{name}.json
snmp:
"""
AGENTX = "  agentx: {{socket: 'unix:{folder}/agentx', answerDirectly: {direct}}}\n"
HTTP = """\
http:
  port: {port}
  requestsPerSecond: 1000000
"""
STANDALONE = "  standalone: {{port: {port}}}\n"


def say(text):
    print(text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def dotted(row):
    """The home address of a row, counted from 0."""
    return ".".join(str(first_home_address + row >> shift & 255) for shift in (24, 16, 8, 0))


def compile_helpers(folder):
    """Builds the helpers in C and returns their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, libraries in [("opponent", ["-lnetsnmpagent", "-lnetsnmp"]), ("null", []), ("walk", []), ("echo", [])]:
        subprocess.run(["cc", "-O2", "-o", folder / name, root / f"Benchmarks/{name}.c", *libraries], check=True)
    return folder


class Programs:
    """Leaving the block stops all processes and removes their folder."""

    def __init__(self, binaries, helpers):
        self.binaries, self.helpers = binaries, helpers

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mip-bench."))
        self.processes = {}
        (self.folder / "node.key").write_text(key + "\n")
        return self

    def start(self, name, *command, environment={}):
        log = open(self.folder / f"{name}.log", "w")
        env = dict(os.environ, MIBS="", SNMP_PERSISTENT_DIR=str(self.folder / f"persist-{name}"), **environment)
        self.processes[name] = subprocess.Popen([str(c) for c in command], stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=env)
        return self.processes[name]

    def stop(self, name, seconds=20):
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def wait_for(self, what, condition, seconds=120, pause=0.01):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline or any(p.poll() is not None for p in self.processes.values()):
                for log in self.folder.glob("*.log"):
                    say(f"--- {log.name}\n{log.read_text()[-2000:]}")
                raise SystemExit(f"timed out waiting for {what}")
            time.sleep(pause)

    def __exit__(self, *_):
        for name in reversed(list(self.processes)):
            self.stop(name)
        shutil.rmtree(self.folder, ignore_errors=True)

    # The programs under measurement.

    def start_home_agent(self, prefix=None, environment={}):
        """`prefix`: see start_management."""
        self.home_port = free_port()
        (self.folder / "home.yaml").write_text(HOME.format(folder=self.folder, port=self.home_port))
        self.start("home", *(prefix or [self.binaries / "mip-agentd"]), "--config", self.folder / "home.yaml", environment=environment)
        self.wait_for("the home agent", lambda: (self.folder / "home.sock").exists(), 600)

    def registration(self, count, rate=0, first=0):
        command = [self.binaries / "mip-node", "register", "--json", "--home-agent", f"{home_agent}:{self.home_port}",
                   "--spi", "256", "--key-file", self.folder / "node.key", "--first-home-address", dotted(first),
                   "--care-of-address", care_of_address, "--count", str(count), "--lifetime", "7200"]
        return [str(c) for c in command + (["--rate", str(rate)] if rate else [])]

    def register(self, count, rate=0, first=0):
        out = subprocess.run(self.registration(count, rate, first), capture_output=True, text=True)
        if out.returncode != 0:
            raise SystemExit(f"mip-node register failed:\n{out.stdout}{out.stderr}")
        return json.loads(out.stdout)

    def start_snmpd(self):
        self.snmpd_port = free_port()
        (self.folder / "snmpd.conf").write_text(SNMPD.format(folder=self.folder))
        self.start("snmpd", "snmpd", "-f", "-C", "-c", self.folder / "snmpd.conf", "-Lo", f"udp:127.0.0.1:{self.snmpd_port}")
        self.wait_for("snmpd", lambda: (self.folder / "agentx").exists())

    def start_management(self, name, direct=None, prefix=None, environment={}):
        """Starts a mip-mibd: a subagent, or standalone when `direct` is None. Returns its SNMP port.

        `prefix` is the command that runs the program, including the program itself, if that is more than the program alone."""
        port = free_port() if direct is None else self.snmpd_port
        way = STANDALONE if direct is None else AGENTX
        (self.folder / f"{name}.yaml").write_text(
            (MIBD + way).format(folder=self.folder, name=name, port=port, direct=str(direct).lower()))
        self.start(name, *(prefix or [self.binaries / "mip-mibd"]), "--config", self.folder / f"{name}.yaml", environment=environment)
        return port

    def start_api(self, name):
        """Starts a mip-mibd that serves HTTP; returns its port."""
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        configuration = MIBD.replace("snmp:\n", "") + HTTP
        (self.folder / f"{name}.yaml").write_text(configuration.format(folder=self.folder, name=name, port=port))
        self.start(name, self.binaries / "mip-mibd", "--config", self.folder / f"{name}.yaml")
        return port

    def start_opponent(self, name, rows, oid, port=None):
        where = ["agentx", f"unix:{self.folder}/agentx"] if port is None else ["udp", str(port)]
        self.start(name, self.helpers / "opponent", str(rows), oid, *where)

    def start_null(self, name, oid, how):
        self.start(name, self.helpers / "null", self.folder / "agentx", oid, how)

    def memory(self, name, field="VmRSS"):
        """In bytes."""
        status = pathlib.Path(f"/proc/{self.processes[name].pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+) kB", status)[1]) * 1024


def walk(helpers, port, columns, repetitions, varbinds=0, index=None):
    """Makes one walk; returns the JSON object that walk.c prints."""
    command = [helpers / "walk", "-r", repetitions, "-n", varbinds] + (["-i", index] if index else []) + [port] + columns
    out = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if out.returncode != 0:
        raise SystemExit(f"walk of {columns} failed: {out.stderr}")
    return json.loads(out.stdout)
