"""A home agent with a state store: its folder on a disk, its configuration, and registrations that end within a time."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import fixture
from fixture import Programs, say

lines = "state: {folder}/home.state\ndurability: {durability}\n"


def file_system(folder):
    """The type of the file system of a folder, as statfs reports it; the three ext file systems share a number."""
    out = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True)
    if out.returncode != 0:
        raise SystemExit(f"{out.stderr.strip()}; choose a folder on a disk with --store-folder")
    name = out.stdout.strip()
    if name in ("tmpfs", "ramfs"):
        raise SystemExit(f"'{folder}' is in memory, not on a disk ({name}); choose a folder on a disk with --store-folder")
    return "ext4 or an older ext" if name == "ext2/ext3" else name


@contextlib.contextmanager
def new_folder(parent):
    """A folder for one state store, which is removed at the end."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mip-bench-store.", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class StorePrograms(Programs):
    """Programs with a home agent that can be killed and started again."""

    def configure_home_agent(self, folder=None, durability="process"):
        """`folder`: where the store is; None for an agent without one."""
        self.home_port = fixture.free_port()
        text = fixture.HOME.format(folder=self.folder, port=self.home_port)
        if folder:
            text += lines.format(folder=folder, durability=durability)
        (self.folder / "home.yaml").write_text(text)

    def launch_home_agent(self):
        self.start("home", self.binaries / "mip-agentd", "--config", self.folder / "home.yaml")

    def answers(self):
        """Whether the control socket accepts connections; its file alone may be left over from a killed agent."""
        with socket.socket(socket.AF_UNIX) as s:
            try:
                s.connect(str(self.folder / "home.sock"))
                return True
            except OSError:
                return False

    def run_home_agent(self, folder=None, durability="process"):
        self.configure_home_agent(folder, durability)
        self.launch_home_agent()
        self.wait_for("the home agent", self.answers)

    def stop_home_agent(self, seconds=60):
        """Seconds until the agent has exited after SIGTERM; one that takes longer, or fails, ends the measurement."""
        process = self.processes["home"]
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise SystemExit(f"mip-agentd did not stop within {seconds} s") from None
        if status != 0:
            raise SystemExit(f"mip-agentd stopped with status {status}: {(self.folder / 'home.log').read_text()[-2000:]}")
        del self.processes["home"]
        return time.monotonic() - begin

    def kill_home_agent(self):
        process = self.processes.pop("home")
        process.kill()
        process.wait()

    def status(self, seconds=10):
        """What `mip-mib status` shows of the agent; None if it does not answer."""
        command = [self.binaries / "mip-mib", "status", "--json", "--socket", self.folder / "home.sock"]
        try:
            out = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        rows = json.loads(out.stdout) if out.stdout.strip() else []
        return rows[0] if rows else None

    def check_store(self, durability):
        """A store that cannot be used would be measured as a fast one."""
        information = (self.status() or {}).get("information", {})
        if information.get("durability") != durability or information.get("stateError"):
            raise SystemExit(f"mip-agentd does not keep its state with durability {durability}: "
                             f"{information.get('stateError') or information.get('durability') or 'no store'}")

    def registered(self, count, rate=0, window=256, seconds=300):
        """Registers nodes, all of which must be accepted; returns the summary of mip-node."""
        command = self.registration(count, rate) + ["--window", str(window)]
        try:
            out = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise SystemExit(f"{count:,} registrations took more than {seconds} s") from None
        if out.returncode != 0:
            raise SystemExit(f"mip-node register failed:\n{out.stdout}{out.stderr}")
        return json.loads(out.stdout)


def appends(folder, seconds=1.0):
    """How many times a second 4 KiB can be appended to a file and synchronized with the disk, one after the other."""
    path = folder / "appends"
    block = os.urandom(4096)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    try:
        count, begin = 0, time.perf_counter()
        while time.perf_counter() - begin < seconds:
            os.write(descriptor, block)
            os.fdatasync(descriptor)
            count += 1
        return count / (time.perf_counter() - begin)
    finally:
        os.close(descriptor)
        path.unlink()


def announce(folder):
    """Says where stores are; returns the type of the file system."""
    kind = file_system(folder)
    say(f"  state stores are in {folder}, file system {kind}")
    return kind
