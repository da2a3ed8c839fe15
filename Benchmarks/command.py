"""How soon the mip-mib command says something, and how soon it stops when nobody listens any more."""
import os
import select
import subprocess
import time


def first_output(command, environment=None):
    """Seconds from the start of a program to the first byte it prints, and to its end after its reader has gone."""
    read, write = os.pipe()
    begin = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=write, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                               env=dict(os.environ, MIBS="", **(environment or {})))
    os.close(write)
    ready, _, _ = select.select([read], [], [], 60)
    octets = os.read(read, 1) if ready else b""
    first = time.monotonic() - begin
    os.close(read)
    closed = time.monotonic()
    process.wait(60)
    if not octets:
        raise SystemExit(f"{' '.join(map(str, command))} printed nothing")
    return first, time.monotonic() - closed


def milliseconds(command, repeats):
    """First outputs and ends, in milliseconds; one run before them warms the caches."""
    first_output(command)
    runs = [first_output(command) for _ in range(repeats)]
    return [run[0] * 1000 for run in runs], [run[1] * 1000 for run in runs]
