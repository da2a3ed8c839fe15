"""Counts tunnelled traffic in capture files, using only tshark's fields: datagrams and the bytes of the inner datagrams.

Usage: tunnel_counts.py FILE...
Prints a JSON object for each file: {"SOURCE DESTINATION KIND": [DATAGRAMS, BYTES], …}, and "fragments": the number of fragments.
"""
import json
import subprocess
import sys

FIELDS = ["ip.src", "ip.dst", "ip.proto", "ip.len", "ip.hdr_len", "ip.id", "ip.flags.mf", "ip.frag_offset",
          "gre.flags_and_version", "data.data"]
KINDS = {4: "ipInIp", 47: "gre", 55: "minEnc"}


def frames(path):
    command = ["tshark", "-n", "-r", path, "-o", "ip.defragment:FALSE", "-Y", "ip.proto in {4,47,55}",
               "-T", "fields", "-E", "occurrence=f", "-E", "separator=|"]
    for field in FIELDS:
        command += ["-e", field]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in text.splitlines():
        yield dict(zip(FIELDS, line.split("|")))


def header_length(frame, kind):
    """Length of the headers before the inner datagram, minus what is restored to the inner datagram."""
    if kind == "ipInIp":
        return 0
    if kind == "gre":
        flags = int(frame["gre.flags_and_version"], 0)
        return 4 + sum(4 for bit in (0x8000, 0x2000, 0x1000) if flags & bit)
    # RFC 2004: 8 bytes, or 12 with the source address; the IP header of 20 bytes is restored.
    has_source = bytes.fromhex(frame["data.data"])[1] & 0x80
    return (12 if has_source else 8) - 20


def count(path):
    totals, pieces, fragments = {}, {}, 0
    for frame in frames(path):
        kind = KINDS[int(frame["ip.proto"])]
        payload = int(frame["ip.len"]) - int(frame["ip.hdr_len"])
        offset = int(frame["ip.frag_offset"])
        more = frame["ip.flags.mf"] in ("1", "True")
        key = f"{frame['ip.src']} {frame['ip.dst']} {kind}"
        total = totals.setdefault(key, [0, 0])
        if offset == 0:
            total[0] += 1
            total[1] += payload - header_length(frame, kind)
        else:
            total[1] += payload
        fragments += offset > 0 or more
    totals["fragments"] = fragments
    return totals


for path in sys.argv[1:]:
    print(json.dumps(count(path)))
