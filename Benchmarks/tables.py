"""Tables of bindings as managers read them: when they are complete, and what a walk costs."""
import time

import freshness
from fixture import care_of_address, dotted, walk

module, other, floor_sleeping, floor_looking = "1.3.6.1.2.1.44", "1.3.6.1.2.1.144", "1.3.6.1.2.1.244", "1.3.6.1.2.1.245"
entry = ".1.6.3.1.1."


class Table:
    """Programs that serve the same table."""

    def __init__(self, programs, rows):
        self.programs, self.rows = programs, rows

    def is_complete(self, port):
        manager = freshness.Manager(port)
        oid = [int(part) for part in (module + entry + "8." + dotted(self.rows - 1) + "." + care_of_address).split(".")]
        return lambda: manager.get(oid) is not None

    def synchronise(self, name, direct=None):
        """Starts a mip-mibd; returns its port and the seconds until a manager saw the last row."""
        begin = time.monotonic()
        port = self.programs.start_management(name, direct)
        self.programs.wait_for(f"{self.rows} rows from {name}", self.is_complete(port))
        return port, time.monotonic() - begin

    def sample(self, port, oid, columns, repetitions, varbinds, part):
        """Microseconds per variable. Starts at a different place in the table for each part."""
        spent, count = 0, 0
        start = self.rows * part // 16 if self.rows * columns > 2 * varbinds else 0
        index = f"{dotted(start)}.{care_of_address}" if start else None
        names = [f"{oid}.{column}" if oid.startswith((floor_sleeping, floor_looking)) else f"{oid}{entry}{column}"
                 for column in (8, 1, 2, 3, 4, 5, 6, 7)[:columns]]
        while count < varbinds:
            result = walk(self.programs.helpers, port, names, repetitions, varbinds - count, index)
            if result["retries"] or not result["varbinds"]:
                raise SystemExit(f"the walk of {oid} on port {port} failed: {result}")
            spent += result["seconds"]
            count += result["varbinds"]
        return spent / count * 1e6

    def turns(self, contenders, columns, repetitions, varbinds, repeats):
        """A B A B: each contender runs once in each round."""
        values = {name: [] for name in contenders}
        for part in range(repeats):
            for name, (port, oid) in contenders.items():
                values[name].append(self.sample(port, oid, columns, repetitions, varbinds, part))
        return values
