"""The JSON API of a mip-mibd with many bindings: how long answers take, what an export costs, and many open event streams."""
import http.client
import json
import re
import socket
import time

import fixture


class Client:
    """One persistent connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path, accept="application/json"):
        """Returns the seconds from the request until the whole answer was read, and the answer."""
        begin = time.monotonic()
        self.connection.request("GET", path, headers={"Accept": accept})
        response = self.connection.getresponse()
        body = response.read()
        spent = time.monotonic() - begin
        if response.status != 200:
            raise SystemExit(f"GET {path} failed with status {response.status}: {body[:300]}")
        return spent, response, body

    def next_path(self, response):
        link = response.headers.get("Link", "")
        return re.match(r"<([^>]*)>", link)[1] if link else None

    def milliseconds(self, path, repeats):
        """Times of `repeats` requests, after a first one that is not counted."""
        self.get(path)
        return [self.get(path)[0] * 1000 for _ in range(repeats)]


def memory(programs, name):
    return programs.memory(name) / 2**20


def export(port, programs, name):
    """Streams all bindings as lines. Returns seconds, bytes, rows, and the peak memory above that before, in MiB."""
    before = most = memory(programs, name)
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as s:
        s.sendall(b"GET /v1/bindings HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\nConnection: close\r\n\r\n")
        length = rows = turns = 0
        while piece := s.recv(1 << 18):
            length += len(piece)
            rows += piece.count(b'"homeAddress"')
            turns += 1
            if turns % 256 == 0:
                most = max(most, memory(programs, name))
    # A name split across two pieces is not counted; there are few.
    return time.monotonic() - begin, length, rows, most - before


def first_byte(port, path):
    """Milliseconds until the first byte of the answer."""
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", port)) as s:
        s.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n".encode())
        s.recv(1)
        return (time.monotonic() - begin) * 1000


class Streams:
    """Event streams that are not read."""

    def __init__(self, port, count):
        self.sockets = []
        for _ in range(count):
            s = socket.create_connection(("127.0.0.1", port))
            s.sendall(b"GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            self.sockets.append(s)
        for s in self.sockets:
            if b" 200 " not in s.recv(64):
                raise SystemExit("an event stream was refused")

    def close(self):
        for s in self.sockets:
            s.close()


def measure(report, programs, rows, repeats):
    name = "management"
    port = programs.start_api(name)
    client = Client(port)

    def is_complete():
        try:
            _, _, body = client.get("/v1/agents")
            agents = json.loads(body)
            return bool(agents) and agents[0].get("counts", {}).get("bindings") == rows
        except (OSError, http.client.HTTPException, SystemExit, json.JSONDecodeError):
            client.connection.close()
            return False

    programs.wait_for(f"{rows} bindings in the API", is_complete)
    time.sleep(1)
    least = rows // 2
    middle = fixture.dotted(least).rsplit(".", 1)[0] + ".0/24"
    target = dict(target="20 ms", holds=lambda row: row["mipMib"]["median"] <= 20)
    page = client.milliseconds("/v1/bindings?limit=100", repeats * 4)
    report.add("API: first page of 100 bindings", "ms", page, rows, **target)
    _, response, _ = client.get("/v1/bindings?limit=10000")
    following = client.next_path(response) if rows > 10_000 else None
    if following:
        report.add("API: page of 100 bindings from a cursor", "ms",
                   client.milliseconds(following.replace("limit=10000", "limit=100"), repeats * 4), rows)
    for what, query in (
            ("page of the bindings of a /24", f"homeAddress={middle}&limit=100"),
            ("page of 100 by care-of address (full scan)", "sort=careOfAddress&limit=100"),
            ("page of 100, most recently renewed first (full scan)", "sort=-renewed&limit=100"),
            ("search for an unknown NAI (full scan)", "nai=nobody%40example.net&limit=100")):
        report.add(f"API: {what}", "ms", client.milliseconds(f"/v1/bindings?{query}", repeats), rows)
    report.add("API: one binding", "ms", client.milliseconds(f"/v1/bindings/home/{fixture.dotted(least)}/{fixture.care_of_address}",
                                                             repeats * 4), rows)
    report.add("API: /metrics", "ms", client.milliseconds("/metrics", repeats * 4), rows)
    report.add("API: all bindings as lines, first byte", "ms", [first_byte(port, "/v1/bindings") for _ in range(repeats)], rows)
    runs = [export(port, programs, name) for _ in range(min(3, repeats))]
    report.add("API: all bindings as lines", "MB/s", [length / seconds / 1e6 for seconds, length, _, _ in runs], rows, less=False)
    report.add("API: all bindings as lines", "rows/s", [rows / seconds for seconds, _, _, _ in runs], rows, less=False)
    report.add("API: additional memory during the export", "MiB", [most for _, _, _, most in runs], rows, target="16 MiB",
               holds=lambda row: row["mipMib"]["maximum"] <= 16)
    before = memory(programs, name)
    streams = Streams(port, 1000)
    report.add("API: memory per open event stream, with 1,000 open", "KiB", [(memory(programs, name) - before) * 1024 / 1000], rows)
    report.add("API: first page of 100 bindings with 1,000 event streams open", "ms",
               client.milliseconds("/v1/bindings?limit=100", repeats * 4), rows, **target)
    streams.close()
    programs.stop(name)
