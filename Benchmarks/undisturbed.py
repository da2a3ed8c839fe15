"""How much a synchronisation slows registrations: how long replies take without one and during one, alternately."""
import json
import subprocess
import threading

rate, seconds = 5000, 6


def registrations(programs, rows):
    """Registers nodes that already have bindings, at the set rate; returns latencies in milliseconds."""
    out = subprocess.run(programs.registration(min(rows, rate * seconds), rate), capture_output=True, text=True)
    summary = json.loads(out.stdout)
    if out.returncode != 0 or summary["unanswered"]:
        raise SystemExit(f"registrations failed: {summary}")
    return summary["latencyMilliseconds"]


def measure(report, programs, table, rows, repeats):
    alone, during, synchronised = [], [], []
    for turn in range(repeats):
        alone.append(registrations(programs, rows))
        ended = threading.Event()

        def synchronise():
            while not ended.is_set():
                synchronised.append(table.synchronise(f"again-{turn}")[1])
                programs.stop(f"again-{turn}")

        other = threading.Thread(target=synchronise)
        other.start()
        during.append(registrations(programs, rows))
        ended.set()
        other.join()
    for name, share in (("median", "p50"), ("99th percentile", "p99")):
        report.add(f"latency of registrations, {rate:,}/s: {name}", "ms", [found[share] for found in alone], rows)
        report.add(f"latency of registrations, {rate:,}/s, during synchronisations: {name}", "ms", [found[share] for found in during], rows)
    report.add("synchronisation during registrations", "s", synchronised, rows)
