import AgentModel
import DataPlane
import Foundation
import MIPTesting
import Testing

@testable import mip_plane_bench

/// Data planes in network namespaces, with programs of others as their traffic.
@Suite(
    "Datagrams through real tunnels",
    .enabled(if: Laboratory.isPossible, "needs root, network namespaces, /dev/net/tun and iproute2"),
    .serialized)
struct LaboratoryTests {
    private let program = BuiltProducts.path(of: "mip-plane-bench")
    private let home = Laboratory.homeAddress

    /// Sends echo requests one after the other and prints how many were answered: `ping` is not installed everywhere.
    private static let ping = """
        import os, socket, struct, sys, time
        target, count, size, source = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
        def checksum(data):
            data += b"\\0" * (len(data) % 2)
            total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
            while total >> 16: total = (total & 0xFFFF) + (total >> 16)
            return 0xFFFF - total
        s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        s.settimeout(1)
        if source != "-": s.bind((source, 0))
        answered, identifier = 0, os.getpid() & 0xFFFF
        for number in range(count):
            body = struct.pack("!HH", identifier, number) + bytes(size)
            packet = struct.pack("!BBH", 8, 0, checksum(b"\\x08\\0\\0\\0" + body)) + body
            s.sendto(packet, (target, 0))
            end = time.time() + 1
            while time.time() < end:
                try: data, sender = s.recvfrom(65535)
                except socket.timeout: break
                start = (data[0] & 15) * 4
                if data[start] == 0 and data[start + 4:start + 8] == body[:4] and sender[0] == target:
                    answered += 1
                    break
        print(answered)
        """

    /// Takes one connection and prints the SHA-256 of what came.
    private static let receive = """
        import hashlib, socket
        s = socket.socket()
        s.bind(("", 7000))
        s.listen(1)
        print("ready", flush=True)
        s.settimeout(30)
        c, _ = s.accept()
        c.settimeout(30)
        h, n = hashlib.sha256(), 0
        while True:
            d = c.recv(65536)
            if not d: break
            h.update(d); n += len(d)
        print(n, h.hexdigest())
        """

    /// Sends megabytes over one connection and prints their SHA-256.
    private static let send = """
        import hashlib, random, socket, sys
        random.seed(5944)
        data = random.randbytes(int(sys.argv[2]) << 20)
        s = socket.create_connection((sys.argv[1], 7000), timeout=30)
        s.sendall(data); s.shutdown(socket.SHUT_WR); s.recv(1)
        print(len(data), hashlib.sha256(data).hexdigest())
        """

    private func ping(
        _ target: String, from namespace: NetworkNamespace, count: Int = 20, size: Int = 56, source: String = "-"
    ) throws -> Int {
        Int(try namespace.run("python3", "-c", Self.ping, target, "\(count)", "\(size)", source)) ?? -1
    }

    @Test("A ping follows the node, there and back, and every datagram is counted", arguments: Encapsulation.allCases)
    func ping(encapsulation: Encapsulation) throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program, encapsulation: encapsulation.rawValue)
        #expect(try ping(home, from: laboratory.correspondent) == 20)
        let expected = TrafficCount(packets: 20, octets: 20 * 84)
        let homeCounters = try Laboratory.counters(planes.homeAgent)
        let foreignCounters = try Laboratory.counters(planes.foreignAgent)
        #expect(homeCounters.homes == [home: NodeTraffic(toNode: expected, fromNode: expected)])
        #expect(foreignCounters.visitors == [home: NodeTraffic(toNode: expected, fromNode: expected)])
        #expect(
            homeCounters.tunnels == [
                "10.3.0.1>10.3.0.2 \(encapsulation.rawValue)": TunnelTraffic(sent: expected, received: expected)
            ])
        #expect(
            foreignCounters.tunnels == [
                "10.3.0.2>10.3.0.1 \(encapsulation.rawValue)": TunnelTraffic(sent: expected, received: expected)
            ])
        #expect(homeCounters.drops == [:] && foreignCounters.drops == [:])
        // Long echoes come in fragments, which go through the tunnel each for itself.
        #expect(try ping(home, from: laboratory.correspondent, count: 3, size: 4000) == 3)
    }

    @Test("Another decoder finds the datagram in what is on the wire", arguments: Encapsulation.allCases)
    func wire(encapsulation: Encapsulation) throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program, encapsulation: encapsulation.rawValue)
        let sniff = """
            import socket, struct, sys
            def good(data):
                data += b"\\0" * (len(data) % 2)
                total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
                while total >> 16: total = (total & 0xFFFF) + (total >> 16)
                return total == 0xFFFF
            s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
            s.bind(("back0", 0x0003)); s.settimeout(10)
            print("ready", flush=True)
            seen = 0
            while seen < 2:
                p = s.recv(9000)
                if p[9] != int(sys.argv[1]): continue  # a host's own traffic, such as IGMP
                seen += 1
                outer = p[:20]
                assert outer[0] == 0x45 and good(outer) and struct.unpack("!H", outer[2:4])[0] == len(p)
                rest, number = p[20:], outer[9]
                if number == 47:
                    assert rest[:4] == b"\\0\\0\\x08\\0"
                    rest = rest[4:]
                if number == 55:
                    assert good(rest[:12]) and rest[1] == 0x80
                    source, destination, inner, payload = rest[8:12], rest[4:8], rest[0], rest[12:]
                else:
                    assert good(rest[:20]) and rest[0] == 0x45
                    source, destination, inner, payload = rest[12:16], rest[16:20], rest[9], rest[20:]
                assert good(payload)
                print(number, socket.inet_ntoa(outer[12:16]), socket.inet_ntoa(outer[16:20]), inner,
                      socket.inet_ntoa(source), socket.inet_ntoa(destination), payload[0], len(payload))
            """
        // A neighbour entry on each side, so that no ARP is among what is seen.
        #expect(try ping(home, from: laboratory.correspondent, count: 1) == 1)
        let number = encapsulation.protocolNumber
        let sniffing = try laboratory.foreignAgent.start(["python3", "-c", sniff, "\(number)"])
        #expect(try sniffing.readLine() == "ready")
        #expect(try ping(home, from: laboratory.correspondent, count: 1) == 1)
        #expect(try sniffing.readLine() == "\(number) 10.3.0.1 10.3.0.2 1 10.1.0.2 10.2.0.77 8 64")
        #expect(try sniffing.readLine() == "\(number) 10.3.0.2 10.3.0.1 1 10.2.0.77 10.1.0.2 0 64")
        withExtendedLifetime(planes) {}
    }

    @Test(
        "Megabytes go over TCP in both directions although the tunnel takes less than the links",
        arguments: Encapsulation.allCases)
    func tcp(encapsulation: Encapsulation) throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program, encapsulation: encapsulation.rawValue)
        for (sender, receiver, target) in [
            (laboratory.correspondent, laboratory.mobileNode, home),
            (laboratory.mobileNode, laboratory.correspondent, "10.1.0.2"),
        ] {
            let receiving = try receiver.start(["python3", "-c", Self.receive])
            #expect(try receiving.readLine() == "ready")
            let sent = try sender.run("python3", "-c", Self.send, target, "4")
            #expect(try receiving.readLine() == sent)
            #expect(sent.hasPrefix("4194304 "))
        }
        let counters = try Laboratory.counters(planes.homeAgent)
        #expect(counters.drops["tooBig", default: 0] == counters.icmpErrorsSent)
        #expect(counters.icmpErrorsSent > 0, "the sender was told the tunnel's MTU")
        #expect(Set(counters.drops.keys) == ["tooBig"])
        #expect(counters.fragmentsSent == 0)
    }

    @Test("A datagram that may be fragmented is, on the outer header, where the path is narrow")
    func fragments() throws {
        let laboratory = try Laboratory(backboneMTU: 1000)
        let planes = try laboratory.planes(program)
        let send = """
            import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.setsockopt(socket.IPPROTO_IP, 10, 0)
            for n in range(10): s.sendto(bytes([n]) * 1400, (sys.argv[1], 7001))
            """
        let receive = """
            import socket
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind(("", 7001)); s.settimeout(5)
            print("ready", flush=True)
            print(all(s.recv(9000) == bytes([n]) * 1400 for n in range(10)))
            """
        let receiving = try laboratory.mobileNode.start(["python3", "-c", receive])
        #expect(try receiving.readLine() == "ready")
        try laboratory.correspondent.run("python3", "-c", send, home)
        #expect(try receiving.readLine() == "True")
        let counters = try Laboratory.counters(planes.homeAgent)
        #expect(counters.fragmentsSent == 20)
        #expect(counters.homes[home]?.toNode == TrafficCount(packets: 10, octets: 10 * 1428))
        #expect(counters.drops == [:])
    }

    @Test("A datagram that must not be fragmented and does not fit is answered with the tunnel's MTU")
    func fragmentationNeeded() throws {
        let laboratory = try Laboratory(backboneMTU: 1000)
        let planes = try laboratory.planes(program)
        let send = """
            import socket, sys, time
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.setsockopt(socket.IPPROTO_IP, 10, 2)
            s.connect((sys.argv[1], 7001))
            s.send(bytes(1400))
            for _ in range(100):
                if s.getsockopt(socket.IPPROTO_IP, 14) != 1500: break
                time.sleep(0.05)
            print(s.getsockopt(socket.IPPROTO_IP, 14))
            """
        #expect(try laboratory.correspondent.run("python3", "-c", send, home) == "980")
        let counters = try Laboratory.counters(planes.homeAgent)
        #expect(counters.drops == ["tooBig": 1] && counters.icmpErrorsSent == 1)
    }

    @Test("A narrow place within the path becomes known by ICMP, and the correspondent is told (RFC 2003 §5.1)")
    func narrowPath() throws {
        let laboratory = try Laboratory()
        // A router between the agents, with less room behind it.
        let router = try NetworkNamespace()
        try laboratory.homeAgent.ip("link add mid0 type veth peer name left0 netns \(router.identifier)")
        try router.ip("link add right0 type veth peer name mid0 netns \(laboratory.foreignAgent.identifier)")
        for (namespace, name, address) in [
            (laboratory.homeAgent, "mid0", "10.5.0.1/24"), (router, "left0", "10.5.0.2/24"), (router, "right0", "10.6.0.2/24"),
            (laboratory.foreignAgent, "mid0", "10.6.0.1/24"),
        ] {
            try namespace.ip("address add \(address) dev \(name)")
            try namespace.ip("link set \(name) up")
        }
        try router.ip("link set right0 mtu 1100")
        try laboratory.foreignAgent.ip("link set mid0 mtu 1100")
        try router.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        try laboratory.homeAgent.ip("route add 10.6.0.0/24 via 10.5.0.2")
        try laboratory.foreignAgent.ip("route add 10.5.0.0/24 via 10.6.0.2")
        let homeAgent = try laboratory.plane(in: laboratory.homeAgent, program, "--local", "10.5.0.1")
        let foreignAgent = try laboratory.plane(in: laboratory.foreignAgent, program, "--local", "10.6.0.1")
        try laboratory.order(homeAgent, "home \(home) home0 10.5.0.1,10.6.0.1,gre,reverse")
        try laboratory.order(
            foreignAgent,
            "visitor \(home) 10.5.0.1 10.6.0.1 gre direct visit0 \(laboratory.mobileNodeLinkLayerAddress)")
        let receiving = try laboratory.mobileNode.start(["python3", "-c", Self.receive])
        #expect(try receiving.readLine() == "ready")
        let sent = try laboratory.correspondent.run("python3", "-c", Self.send, home, "1")
        #expect(try receiving.readLine() == sent)
        #expect(try laboratory.correspondent.ip("route get \(home)").contains("mtu 1076"))
    }

    @Test("A device that is taken away is told")
    func lost() throws {
        let laboratory = try Laboratory()
        let plane = try laboratory.plane(in: laboratory.homeAgent, program)
        try laboratory.homeAgent.ip("link delete mip0")
        #expect(try plane.readLine() == "lost: the device 'mip0' was removed; nothing is carried any more")
        #expect(plane.finish() == 0)
    }

    @Test("What a stranger tunnels is dropped and counted by reason")
    func spoofed() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        // Raw IP in IP from the correspondent: outer source its own or forged, inner addresses as given.
        let send = """
            import socket, struct, sys
            def header(source, destination, number, length):
                h = struct.pack("!BBHHHBBH4s4s", 0x45, 0, length, 1, 0, 64, number, 0, socket.inet_aton(source),
                                socket.inet_aton(destination))
                total = sum(struct.unpack("!10H", h))
                while total >> 16: total = (total & 0xFFFF) + (total >> 16)
                return h[:10] + struct.pack("!H", 0xFFFF - total) + h[12:]
            s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
            outer, to, source, destination, count = sys.argv[1:]
            for _ in range(int(count)):
                inner = header(source, destination, 17, 48) + struct.pack("!HHHH", 1, 2, 28, 0) + bytes(20)
                s.sendto(header(outer, to, 4, 68) + inner, (to, 0))
            """
        for (outer, to, source, destination, count) in [
            ("10.1.0.2", "10.3.0.1", home, "10.2.0.9", "3"),  // the node's address from another place
            ("10.1.0.2", "10.3.0.1", "10.1.0.2", "10.2.0.9", "5"),  // an open relay
            ("10.1.0.2", "10.3.0.2", "10.1.0.2", home, "7"),  // to the visitor, not from its home agent
        ] {
            try laboratory.correspondent.run("python3", "-c", send, outer, to, source, destination, count)
        }
        // The home agent's own address on packets for somebody who is no visitor.
        try laboratory.homeAgent.run("python3", "-c", send, "10.3.0.1", "10.3.0.2", "10.1.0.2", "10.4.0.99", "11")
        let drops = try (Laboratory.counters(planes.homeAgent).drops, Laboratory.counters(planes.foreignAgent).drops)
        #expect(drops.0 == ["sourceMismatch": 3, "unknownSource": 5])
        #expect(drops.1 == ["sourceMismatch": 7, "unknownDestination": 11])
    }

    @Test("Without reverse tunnelling the visitor's datagrams are routed, and none passes the home agent")
    func triangle() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program, reverse: "none")
        try laboratory.homeAgent.ip("route add 10.4.0.0/24 via 10.3.0.2")
        #expect(try ping(home, from: laboratory.correspondent, count: 5) == 5)
        let expected = NodeTraffic(toNode: TrafficCount(packets: 5, octets: 420))
        #expect(try Laboratory.counters(planes.homeAgent).homes == [home: expected])
        #expect(try Laboratory.counters(planes.foreignAgent).visitors == [home: expected])
    }

    @Test("A node that encapsulates to its foreign agent is relayed to its home agent (RFC 3024 §5.2)")
    func encapsulatingDelivery() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program, reverse: "encapsulating")
        let node = try laboratory.plane(in: laboratory.mobileNode, program, "--no-forwarding")
        try laboratory.order(node, "node \(home) \(home) 10.4.0.1 ipInIp true")
        #expect(try ping("10.1.0.2", from: laboratory.mobileNode, count: 10, source: home) == 10)
        let traffic = TrafficCount(packets: 10, octets: 840)
        #expect(try Laboratory.counters(planes.homeAgent).homes == [home: NodeTraffic(toNode: traffic, fromNode: traffic)])
        #expect(try Laboratory.counters(planes.foreignAgent).visitors == [home: NodeTraffic(toNode: traffic, fromNode: traffic)])
        #expect(try Laboratory.counters(node).nodes == [home: NodeTraffic(fromNode: traffic)])
        #expect(try Laboratory.counters(node).drops == [:])
    }

    @Test("A node with a care-of address of its own ends the tunnel itself", arguments: Encapsulation.allCases)
    func coLocated(encapsulation: Encapsulation) throws {
        let laboratory = try Laboratory()
        try laboratory.mobileNode.ip("address del \(home)/32 dev eth0")
        try laboratory.mobileNode.ip("address add 10.4.0.5/24 dev eth0")
        try laboratory.mobileNode.ip("route replace default via 10.4.0.1")
        try laboratory.foreignAgent.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        try laboratory.homeAgent.ip("route add 10.4.0.0/24 via 10.3.0.2")
        let homeAgent = try laboratory.plane(in: laboratory.homeAgent, program, "--local", "10.3.0.1")
        let node = try laboratory.plane(in: laboratory.mobileNode, program, "--no-forwarding")
        try laboratory.order(homeAgent, "home \(home) home0 10.3.0.1,10.4.0.5,\(encapsulation.rawValue),reverse")
        try laboratory.order(node, "node \(home) 10.4.0.5 10.3.0.1 \(encapsulation.rawValue) true")
        #expect(try ping(home, from: laboratory.correspondent, count: 10) == 10)
        #expect(try ping("10.2.0.9", from: laboratory.mobileNode, count: 10, source: home) == 10)
        let traffic = TrafficCount(packets: 20, octets: 1680)
        #expect(try Laboratory.counters(homeAgent).homes == [home: NodeTraffic(toNode: traffic, fromNode: traffic)])
        #expect(try Laboratory.counters(node).nodes == [home: NodeTraffic(toNode: traffic, fromNode: traffic)])
        try laboratory.order(node, "unnode \(home)")
        #expect(try !laboratory.mobileNode.ip("address").contains(home))
    }

    @Test("A visitor whose home agent is the same machine is reached directly, and still sends through its home agent")
    func homeAndForeignAgent() throws {
        let laboratory = try Laboratory()
        let agent = try laboratory.plane(in: laboratory.foreignAgent, program, "--local", "10.3.0.2", "--local", "10.4.0.1")
        try laboratory.homeAgent.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        try laboratory.homeAgent.ip("route add \(home) via 10.3.0.2")
        func route() throws -> String { try laboratory.foreignAgent.ip("route show \(home)") }
        try laboratory.order(agent, "home \(home) - 10.4.0.1,10.3.0.2,ipInIp,reverse")
        #expect(try route().contains("dev mip0"))
        try laboratory.order(
            agent, "visitor \(home) 10.4.0.1 10.3.0.2 ipInIp direct visit0 \(laboratory.mobileNodeLinkLayerAddress)")
        #expect(try route().contains("dev visit0"))
        #expect(try ping(home, from: laboratory.correspondent, count: 5) == 5)
        let traffic = TrafficCount(packets: 5, octets: 420)
        let counters = try Laboratory.counters(agent)
        #expect(counters.visitors == [home: NodeTraffic(fromNode: traffic)])
        #expect(counters.homes == [home: NodeTraffic(fromNode: traffic)])
        #expect(counters.drops == [:])
        try laboratory.order(agent, "unvisitor \(home)")
        #expect(try route().contains("dev mip0"))
        try laboratory.order(agent, "unhome \(home)")
        #expect(try route().isEmpty)
    }

    @Test("Both care-of addresses of simultaneous bindings get every datagram, one that is unreachable harms nobody")
    func simultaneous() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        try laboratory.order(
            planes.homeAgent, "home \(home) home0 10.3.0.1,10.3.0.99,minEnc,reverse 10.3.0.1,10.3.0.2,ipInIp,reverse")
        #expect(try ping(home, from: laboratory.correspondent, count: 5) == 5)
        let traffic = TrafficCount(packets: 5, octets: 420)
        let counters = try Laboratory.counters(planes.homeAgent)
        #expect(counters.homes == [home: NodeTraffic(toNode: traffic, fromNode: traffic)])
        #expect(counters.tunnels["10.3.0.1>10.3.0.99 minEnc"] == TunnelTraffic(sent: traffic))
        #expect(counters.tunnels["10.3.0.1>10.3.0.2 ipInIp"] == TunnelTraffic(sent: traffic, received: traffic))
    }

    @Test("The home network hears where the node is, and its questions are answered, as long as the node is away")
    func arp() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        let agent = try Laboratory.linkLayerAddress(laboratory.homeAgent, "home0")
        func known() throws -> String { try laboratory.neighbor.ip("neighbor show \(home) dev eth0") }
        #expect(try ping(home, from: laboratory.neighbor, count: 3) == 3)
        #expect(try known().contains(agent))
        let counters = try Laboratory.counters(planes.homeAgent)
        #expect(counters.proxyARPsSent >= 1)
        #expect(counters.gratuitousARPsSent >= 1 && counters.gratuitousARPsSent <= 3)
        // Home again: the neighbour is told the node's own address.
        try laboratory.order(planes.homeAgent, "unhome \(home) 02:00:00:00:00:77")
        let end = Date().addingTimeInterval(5)
        while try !known().contains("02:00:00:00:00:77"), Date() < end { usleep(20_000) }
        #expect(try known().contains("02:00:00:00:00:77"))
        // Nobody answers for it any more.
        let answered = try Laboratory.counters(planes.homeAgent).proxyARPsSent
        try laboratory.neighbor.ip("neighbor flush dev eth0")
        #expect(try ping(home, from: laboratory.neighbor, count: 1) == 0)
        #expect(try Laboratory.counters(planes.homeAgent).proxyARPsSent == answered)
    }

    /// What a data plane makes in the kernel, as `ip` shows it.
    private func picture(_ namespace: NetworkNamespace) throws -> String {
        try ["link", "address", "rule", "route show table all", "neighbor show nud permanent", "neighbor show proxy"]
            .map { try namespace.ip($0) }.joined(separator: "\n")
            + namespace.run("cat", "/proc/sys/net/ipv4/ip_forward")
    }

    @Test("Nothing is left after a stop, and what a crash left is gone after the next start and stop")
    func leftovers() throws {
        let laboratory = try Laboratory()
        let before = try (picture(laboratory.homeAgent), picture(laboratory.foreignAgent))
        let planes = try laboratory.planes(program)
        #expect(try picture(laboratory.foreignAgent).contains(home))
        #expect(planes.homeAgent.finish() == 0)
        #expect(planes.foreignAgent.finish() == 0)
        #expect(try picture(laboratory.homeAgent) == before.0)
        #expect(try picture(laboratory.foreignAgent) == before.1)

        let crashing = try laboratory.planes(program)
        crashing.homeAgent.kill()
        crashing.foreignAgent.kill()
        let wreck = try picture(laboratory.foreignAgent)
        #expect(wreck.contains(home) && wreck.contains("fwmark"))
        let next = try laboratory.plane(in: laboratory.foreignAgent, program)
        #expect(try !picture(laboratory.foreignAgent).contains(home))
        next.finish()
        // Forwarding was on when the second process came, so it stays on; nothing else differs.
        let after = try picture(laboratory.foreignAgent)
        #expect(after.dropLast() == before.1.dropLast())
    }

    @Test("Setting twice changes nothing; a move changes the tunnel and keeps the counts; removing twice is no error")
    func idempotent() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        #expect(try ping(home, from: laboratory.correspondent, count: 2) == 2)
        let before = try picture(laboratory.foreignAgent)
        for _ in 0..<2 {
            try laboratory.order(planes.homeAgent, laboratory.homeOrder())
            try laboratory.order(planes.foreignAgent, laboratory.visitorOrder())
        }
        #expect(try picture(laboratory.foreignAgent) == before)
        try laboratory.order(planes.homeAgent, laboratory.homeOrder(encapsulation: "gre"))
        try laboratory.order(planes.foreignAgent, laboratory.visitorOrder(encapsulation: "gre"))
        #expect(try ping(home, from: laboratory.correspondent, count: 2) == 2)
        let counters = try Laboratory.counters(planes.homeAgent)
        #expect(counters.homes[home]?.toNode.packets == 4)
        #expect(Array(counters.tunnels.keys) == ["10.3.0.1>10.3.0.2 gre"])
        for _ in 0..<2 {
            try laboratory.order(planes.homeAgent, "unhome \(home)")
            try laboratory.order(planes.foreignAgent, "unvisitor \(home)")
        }
        #expect(try ping(home, from: laboratory.correspondent, count: 1) == 0)
        #expect(try Laboratory.counters(planes.homeAgent).homes == [:])
    }

    @Test("What goes with an interface that is switched off can be made again")
    func restore() async throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        let before = try picture(laboratory.foreignAgent)
        #expect(!before.contains("tentative"), "a state that passes by itself is no picture to come back to")
        for change in ["link set visit0 down", "link set visit0 up"] { try laboratory.foreignAgent.ip(change) }
        #expect(try picture(laboratory.foreignAgent) != before)
        #expect(try ping(home, from: laboratory.correspondent, count: 1) == 0)
        for _ in 0..<2 { try laboratory.order(planes.foreignAgent, "restore") }
        // The kernel tells in its own time that a link is up; what was asked for before then is asked for again.
        try await eventually("the picture of before") {
            try laboratory.order(planes.foreignAgent, "restore")
            return try picture(laboratory.foreignAgent) == before
        }
        #expect(try ping(home, from: laboratory.correspondent, count: 2) == 2)
    }

    @Test("What cannot be done is said, and leaves things as they were")
    func errors() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        let before = try picture(laboratory.foreignAgent)
        #expect(
            try planes.foreignAgent.ask("visitor 10.2.0.78 10.3.0.1 10.3.0.2 ipInIp direct nowhere0")
                == "error: there is no interface 'nowhere0': No such device")
        #expect(
            try planes.homeAgent.ask("home 10.2.0.78 - 10.9.9.9,10.3.0.2,ipInIp,reverse")
                .hasPrefix("error: this machine has no address 10.9.9.9"))
        #expect(try picture(laboratory.foreignAgent) == before)
        #expect(try Laboratory.counters(planes.homeAgent).homes.count == 1)
        let second = try laboratory.foreignAgent.start([program, "run"])
        #expect(try second.readLine() == nil)
        #expect(second.finish() != 0)
        #expect(try ping(home, from: laboratory.correspondent, count: 2) == 2)
    }
}
