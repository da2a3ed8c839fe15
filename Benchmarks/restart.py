"""A home agent with many bindings is killed and started again: how soon it serves, and what it takes on disk and in memory."""
import hashlib
import hmac
import os
import socket
import struct
import threading
import time

import fixture
import store
from fixture import say

limit = 120


class Sizes(threading.Thread):
    """Watches the size of all files in a folder until the end of the block."""

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.folder, self.largest, self.ended = folder, 0, threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.join()

    def run(self):
        while not self.ended.wait(0.02):
            self.largest = max(self.largest, self.now())

    def now(self):
        """In bytes. What a file occupies counts, or its length if that is more: blocks may be allocated later."""
        size = 0
        for name in os.listdir(self.folder):
            try:
                status = os.stat(self.folder / name)
            except FileNotFoundError:
                continue
            size += max(status.st_size, status.st_blocks * 512)
        return size

    def settled(self, quiet=3.0):
        """The size once it has not changed for some seconds: nothing is being folded."""
        deadline = time.monotonic() + limit
        size, since = self.now(), time.monotonic()
        while time.monotonic() - since < quiet:
            if time.monotonic() > deadline:
                raise SystemExit(f"the files in {self.folder} have been changing for {limit} s")
            time.sleep(0.05)
            if (new := self.now()) != size:
                size, since = new, time.monotonic()
        return size


def request(home_address):
    """A registration request that is valid at this moment."""
    now = time.time_ns()
    identification = struct.pack(">II", now // 10**9 + 2_208_988_800 & 0xFFFFFFFF, (now % 10**9 << 32) // 10**9)
    message = struct.pack(">BBH", 1, 0x20, 7200) + socket.inet_aton(home_address) + socket.inet_aton(fixture.home_agent)
    message += socket.inet_aton(fixture.care_of_address) + identification + bytes([32, 20]) + struct.pack(">I", 256)
    return message + hmac.new(bytes.fromhex(fixture.key), message, hashlib.md5).digest()


def first_accepted(programs, begin):
    """Seconds from `begin` until a registration is accepted, with a request every 5 ms."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.connect((fixture.home_agent, programs.home_port))
        wire.settimeout(0.005)
        while time.monotonic() - begin < limit:
            try:
                wire.send(request(fixture.dotted(0)))
                reply = wire.recv(2048)
            except TimeoutError:
                continue
            except ConnectionRefusedError:
                time.sleep(0.005)
                continue
            if reply[0] == 3 and reply[1] in (0, 1):
                return time.monotonic() - begin
    log = (programs.folder / "home.log").read_text()
    raise SystemExit(f"the home agent accepted no registration within {limit} s: {log[-2000:]}")


def all_reported(programs, begin, rows):
    """Seconds from `begin` until mip-mib status shows all bindings; None if it does not."""
    while time.monotonic() - begin < limit:
        if not programs.answers():
            time.sleep(0.005)
            continue
        status = programs.status()
        if status and status.get("counts", {}).get("bindings", 0) >= rows:
            return time.monotonic() - begin
    return None


def start(programs, rows):
    """Starts the agent; returns the seconds until it serves and until it reports all bindings."""
    reported = []
    begin = time.monotonic()
    programs.launch_home_agent()
    reader = threading.Thread(target=lambda: reported.append(all_reported(programs, begin, rows)), daemon=True)
    reader.start()
    served = first_accepted(programs, begin)
    reader.join(limit)
    if not reported or reported[0] is None:
        raise SystemExit(f"the home agent did not report {rows:,} bindings within {limit} s: {programs.status()}")
    return served, reported[0]


def cycle(programs, folder, rows, durability, add):
    """Fills a store, kills the agent and starts it, stops it and starts it again."""
    with Sizes(folder) as sizes:
        programs.run_home_agent(folder, durability)
        programs.check_store(durability)
        summary = programs.registered(rows, seconds=600)
        # All that is not folded into the database yet has to be read at the next start.
        add("memory", programs.memory("home"))
        programs.kill_home_agent()
        add("fill", summary["registrationsPerSecond"])
        add("filled", sizes.now())
        for name, value in zip(("served", "reported"), start(programs, rows)):
            add(name, value)
        programs.check_store(durability)
        add("folded", sizes.settled())
        add("memoryAfter", programs.memory("home"))
        add("memoryPeak", programs.memory("home", "VmHWM"))
        add("stop", programs.stop_home_agent())
        add("stopped", sizes.now())
        for name, value in zip(("servedInOrder", "reportedInOrder"), start(programs, rows)):
            add(name, value)
        programs.stop_home_agent()
        add("largest", sizes.largest)


def measure(report, binaries, helpers, parent, rows, repeats, durability="process"):
    store.announce(parent)
    found = {}
    for turn in range(repeats):
        with store.new_folder(parent) as folder, store.StorePrograms(binaries, helpers) as programs:
            cycle(programs, folder, rows, durability, lambda name, value: found.setdefault(name, []).append(value))
        say(f"  run {turn + 1} of {repeats}: serves after {found['served'][-1]:.2f} s")

    def add(work, unit, name, per_binding=False, **more):
        report.add(f"restart: {work}", unit, [value / rows if per_binding else value for value in found[name]], rows, **more)

    within = dict(target="5 s", holds=lambda row: row["mipMib"]["median"] <= 5) if rows >= 1_000_000 else {}
    small = dict(target="400", holds=lambda row: row["mipMib"]["median"] <= 400) if rows >= 100_000 else {}
    add("filling the store", "1/s", "fill", less=False)
    add("after kill -9, until a registration is accepted", "s", "served", **within)
    add("after kill -9, until all bindings are reported", "s", "reported", **within)
    add("after a stop, until a registration is accepted", "s", "servedInOrder", **within)
    add("after a stop, until all bindings are reported", "s", "reportedInOrder", **within)
    add("stopping in order", "s", "stop")
    add("on disk per binding, after the fill", "bytes", "filled", True, **small)
    add("on disk per binding, most at any time", "bytes", "largest", True)
    add("on disk per binding, folded after the restart", "bytes", "folded", True, **small)
    add("on disk per binding, stopped", "bytes", "stopped", True, **small)
    add("memory per binding, after the fill", "bytes", "memory", True)
    add("memory per binding, after the restart", "bytes", "memoryAfter", True)
    add("memory per binding, most during the restart", "bytes", "memoryPeak", True)
