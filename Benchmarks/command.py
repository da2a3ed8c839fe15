"""How soon the mip-mib command prints its first output, and how soon it exits once its reader has closed the pipe."""
import os
import select
import subprocess
import time


def first_output(command, environment=None):
    """Seconds from the start of a program to its first byte of output, and from the closing of the pipe to its exit."""
    read, write = os.pipe()
    begin = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=write, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                               env=dict(os.environ, MIBS="", **(environment or {})))
    os.close(write)
    ready, _, _ = select.select([read], [], [], 60)
    output = os.read(read, 1) if ready else b""
    first = time.monotonic() - begin
    os.close(read)
    closed = time.monotonic()
    process.wait(60)
    if not output:
        raise SystemExit(f"{' '.join(map(str, command))} printed nothing")
    return first, time.monotonic() - closed


def milliseconds(command, repeats):
    """Times to first output and to exit, in milliseconds; one run before them warms the caches."""
    first_output(command)
    runs = [first_output(command) for _ in range(repeats)]
    return [run[0] * 1000 for run in runs], [run[1] * 1000 for run in runs]
