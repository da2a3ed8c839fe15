#!/usr/bin/env python3
"""Writes the measurements of scripts/bench --json to docs/performance.md: tables between its markers, plots in docs/performance.

Usage: Benchmarks/report.py FILE.json…

Later files add to earlier ones; if two files have the same row, the later one is used. All rows are stored in
docs/performance/measurements.json.
"""
import json
import math
import pathlib
import sys

docs = pathlib.Path(__file__).resolve().parent.parent / "docs"
folder = docs / "performance"


def number(value):
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def cell(row, name):
    if name not in row:
        return ""
    s = row[name]
    if s["samples"] == 1:
        return number(s["median"])
    return f"{number(s['median'])} ({number(s['minimum'])}–{number(s['maximum'])})"


def table(rows, with_rows=True):
    lines = ["| work |" + (" bindings |" if with_rows else "") + " unit | mip-mib | subagent in C | floor | ratio | target |",
             "|---|" + ("---:|" if with_rows else "") + "---|---|---|---|---:|---|"]
    for row in rows:
        target = "" if "met" not in row else f"{row['target']}: {'met' if row['met'] else '**missed**'}"
        lines.append(
            f"| {row['work']} |" + (f" {row['rows']:,} |" if with_rows and row["rows"] else " |" if with_rows else "")
            + f" {row['unit']} | {cell(row, 'mipMib')} | {cell(row, 'opponent')} | {cell(row, 'floor')} | "
            + (f"{row['ratio']:.2f}" if "ratio" in row else "") + f" | {target} |")
    return "\n".join(lines)


def matrix(rows):
    """What a manager may request: a line for each request, a column for each path."""
    lines = ["| request | columns | through snmpd | standalone |", "|---|---:|---:|---:|"]
    found = {}
    for row in rows:
        if "together" not in row["work"]:
            continue
        asked, columns, way = row["work"].split(", ")
        found.setdefault((asked, columns.split()[0]), {})[way] = row["mipMib"]["median"]
    for (asked, columns), ways in found.items():
        lines.append(f"| {asked} | {columns} | {number(ways['through snmpd'])} | {number(ways['standalone'])} |")
    return "\n".join(lines)


# Colours that can be distinguished on white and on black, also by people with red-green colour blindness.
colours = ["#0072b2", "#d55e00", "#009e73", "#7f7f7f", "#cc79a7"]


def plot(title, unit, series):
    """An SVG with logarithmic axes. A series: name and pairs of bindings and value."""
    width, height, left, right, top, bottom = 720, 380, 70, 250, 46, 50
    xs = [x for _, points in series for x, _ in points]
    ys = [y for _, points in series for _, y in points if y > 0]
    low_x, high_x = math.log10(min(xs)), math.log10(max(xs))
    low_y, high_y = math.floor(math.log10(min(ys)) * 2) / 2, math.ceil(math.log10(max(ys)) * 2) / 2

    def at(x, y):
        span = (high_x - low_x) or 1
        return (left + (math.log10(x) - low_x) / span * (width - left - right),
                height - bottom - (math.log10(y) - low_y) / ((high_y - low_y) or 1) * (height - top - bottom))

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" '
           f'role="img" aria-label="{title}">', f'<rect width="{width}" height="{height}" fill="white"/>',
           f'<text x="{left}" y="22" font-size="15" font-weight="bold">{title}</text>',
           f'<text x="{left}" y="38" fill="#555">{unit}</text>']
    for exponent in range(math.floor(low_y), math.ceil(high_y) + 1):
        for step in (1, 2, 5):
            value = step * 10 ** exponent
            if low_y - 1e-9 <= math.log10(value) <= high_y + 1e-9:
                _, y = at(10 ** low_x, value)
                out.append(f'<line x1="{left}" y1="{y:.1f}" x2="{width - right}" y2="{y:.1f}" stroke="#ddd"/>')
                out.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#333">{value:g}</text>')
    for x in sorted(set(xs)):
        px, _ = at(x, 10 ** low_y)
        out.append(f'<text x="{px:.1f}" y="{height - bottom + 18}" text-anchor="middle" fill="#333">{x:,}</text>')
    out.append(f'<text x="{(left + width - right) / 2}" y="{height - 10}" text-anchor="middle" fill="#555">bindings</text>')
    for index, (name, points) in enumerate(series):
        colour = colours[index % len(colours)]
        dash = ' stroke-dasharray="5 4"' if "floor" in name else ""
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in (at(x, y) for x, y in sorted(points)))
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        for x, y in points:
            px, py = at(x, y)
            out.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>')
        ly = top + 14 + 20 * index
        out.append(f'<line x1="{width - right + 16}" y1="{ly - 4}" x2="{width - right + 40}" y2="{ly - 4}" stroke="{colour}" '
                   f'stroke-width="2"{dash}/><text x="{width - right + 46}" y="{ly}">{name}</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"


def series(rows, chosen):
    found = []
    for label, work, contender in chosen:
        points = [(row["rows"], row[contender]["median"]) for row in rows if row["work"] == work and contender in row]
        if points:
            found.append((label, points))
    return found


def main():
    files = [folder / "measurements.json"] * (folder / "measurements.json").exists() + [pathlib.Path(name) for name in sys.argv[1:]]
    rows, machine = {}, {}
    for file in files:
        content = json.loads(file.read_text())
        machine = content["machine"]
        for row in content["rows"]:
            work = row["work"].split(", ")
            rows[(" ".join(work[:2]) if row["work"].startswith("freshness") else row["work"], row["rows"])] = row
    rows = sorted(rows.values(), key=lambda row: (row["rows"] or 0))
    folder.mkdir(exist_ok=True)
    (folder / "measurements.json").write_text(json.dumps({"machine": machine, "rows": rows}, indent=1, ensure_ascii=False) + "\n")

    def of(*beginnings):
        chosen = [row for row in rows if row["work"].startswith(beginnings)]
        return sorted(chosen, key=lambda row: (row["work"], row["rows"] or 0))

    asked = [row for row in rows if "together" in row["work"] or row["work"].startswith("snmpbulkwalk")]
    blocks = {
        "machine": "\n".join(f"| {name} | {value} |" for name, value in [
            ("processor", f"{machine['processors']} × {machine['processor']}, virtual machine: {machine['virtualMachine']}"),
            ("memory", f"{machine['memoryGiB']} GiB"), ("kernel", f"Linux {machine['kernel']}, glibc {machine['libc']}"),
            ("net-snmp", machine["netSNMP"]), ("Swift", machine["swift"]), ("C", machine["compiler"] + ", -O2")]),
        "walks": table(of("walk of one", "walk of 8", "standalone walk")),
        "growth": table(of("growth", "GETNEXT of")),
        "state": table(of("first synchronisation", "memory", "registering", "freshness", "mirror", "latency", "synchronisation")),
        "api": table(of("API")),
        "soak": table(of("soak")),
        "work": table([row for row in of("registrations", "data plane")], with_rows=False),
        "store": table(of("state store", "restart")),
        "advice": matrix(asked) + "\n\n" + table([row for row in asked if row["work"].startswith("snmpbulkwalk")]),
    }
    text = (docs / "performance.md").read_text()
    for name, block in blocks.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        head, rest = text.split(begin, 1)
        text = head + begin + "\n" + ("| | |\n|---|---|\n" if name == "machine" else "") + block + "\n" + end + rest.split(end, 1)[1]
    (docs / "performance.md").write_text(text)

    plots = {
        "walk-snmpd": ("A walk of one column through snmpd", "microseconds per variable", [
            ("mip-mib", "walk of one column through snmpd", "mipMib"), ("subagent in C", "walk of one column through snmpd", "opponent"),
            ("floor: does nothing, sleeps", "walk of one column through snmpd", "floor"),
            ("floor: does nothing, polls", "walk of one column through snmpd; the floor polls too", "floor")]),
        "walk-standalone": ("A walk standalone", "microseconds per variable", [
            ("mip-mib, one column", "walk of one column standalone", "mipMib"),
            ("agent in C, one column", "walk of one column standalone", "opponent"),
            ("mip-mib, 8 columns", "walk of 8 columns standalone", "mipMib"),
            ("agent in C, 8 columns", "walk of 8 columns standalone", "opponent")]),
        "answers": ("Answering a GETNEXT, without transport", "nanoseconds per request", [
            ("1 column", "GETNEXT of 1 column answered, no socket", "mipMib"),
            ("8 columns", "GETNEXT of 8 columns answered, no socket", "mipMib")]),
        "synchronisation": ("The first synchronisation", "seconds until a manager sees the last row", [
            ("mip-mib", "first synchronisation, from start to last row by SNMP", "mipMib")]),
        "memory": ("Memory of mip-mibd", "bytes per binding", [("mip-mib", "memory of mip-mibd per binding", "mipMib")]),
    }
    for name, (title, unit, chosen) in plots.items():
        lines = series(rows, chosen)
        if lines:
            (folder / f"{name}.svg").write_text(plot(title, unit, lines))


if __name__ == "__main__":
    main()
