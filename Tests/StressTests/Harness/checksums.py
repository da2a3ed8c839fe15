"""Requests with wrong checksums, from raw sockets and in frames on a link: none is read. Good ones between them are answered."""
import random
import socket
import struct
import subprocess
import time

from daemons import Finding, Node, Scene, control, say, wait_for

LINK = """\
name: link
control: @/link.sock
foreignAgent:
  port: 434
  addresses: [10.9.0.1]
  careOfAddresses: [10.9.0.1]
  maximumLifetime: 300
interfaces:
  - {name: fa0, address: 10.9.0.1}
"""


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def datagram(source, destination, payload, port=5000, udp_error=0, ip_error=0, omitted=False):
    addresses = socket.inet_aton(source) + socket.inet_aton(destination)
    udp = struct.pack("!HHHH", port, 434, 8 + len(payload), 0) + payload
    value = checksum(addresses + struct.pack("!BBH", 0, 17, len(udp)) + udp) or 0xFFFF
    value = 0 if omitted else value ^ udp_error
    udp = udp[:6] + struct.pack("!H", value) + udp[8:]
    header = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(udp), random.randrange(65536), 0, 255, 17, 0) + addresses
    header = header[:10] + struct.pack("!H", checksum(header) ^ ip_error) + header[12:]
    return header + udp


def received(path):
    for reply in control(path, "org.mipmib.agent.Subscribe", {"topics": ["counters"]}):
        for change in reply["parameters"].get("changes", []):
            if "counters" in change:
                return change["counters"]["datagramsReceived"]
    raise Finding(f"{path} publishes no counters")


def run(programs, count, seed):
    dice = random.Random(seed)
    with Scene(programs) as scene:
        scene.add_agents()
        subprocess.run(["ip", "link", "add", "fa0", "type", "veth", "peer", "name", "mn0"], check=True)
        try:
            for command in (["address", "add", "10.9.0.1/24", "dev", "fa0"], ["link", "set", "fa0", "up"], ["link", "set", "mn0", "up"]):
                subprocess.run(["ip", *command], check=True)
            scene.write("link.yaml", LINK)
            scene.add("link", "mip-agentd", "--config", scene.folder / "link.yaml", ready="serving")
            # The link's agent and the others share the port on different addresses.
            scene.start("home", "foreign", "link")
            on_loopback(scene, count, dice)
            on_link(scene, count, dice)
            scene.check()
        finally:
            subprocess.run(["ip", "link", "delete", "fa0"], check=False)


def on_loopback(scene, count, dice):
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listener.bind(("127.0.0.1", 0))
    listener.settimeout(2)
    port = listener.getsockname()[1]
    path = scene.folder / "home.sock"
    before, good = received(path), 0
    for number in range(count):
        request = Node(f"127.10.2.{number % 250 + 1}", "192.0.2.9").request()
        if number % 10 == 0:
            raw.sendto(datagram("127.0.0.1", "127.10.0.1", request, port, omitted=number % 20 == 0), ("127.10.0.1", 0))
            good += 1
            try:
                listener.recv(4096)
            except socket.timeout:
                raise Finding("a request with right checksums from a raw socket was not answered") from None
        else:
            raw.sendto(datagram("127.0.0.1", "127.10.0.1", request, port, udp_error=dice.randrange(1, 65536)), ("127.10.0.1", 0))
    settle(path, before + good, "home agent")
    listener.setblocking(False)
    try:
        raise Finding(f"a damaged request was answered: {listener.recv(4096).hex()}")
    except BlockingIOError:
        pass
    say(f"on loopback {count - good} damaged requests were dropped, {good} good ones answered")


def on_link(scene, count, dice):
    """From a node without an address, which the kernel does not deliver and the agent reads in frames."""
    link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
    link.bind(("mn0", 0))
    link.settimeout(5)
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as other:
        other.bind(("fa0", 0))
        target = other.getsockname()[4]
    own = link.getsockname()[4]
    path = scene.folder / "link.sock"
    before, good = received(path), 0

    def send(request, **errors):
        link.send(target + own + b"\x08\x00" + datagram("0.0.0.0", "10.9.0.1", request, **errors))

    for number in range(count):
        # Asks for too long a lifetime, which the foreign agent itself denies, once a second for each node.
        request = Node(f"10.{number >> 8}.{number & 255}.9", None, "10.9.0.1").request(lifetime=900, home_agent="10.8.0.1")
        kind = number % 10
        if kind == 0:
            send(request, omitted=number % 20 == 0)
            good += 1
            wait_for("a request with right checksums from a node without an address is answered",
                     lambda: link.recv(2048)[23:24] == b"\x11", 5, pause=0)
        elif kind < 6:
            send(request, udp_error=dice.randrange(1, 65536))
        else:
            send(request, ip_error=dice.randrange(1, 65535))
    settle(path, before + good, "foreign agent")
    say(f"on a link {count - good} damaged requests were dropped, {good} good ones answered")


def settle(path, expected, what):
    """Everything sent has been counted, and stays so."""
    wait_for(f"the {what} has counted the good requests", lambda: received(path) >= expected, 10)
    time.sleep(0.3)
    counted = received(path)
    if counted != expected:
        raise Finding(f"the {what} counted {counted - expected} damaged requests")
