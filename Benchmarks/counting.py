"""What a program does in numbers that do not depend on how busy the machine is."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from fixture import root


def instructions(command):
    """Instructions in user space; None where they cannot be counted. By the processor where it lets us, or else in valgrind."""
    if shutil.which("perf"):
        out = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "--", *command], capture_output=True, text=True)
        match = re.search(r"^(\d+),", out.stderr, re.M)
        if match:
            return int(match[1])
    if shutil.which("valgrind"):
        # Valgrind gives up on debugging information that it does not know.
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
    """How to start a daemon so that its instructions end up in the file `counts`, as `collected` reads it: the command and what its
    environment has more. Valgrind gives up on debugging information that it does not know, so the program is stripped."""
    stripped = counts.with_suffix(".program")
    subprocess.run(["strip", "-o", stripped, program], check=True)
    library = preloadable(counts.parent, "sigsuspend")
    return ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", stripped], {"LD_PRELOAD": str(library)}


def collected(counts):
    """Instructions of a whole process that has ended."""
    return int(re.search(r"^(?:summary|totals): (\d+)", counts.read_text(), re.M)[1])


def under_allocation_counter(program, counts):
    """The same for how often a daemon asks for memory."""
    library = preloadable(counts.parent, "allocations")
    return [program], {"LD_PRELOAD": str(library), "MIP_ALLOCATIONS": str(counts)}


def preloadable(folder, name):
    library = folder / f"{name}.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, root / f"Benchmarks/{name}.c"], check=True)
    return library
