"""Measures a program's work in counts that do not depend on how busy the machine is."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from fixture import root


def instructions(command):
    """Instructions in user space; None where they cannot be counted. Uses the processor's counter if available, otherwise valgrind."""
    if shutil.which("perf"):
        out = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "--", *command], capture_output=True, text=True)
        match = re.search(r"^(\d+),", out.stderr, re.M)
        if match:
            return int(match[1])
    if shutil.which("valgrind"):
        # Valgrind fails on debugging information that it does not know.
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "program"
            subprocess.run(["strip", "-o", program, command[0]], check=True)
            out = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, *command[1:]],
                                 capture_output=True, text=True)
        match = re.search(r"Collected : (\d+)", out.stderr)
        if match:
            return int(match[1])
    return None


def under_callgrind(program, counts):
    """How to start a daemon so that its instructions are written to the file `counts`, which `collected` reads: the command and additions
    to its environment. Valgrind fails on debugging information that it does not know, so the program is stripped."""
    stripped = counts.with_suffix(".program")
    subprocess.run(["strip", "-o", stripped, program], check=True)
    library = preloadable(counts.parent, "sigsuspend")
    return ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", stripped], {"LD_PRELOAD": str(library)}


def collected(counts):
    """Instructions of a whole process that has exited."""
    return int(re.search(r"^(?:summary|totals): (\d+)", counts.read_text(), re.M)[1])


def under_allocation_counter(program, counts):
    """The same for the number of a daemon's heap allocations."""
    library = preloadable(counts.parent, "allocations")
    return [program], {"LD_PRELOAD": str(library), "MIP_ALLOCATIONS": str(counts)}


def preloadable(folder, name):
    library = folder / f"{name}.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, root / f"Benchmarks/{name}.c"], check=True)
    return library
