"""Loss of power and clocks that are set, in a Linux kernel that is a process: the store on an ext4 file system in an image, the fleet's
records in files of the host."""
import json
import random
import time

from daemons import Finding, Scene, say
from machine import Machine


def run(programs, count, seed):
    """Half of the losses with durability `disk`, half with `process`."""
    for durability, losses in (("disk", count - count // 2), ("process", count // 2)):
        lose(programs, durability, losses, seed)


def lose(programs, durability, count, seed):
    """With `disk`, no answer that a node received is forgotten; with `process`, only those of the last moments. Whatever was lost, the
    agent starts, and its bindings are those of one moment."""
    dice, reports, began = random.Random(f"{seed} {durability}"), [], time.monotonic()
    with Scene(programs) as scene, Machine(scene) as machine:
        for losses in range(count + 1):
            machine.boot("power", durability, seed, "last" if losses == count else "next")
            if losses == count:
                machine.wait_until_off(180)
            else:
                machine.wait_for("LOADING", 180)
            line = next((line for line in machine.process.output().splitlines() if line.startswith("REPORT ")), None)
            if not line:
                raise Finding(f"the guest printed no report:\n{machine.process.output()[-3000:]}")
            reports.append(json.loads(line.removeprefix("REPORT ")))
            if losses < count:
                time.sleep(dice.uniform(0.1, 1.5))
                machine.check()
                machine.lose_power()
    lost = [report["lost"] for report in reports]
    span, start, sync = (max(report[name] for report in reports) for name in ("span", "start", "sync"))
    say(f"{count} losses of power with durability {durability} in {time.monotonic() - began:.0f} s: {reports[-1]['answers']} answers, "
        f"{sum(lost)} of them forgotten, at most {max(lost)} at once and {span * 1000:.0f} ms before the end; slowest start {start:.1f} s, "
        f"slowest idle sync {sync * 1000:.0f} ms")
    say(", ".join(f"{number} {what}" for what, number in sorted(reports[-1]["counts"].items())))


def clock(programs, passing):
    """The clock of a real process; see `clocks.py`. What happens around a moment is watched for this many seconds before and after."""
    with Scene(programs) as scene, Machine(scene) as machine:
        machine.boot("clock", passing)
        machine.wait_until_off(300)
        output = machine.process.output()
        results = [line.removeprefix("HOLDS: ") for line in output.splitlines() if line.startswith("HOLDS: ")]
        failures = [line.removeprefix("FAILS: ") for line in output.splitlines() if line.startswith("FAILS: ")]
        for result in results:
            say(result)
        if failures:
            raise Finding("; ".join(failures))
        if "CLOCKS DONE" not in output:
            raise Finding(f"the guest did not get to the end:\n{output[-3000:]}")
