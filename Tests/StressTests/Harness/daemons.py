"""The programs under test: each a child process with its own log, ended only by its process number."""
import ctypes
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

KEY = "00112233445566778899aabbccddeeff"
AGENTS_KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"


library = ctypes.CDLL(None)


def die_with_parent():
    """For a child before it runs its program: the kernel ends it when the harness is killed and cannot."""
    library.prctl(1, signal.SIGKILL)


class Finding(Exception):
    """Something that must not happen."""


def say(text):
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s, socket.socket(socket.AF_INET, socket.SOCK_STREAM) as t:
        s.bind(("127.0.0.1", 0))
        try:
            t.bind(("127.0.0.1", s.getsockname()[1]))
        except OSError:
            return free_port()
        return s.getsockname()[1]


def wait_for(what, condition, seconds=60, pause=0.05, failed=lambda: None):
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        failed()
        if time.monotonic() > deadline:
            raise Finding(f"{what}: not within {seconds} s")
        time.sleep(pause)


class Process:
    def __init__(self, scene, name, command, ready=None, before=None, prefix=()):
        self.scene, self.name, self.command, self.ready, self.before = scene, name, command, ready, before
        self.prefix = list(prefix)
        self.log = scene.folder / f"{name}.log"
        self.child = None
        self.starts = 0

    def start(self):
        self.starts += 1
        self.offset = self.log.stat().st_size if self.log.exists() else 0
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MIP_MIB_") and not k.lower().endswith("_proxy")}
        environment |= {
            "MIBS": "", "SNMPCONFPATH": "/nonexistent", "SNMP_PERSISTENT_DIR": str(self.scene.folder / "persistent"),
            "SWIFT_BACKTRACE": "enable=no",
        }

        def prepare():
            die_with_parent()
            if self.before:
                self.before()

        with open(self.log, "a") as log:
            self.child = subprocess.Popen(
                self.prefix + [str(word) for word in self.command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment,
                preexec_fn=prepare)
        return self

    def wait_until_ready(self, seconds=60):
        if self.ready:
            wait_for(f"{self.name} is ready", lambda: self.ready in self.output(), seconds, failed=self.check)

    def output(self):
        """What it has written since its last start."""
        with open(self.log, errors="replace") as log:
            log.seek(self.offset)
            return log.read()

    @property
    def pid(self):
        return self.child.pid

    def check(self):
        status = self.child.poll() if self.child else None
        if status is not None:
            raise Finding(f"{self.name} ended by itself with status {status}:\n{self.output()[-3000:]}")

    def send(self, number):
        if self.child.poll() is None:
            os.kill(self.pid, number)

    def end(self, number=signal.SIGTERM, seconds=60):
        """Ends it; returns its status and how long that took."""
        start = time.monotonic()
        self.send(number)
        try:
            status = self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
            raise Finding(f"{self.name} did not end within {seconds} s of signal {number}:\n{self.output()[-2000:]}") from None
        return status, time.monotonic() - start

    def resident(self):
        with open(f"/proc/{self.pid}/statm") as file:
            return int(file.read().split()[1]) * 4096

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


class Scene:
    """A folder with configurations and processes. Leaving the block ends all processes and removes the folder."""

    def __init__(self, programs):
        self.programs = pathlib.Path(programs).resolve()

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mip-stress."))
        self.processes = {}
        self.port, self.standalone_port, self.http_port = free_port(), free_port(), free_port()
        (self.folder / "node.key").write_text(KEY)
        (self.folder / "agents.key").write_text(AGENTS_KEY)
        for name in ("node.key", "agents.key"):
            (self.folder / name).chmod(0o600)
        return self

    def __exit__(self, *_):
        for process in reversed(list(self.processes.values())):
            if process.child and process.child.poll() is None:
                process.send(signal.SIGCONT)
                process.child.terminate()
        for process in self.processes.values():
            if process.child:
                try:
                    process.child.wait(20)
                except subprocess.TimeoutExpired:
                    process.child.kill()
                    process.child.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text.replace("@", str(self.folder)).replace("§", "@"))
        path.chmod(0o600)
        return path

    def add(self, name, program, *arguments, ready=None, before=None, prefix=()):
        path = program if program == "snmpd" else self.programs / program
        if program == "snmpd":
            path = shutil.which("snmpd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or "snmpd"
        self.processes[name] = Process(self, name, [path, *arguments], ready, before, prefix)
        return self.processes[name]

    def add_agents(self, **arguments):
        self.write("home.yaml", HOME)
        self.write("foreign.yaml", FOREIGN)
        for name in ("home", "foreign"):
            self.add(name, "mip-agentd", "--config", self.folder / f"{name}.yaml", ready="serving", **arguments)

    def add_snmpd(self, **arguments):
        self.write("snmpd.conf", SNMPD)
        self.add("snmpd", "snmpd", "-f", "-C", "-c", self.folder / "snmpd.conf", "-Lo", f"udp:127.0.0.1:{self.port}", **arguments)

    def add_management(self, name="mip-mibd", standalone=False, http=False, **arguments):
        snmp = f"  standalone: {{port: {self.standalone_port}, communities: [{{name: public}}, {{name: foreign, context: foreign}}]}}"
        if not standalone:
            snmp = '  agentx: {socket: "unix:@/agentx"}'
        api = f"http: {{port: {self.http_port}, requestsPerSecond: 100000}}" if http else "http: {enabled: false}"
        self.write(f"{name}.yaml", MANAGEMENT.format(name=name, snmp=snmp, http=api))
        self.add(name, "mip-mibd", "--config", self.folder / f"{name}.yaml", **arguments)

    def start(self, *names):
        for name in names:
            self.processes[name].start()
        for name in names:
            self.processes[name].wait_until_ready()

    def check(self):
        for process in self.processes.values():
            process.check()


HOME = f"""\
name: home
control: @/home.sock
state: @/home.json
homeAgent:
  port: 434
  addresses: [127.10.0.1]
  homeNetworks: [127.10.0.0/16, 10.1.0.0/24]
  maximumLifetime: infinity
  maximumBindings: 5000
securityAssociations:
  - {{peer: 127.10.0.0/16, spi: 256, keyFile: node.key}}
  - {{peer: 10.1.0.0/24, spi: 256, keyFile: node.key}}
  - {{peer: 127.20.0.1, peerRole: foreignAgent, spi: 1000, keyFile: agents.key}}
"""
FOREIGN = f"""\
name: foreign
control: @/foreign.sock
state: @/foreign.json
foreignAgent:
  port: 434
  addresses: [127.20.0.1]
  careOfAddresses: [127.20.0.1]
  pendingTimeout: 2
  maximumLifetime: infinity
securityAssociations:
  - {{peer: 127.10.0.1, peerRole: homeAgent, spi: 1000, keyFile: agents.key}}
"""
MANAGEMENT = """\
agents:
  - {{name: home, control: @/home.sock}}
  - {{name: foreign, control: @/foreign.sock}}
grace: 1
runtimeDirectory: @/runtime-{name}
stateFile: @/{name}.json
snmp:
{snmp}
{http}
"""
SNMPD = """\
agentXSocket unix:@/agentx
master agentx
agentXTimeout 5
view all included .1
rocommunity public 127.0.0.1
rocommunity foreign 127.0.0.1 -V all foreign
"""


class Node:
    """A mobile node of a few lines, which registers by one request and waits for the answer."""

    def __init__(self, home, care_of, foreign_agent=None):
        self.home, self.care_of, self.foreign_agent = home, care_of, foreign_agent

    def register(self, lifetime=600, timeout=2.0, home_agent="127.10.0.1"):
        """The reply's code; None without a reply."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.bind((self.home if self.foreign_agent else "127.0.0.1", 0))
            s.settimeout(timeout)
            s.sendto(self.request(lifetime, home_agent), (self.foreign_agent or home_agent, 434))
            try:
                reply = s.recv(4096)
            except (socket.timeout, ConnectionRefusedError):
                return None
        return reply[1]

    def request(self, lifetime=600, home_agent="127.10.0.1"):
        now = time.time()
        identification = (int(now) + 2208988800 & 0xFFFFFFFF) << 32 | int(now % 1 * (1 << 32))
        care_of = self.foreign_agent or self.care_of
        body = struct.pack("!BBH", 1, 0 if self.foreign_agent else 0x20, lifetime)
        body += b"".join(map(socket.inet_aton, (self.home, home_agent, care_of))) + struct.pack("!Q", identification)
        body += struct.pack("!BBI", 32, 20, 256)
        return body + hmac.new(bytes.fromhex(KEY), body, hashlib.md5).digest()


def control(path, method, parameters=None, timeout=20):
    """One call of the control interface; the whole snapshot for Subscribe."""
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(timeout)
        s.connect(str(path))
        more = method.endswith(".Subscribe")
        s.sendall(json.dumps({"method": method, "parameters": parameters or {}, "more": more}).encode() + b"\0")
        replies, buffer = [], b""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            data = s.recv(1 << 20)
            if not data:
                raise ConnectionError(f"{path} closed the connection")
            buffer += data
            *whole, buffer = buffer.split(b"\0")
            for text in whole:
                replies.append(json.loads(text))
                if not more or "error" in replies[-1] or replies[-1]["parameters"].get("phase") == "synced":
                    return replies
        raise TimeoutError(f"{path} sent no complete reply within {timeout} s")
