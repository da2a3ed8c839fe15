"""Faulty messages for the standalone SNMP agent: it goes on answering good ones with the same list, does not grow, and stays quiet."""
import re
import socket
import time

import ber
import faults
import snmp
from daemons import Finding, Node, Scene, say, wait_for

ENGINE = bytes.fromhex("80001f8805aabbccddeeff")


def stable(manager):
    """The whole MIB as an ordered list, without values that move between two walks."""
    roots = (snmp.MIB, snmp.EXTENSION)
    first = [row for root in roots for row in manager.walk(root, bulk=30)]
    # Some values move once a second.
    time.sleep(1.2)
    second = [row for root in roots for row in manager.walk(root)]
    if [row[0] for row in first] != [row[0] for row in second]:
        raise Finding("GETBULK and GETNEXT list different instances")
    return first, {a[0] for a, b in zip(first, second) if a != b}


def run(programs, count, seed):
    with Scene(programs) as scene:
        scene.add_agents()
        scene.add_management(standalone=True)
        path = scene.folder / "mip-mibd.yaml"
        text = path.read_text().replace(
            "{name: foreign, context: foreign}]", "{name: foreign, context: foreign}], users: [{name: plain}], engineID: " + ENGINE.hex())
        address = f"127.0.0.1:{scene.standalone_port}"
        path.write_text(text.replace(f"port: {scene.standalone_port}", f'listen: ["udp:{address}", "tcp:{address}"]'))
        scene.start("home", "foreign", "mip-mibd")
        manager = snmp.Manager(scene.standalone_port)
        wait_for("the MIB is served", manager.is_served, failed=scene.check)
        for number in range(20):
            code = Node(f"127.10.0.{number + 5}", "192.0.2.5").register(lifetime=65535)
            if code != 0:
                raise Finding(f"a registration was answered with {code}")
        wait_for("the bindings are shown", lambda: len(manager.walk(snmp.BINDINGS + (1,), bulk=30)) == 20)
        daemon = scene.processes["mip-mibd"]
        before, moving = stable(manager)
        probe = manager.walk(snmp.BINDINGS, bulk=20)
        lines = daemon.output().count("\n")

        made = faults.messages(faults.requests(ENGINE), count, seed)
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sender.setblocking(False)
        target = ("127.0.0.1", scene.standalone_port)
        answers, resident, started = 0, daemon.resident(), time.monotonic()
        slowest = 0.0
        for number, message in enumerate(made):
            try:
                sender.sendto(message, target)
            except BlockingIOError:
                time.sleep(0.01)
            if number % 20 == 19:
                # The answer to a good request shows that the faulty ones before it have been read.
                began = time.monotonic()
                if manager.get(snmp.MIB + (1, 1, 1, 0))[0] != 0:
                    raise Finding("a good request was refused")
                slowest = max(slowest, time.monotonic() - began)
                answers += drain(sender)
            if number % 1000 == 999:
                daemon.check()
                if manager.walk(snmp.BINDINGS, bulk=20) != probe:
                    raise Finding(f"after {number + 1} messages the bindings are listed differently")
                if number == min(4999, len(made) // 2 // 1000 * 1000 + 999):
                    resident = daemon.resident()
        answers += drain(sender)
        over_tcp(scene.standalone_port, made[: max(100, count // 20)])
        scene.check()
        after, moves = stable(manager)
        moving |= moves
        changed = snmp.differences(before, after, moving)
        if changed:
            raise Finding(f"the lists before and after differ in {len(changed)} places: {changed[:10]}")
        written = daemon.output().count("\n") - lines
        growth = daemon.resident() - resident
        if written > 50:
            raise Finding(f"{written} lines were logged for {len(made)} messages:\n{daemon.output()[-1500:]}")
        if growth > 8 << 20:
            raise Finding(f"mip-mibd grew by {growth >> 10} KiB during the second half of {len(made)} messages")
        status, seconds = daemon.end()
        if status != 0:
            raise Finding(f"mip-mibd ended with status {status}:\n{daemon.output()[-2000:]}")
        say(f"{len(made)} faulty messages in {time.monotonic() - started:.0f} s: {answers} answered, {written} lines logged, "
            f"grown by {growth >> 10} KiB, slowest good answer {slowest * 1000:.0f} ms")


def over_tcp(port, made):
    """The same as streams, where a length may announce more than ever comes; every tenth connection stays open."""
    good = ber.message(b"public", ber.pdu(ber.GET, 4242, [snmp.MIB + (1, 1, 1, 0)]))
    kept = []
    for number, message in enumerate(made):
        connection = socket.create_connection(("127.0.0.1", port), timeout=5)
        try:
            connection.sendall(message[:8000])
        except OSError:
            pass
        if number % 10 == 0:
            kept.append(connection)
        else:
            connection.close()
        if number % 20 == 19:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as other:
                other.settimeout(5)
                other.sendall(good)
                try:
                    answer = other.recv(4096)
                except OSError as error:
                    raise Finding(f"a good request over TCP was not answered after {number + 1} faulty ones: {error}") from None
                if not answer or ber.response(answer)[0] != 4242:
                    raise Finding(f"a good request over TCP was answered with {answer.hex()}")
    for connection in kept:
        connection.close()


def drain(sender):
    """Reads the answers that have arrived; each must be well-formed."""
    count = 0
    while True:
        try:
            answer = sender.recv(65535)
        except BlockingIOError:
            return count
        count += 1
        try:
            ber.elements(answer)
        except (ValueError, IndexError) as error:
            raise Finding(f"an answer is not well-formed: {error}: {answer.hex()}") from None
