"""What runs in the guest of `machine.py`: guest.py PROGRAMS power DURABILITY SEED last|next, or guest.py PROGRAMS clock SECONDS.

What is wrong is printed between FINDING and END OF FINDING, and read by the host from the console."""
import json
import os
import pathlib
import sys
import time
import traceback

import clocks
import ledger
import records
from daemons import Finding, Scene
from fleet import Fleet
from machine import DISK, SHARED
from restarts import Agent, compare

NODES = 120
# Requests a second, as far as the guest gets that far: it has one processor, where system calls cost much.
RATE = 1000
# Seconds after its end at which a binding may still be shown: the machine boots in that time.
ledger.LATE = 90
# Seconds of accepted registrations that a power loss may cost with durability `process`.
UNSAFE = 0.1


def probe(seconds=0.5):
    """The slowest sync of a small write to the disk."""
    slowest, end = 0.0, time.monotonic() + seconds
    descriptor = os.open(f"{DISK}/probe", os.O_WRONLY | os.O_CREAT, 0o600)
    while time.monotonic() < end:
        os.pwrite(descriptor, b"x" * 4096, 0)
        began = time.monotonic()
        os.fdatasync(descriptor)
        slowest = max(slowest, time.monotonic() - began)
    os.close(descriptor)
    return slowest


def allowance(durability, syncing):
    """Seconds of answers that may be lost. A sync covers what was written before it began: what is lost was written during the last
    complete sync, in the pause after it, or during the one under way. The rest is for the guest's scheduler: agent, fleet and kernel share
    one processor in turns of 10 ms and more."""
    return UNSAFE + 2 * syncing + 0.1 if durability == "process" else None


def power(programs, durability, seed, order):
    syncing = probe()
    saved, fleet, boots, starts = f"{SHARED}/fleet", Fleet(NODES, seed), 0, None
    if os.path.exists(saved):
        fleet, boots, starts = records.load(saved)
    last = records.apply(fleet, f"{SHARED}/journal.{boots}")
    with Scene(programs) as scene:
        agent = Agent(scene, durability, f"{DISK}/home", NODES)
        agent.starts = starts
        try:
            report = {"start": agent.start(120), "sync": syncing, "answers": fleet.answers}
            fleet.open()
            allowed = allowance(durability, syncing)
            cut = compare(fleet, agent, lowest=None if allowed is None else fleet.answered_before(last - allowed))
            report |= {"lost": fleet.answers - cut, "span": last - fleet.time_of(cut + 1) if cut < fleet.answers else 0}
            fleet.expect_new_nonces()
            fleet.times.clear()
            records.save((fleet, boots + 1, agent.starts), saved)
            pathlib.Path(f"{SHARED}/journal.{boots}").unlink(missing_ok=True)
            print("REPORT", json.dumps(report | {"counts": fleet.counts}), flush=True)
            fleet.journal = records.Journal(f"{SHARED}/journal.{boots + 1}")
            fleet.resume()
            if order == "last":
                finish(fleet, agent)
                return
            print("LOADING", flush=True)
            deadline = time.monotonic() + 120
            fleet.load(RATE, lambda: agent.process.child.poll() is None and time.monotonic() < deadline)
            agent.process.check()
            raise Finding("the power was not lost within 120 s")
        except Finding as finding:
            raise Finding(f"boot {boots}, durability {durability}: {finding}\n{agent.process.output()[-1500:]}") from None


def finish(fleet, agent):
    """An orderly end after the last power loss."""
    deadline = time.monotonic() + 1
    fleet.load(RATE, lambda: time.monotonic() < deadline)
    fleet.settle()
    status, _ = agent.process.end()
    if status != 0:
        raise Finding(f"home ended with status {status}")
    agent.start(120)
    compare(fleet, agent)


def main():
    programs, task, *arguments = sys.argv[1:]
    try:
        if task == "power":
            power(programs, arguments[0], int(arguments[1]), arguments[2])
        else:
            clocks.run(programs, float(arguments[0]))
    except Finding as finding:
        print(f"FINDING: {finding}\nEND OF FINDING", flush=True)
    except Exception:
        print(f"FINDING: the harness failed: {traceback.format_exc()}\nEND OF FINDING", flush=True)


main()
