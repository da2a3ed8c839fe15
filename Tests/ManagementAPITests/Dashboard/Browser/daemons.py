"""A home agent, a foreign agent and mip-mibd, each a process of its own, so that a test can kill, stop and restart them under an open page."""

import ctypes
import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.request

HOME, FOREIGN = "127.10.0.1", "127.20.0.1"
KEY = "00112233445566778899aabbccddeeff"

HOME_AGENT = """
name: home
control: {folder}/home.sock
homeAgent: {{port: {port}, addresses: [{HOME}], homeNetworks: [127.10.0.0/16], maximumLifetime: 3600}}
securityAssociations:
  - {{peer: 127.10.0.0/16, spi: 256, keyFile: node.key}}
  - {{peer: {FOREIGN}, peerRole: foreignAgent, spi: 1000, keyFile: node.key}}
"""
FOREIGN_AGENT = """
name: foreign
control: {folder}/foreign.sock
foreignAgent: {{port: {port}, addresses: [{FOREIGN}], careOfAddresses: [{FOREIGN}], homeAgentPort: {port}}}
securityAssociations:
  - {{peer: {HOME}, peerRole: homeAgent, spi: 1000, keyFile: node.key}}
"""
MANAGEMENT = """
agents:
  - {{name: home, control: {folder}/home.sock}}
  - {{name: foreign, control: {folder}/foreign.sock}}
grace: 1
runtimeDirectory: {folder}/run
stateFile: {folder}/state.json
http:
  address: 127.0.0.1
  port: {http}
  requestsPerSecond: 100000
"""

library = ctypes.CDLL(None)


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            if condition():
                return
        except OSError:
            pass
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.05)


class Daemons:
    """Leaving the block ends every process that it started."""

    def __init__(self, programs, folder, tokens=()):
        """`tokens`: the names and roles of tokens to create; `self.tokens` has their texts by name."""
        self.programs, self.folder = pathlib.Path(programs), pathlib.Path(folder)
        self.port, self.http = free_port(socket.SOCK_DGRAM), free_port(socket.SOCK_STREAM)
        self.url = f"http://127.0.0.1:{self.http}"
        self.processes, self.tokens = {}, {}
        self.key = self.folder / "node.key"
        self.key.write_text(KEY)
        self.key.chmod(0o600)
        names = {"folder": folder, "port": self.port, "http": self.http, "HOME": HOME, "FOREIGN": FOREIGN}
        (self.folder / "home.yaml").write_text(HOME_AGENT.format(**names))
        (self.folder / "foreign.yaml").write_text(FOREIGN_AGENT.format(**names))
        lines = [self.create_token(name, role) for name, role in tokens]
        (self.folder / "mip-mibd.yaml").write_text(MANAGEMENT.format(**names) + "".join(["  tokens:\n"] + lines if lines else []))

    def create_token(self, name, role):
        made = subprocess.run([self.programs / "mip-mibd", "token", name, "--role", role], capture_output=True, text=True, check=True)
        lines = [line.strip() for line in made.stdout.splitlines()]
        self.tokens[name] = next(line for line in lines if len(line) == 64)
        (hash_line,) = [line for line in lines if line.startswith("hash: ")]
        return f"    - {{name: {name}, role: {role}, {hash_line}}}\n"

    def __enter__(self):
        for name in ["home", "foreign", "mip-mibd"]:
            self.start(name)
        self.wait_until_ready()
        return self

    def wait_until_ready(self):
        until("mip-mibd is ready", self.is_ready)

    def __exit__(self, *_):
        for process in self.processes.values():
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()

    def start(self, name):
        program = "mip-mibd" if name == "mip-mibd" else "mip-agentd"
        with open(self.folder / f"{name}.log", "a") as log:
            self.processes[name] = subprocess.Popen(
                [self.programs / program, "--config", self.folder / f"{name}.yaml"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, preexec_fn=lambda: library.prctl(1, signal.SIGKILL))

    def kill(self, name):
        self.processes[name].kill()
        self.processes[name].wait()

    def send(self, name, number):
        os.kill(self.processes[name].pid, number)

    def is_ready(self):
        with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
            return answer.status == 200

    def api(self, path, token=None):
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        request = urllib.request.Request(f"{self.url}/v1/{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def register(self, first, count=1, *more, key=None, accepted=True):
        """Registers nodes with consecutive home addresses at care-of addresses of their own; `more` are further options."""
        way = [] if "--foreign-agent" in more else ["--care-of-address", "127.30.0.1"]
        done = subprocess.run(
            [self.programs / "mip-node", "register", "--home-agent", f"{HOME}:{self.port}", "--spi", "256", "--key-file", key or self.key,
             "--count", str(count), "--first-home-address", first, "--tries", "2", *way, *more], capture_output=True, text=True, check=False)
        assert (done.returncode == 0) == accepted, done.stdout + done.stderr
