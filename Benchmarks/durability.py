"""What the durability of a state store costs: registrations per second and the time to their replies, compared with no store."""
import store

rate, seconds, many = 5000, 4, 2048
contenders = ["no store", "memory", "process", "disk"]


class Figures:
    """Values of all runs of one contender; a value of each run has the same place in each list."""

    def __init__(self):
        self.appends, self.first, self.renewals, self.wide, self.median, self.p99 = [], [], [], [], [], []

    def take(self, programs, nodes, paced):
        self.first.append(programs.registered(nodes)["registrationsPerSecond"])
        self.renewals.append(programs.registered(nodes)["registrationsPerSecond"])
        self.wide.append(programs.registered(nodes, window=many)["registrationsPerSecond"])
        latency = programs.registered(min(nodes, paced), rate)["latencyMilliseconds"]
        self.median.append(latency["p50"])
        self.p99.append(latency["p99"])


def run(binaries, helpers, parent, contender, figures, nodes, paced):
    with store.new_folder(parent) as folder, store.StorePrograms(binaries, helpers) as programs:
        figures.appends.append(store.appends(folder))
        if contender == "no store":
            programs.run_home_agent()
        else:
            programs.run_home_agent(folder, contender)
            programs.check_store(contender)
        figures.take(programs, nodes, paced)
        if contender != "no store":
            # Trouble of the store makes an agent answer without waiting for it.
            programs.check_store(contender)
        programs.stop_home_agent()


def measure(report, binaries, helpers, parent, repeats, quick):
    """The contenders run in turn, each first once, so that a busy moment affects all of them."""
    nodes, paced = (10_000, rate) if quick else (100_000, rate * seconds)
    store.announce(parent)
    found = {contender: Figures() for contender in contenders}
    for turn in range(repeats):
        for place in range(len(contenders)):
            contender = contenders[(turn + place) % len(contenders)]
            run(binaries, helpers, parent, contender, found[contender], nodes, paced)

    for contender, figures in found.items():
        report.add(f"state store: first registrations, {contender}", "1/s", figures.first, nodes, less=False)
        report.add(f"state store: renewals, {contender}", "1/s", figures.renewals, nodes, less=False, **(
            dict(target="30,000", holds=lambda row: row["mipMib"]["median"] >= 30_000) if contender == "process" else {}))
        report.add(f"state store: renewals, {many:,} at once, {contender}", "1/s", figures.wide, nodes, less=False)
        report.add(f"state store: request to reply at {rate:,}/s, median, {contender}", "ms", figures.median, nodes)
        report.add(f"state store: request to reply at {rate:,}/s, p99, {contender}", "ms", figures.p99, nodes)

    def ratio(work, unit, above, below, **more):
        report.add(f"state store: {work}", unit, [a / b for a, b in zip(above, below)], nodes, less=False, **more)

    process, memory, disk = (found[contender] for contender in ("process", "memory", "disk"))
    least = dict(target="0.4", holds=lambda row: row["mipMib"]["median"] >= 0.4)
    ratio("first registrations, process to memory", "times", process.first, memory.first, **least)
    ratio("renewals, process to memory", "times", process.renewals, memory.renewals, **least)
    report.add("state store: appends of 4 KiB, each with fdatasync", "1/s", disk.appends, less=False)
    ratio("renewals, disk, per append", "1", disk.renewals, disk.appends)
    ratio(f"renewals, {many:,} at once, disk, per append", "1", disk.wide, disk.appends)
