"""The fleet's records in files of the host, which survive the power loss of the machine in which the fleet runs."""
import ctypes
import os
import pickle

from registrations import Request

library = ctypes.CDLL(None, use_errno=True)
# SYNC_FILE_RANGE_WAIT_BEFORE, _WRITE and _WAIT_AFTER: hostfs has handed the data to the host when this returns, without a sync of its disk.
HANDED_OVER = 7


def hand_over(descriptor):
    if library.sync_file_range(descriptor, ctypes.c_int64(0), ctypes.c_int64(0), ctypes.c_uint(HANDED_OVER)) != 0:
        raise OSError(ctypes.get_errno(), "sync_file_range failed")


class Journal:
    """What has been sent and received since the fleet was saved, a line each. Each flush is one write at the end of the file."""

    def __init__(self, path):
        self.descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.lines = []

    def sent(self, node, request):
        known = "known" if request.position is not None else "open"
        again = "again" if request.is_repeated else "first"
        self.lines.append(f"S {request.sent:.6f} {node.number} {request.purpose} {again} {known} {request.data.hex()}\n")

    def received(self, data, now):
        self.lines.append(f"R {now:.6f} {data.hex()}\n")

    def flush(self):
        if self.lines:
            os.write(self.descriptor, "".join(self.lines).encode())
            self.lines.clear()
            hand_over(self.descriptor)


def save(record, path):
    """Replaces what was saved."""
    with open(f"{path}.next", "wb") as file:
        pickle.dump(record, file)
        file.flush()
        hand_over(file.fileno())
    os.rename(f"{path}.next", path)


def load(path):
    with open(path, "rb") as file:
        return pickle.load(file)


def apply(fleet, path):
    """Brings a saved fleet up to date by the journal written since; returns the time of its last line, 0 for none."""
    last = 0.0
    if not os.path.exists(path):
        return last
    with open(path) as file:
        for line in file:
            if not line.endswith("\n"):
                # The machine was killed while it wrote this line, before the request was sent or anything followed from the reply.
                break
            kind, stamp, *rest = line.split()
            last = max(last, float(stamp))
            if kind == "R":
                fleet.answer(bytes.fromhex(rest[0]), float(stamp))
                continue
            number, purpose, again, known, data = rest
            request = Request(bytes.fromhex(data), purpose, float(stamp))
            request.is_repeated, request.position = again == "again", 0 if known == "known" else None
            node = fleet.nodes[int(number)]
            if node.kind != "nonces":
                node.identification = max(node.identification, request.identification)
            fleet.wait(node, request)
    return last
