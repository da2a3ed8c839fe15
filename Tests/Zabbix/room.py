"""A room of its own for real programs: namespaces of networks, mounts and processes, from which nothing remains when its first process
ends."""

import os
import pathlib
import signal
import subprocess
import sys
import time

repository = pathlib.Path(__file__).resolve().parents[2]
# On the tmpfs that hides /run in the room, so that files vanish with it and need no disk.
folder = pathlib.Path("/run/room")


class RoomError(Exception):
    """Why a program of the room does not do what the test needs."""


def enter():
    """Starts this script again in namespaces of its own, and prepares them."""
    if os.environ.get("MIP_ROOM") != "entered":
        if os.geteuid() != 0:
            sys.exit(f"{sys.argv[0]}: network namespaces need root; run it with sudo")
        os.environ["MIP_ROOM"] = "entered"
        words = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, "-B"]
        os.execvp("unshare", words + sys.argv)
    run("mount", "-t", "tmpfs", "-o", "mode=755,size=768m", "room", "/run")
    folder.mkdir()
    folder.chmod(0o755)
    run("ip", "link", "set", "lo", "up")


def run(*words, text=None, within=60):
    """The output of a program that must succeed."""
    result = subprocess.run(words, input=text, capture_output=True, text=True, timeout=within)
    if result.returncode != 0:
        raise RoomError(f"{' '.join(map(str, words))} exited with {result.returncode}: {result.stderr.strip()[-2000:]}")
    return result.stdout


def eventually(what, condition, within=30.0, every=0.1):
    """Waits until `condition` returns something true, and returns it."""
    end = time.monotonic() + within
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise RoomError(f"{what}: not within {within:g} s")
        time.sleep(every)


class Program:
    """A program in the background, with its output in a file of its name."""

    def __init__(self, name, words, network=None, user=None, environment=None):
        self.name = name
        self.log = folder / f"{name}.log"
        self.words = [str(word) for word in words]
        if user:
            self.words = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] + self.words
        if network:
            self.words = ["ip", "netns", "exec", network] + self.words
        self.environment = {**plain_environment, **(environment or {})}
        self.process = None
        self.start()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment, cwd="/")

    def output(self):
        return self.log.read_text(errors="replace")

    def says(self, text, within=30.0):
        def said():
            if self.process.poll() is not None:
                raise RoomError(f"{self.name} ended with {self.process.returncode}: {self.output()[-2000:]}")
            return text in self.output()
        eventually(f"'{text}' from {self.name}", said, within)

    def end(self, number=signal.SIGTERM, within=15):
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(timeout=within)


# Everything is in the room and must not be reached through a proxy; the user's own settings of net-snmp do not matter.
plain_environment = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "MIBS": "",
    "SNMPCONFPATH": "/nonexistent", "SNMP_PERSISTENT_DIR": str(folder / "snmp"), "SWIFT_BACKTRACE": "enable=no",
}
