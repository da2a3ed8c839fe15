import AgentModel
import DataPlane
import MIPTesting
import Testing

@testable import mip_plane_bench

extension LaboratoryTests {
    @Test("A ping reaches the node and returns, and every datagram is counted", arguments: Encapsulation.allCases)
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
        // Long echoes arrive as fragments, each of which is tunnelled separately.
        #expect(try ping(home, from: laboratory.correspondent, count: 3, size: 4000) == 3)
    }

    @Test("An independent decoder finds the datagram in the captured packets", arguments: Encapsulation.allCases)
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
        // A neighbour entry on each side, so that the capture contains no ARP.
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
        "Megabytes pass over TCP in both directions although the tunnel's MTU is smaller than that of the links",
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
        #expect(counters.icmpErrorsSent > 0, "the sender must receive the tunnel's MTU")
        #expect(Set(counters.drops.keys) == ["tooBig"])
        #expect(counters.fragmentsSent == 0)
    }

    @Test("Datagrams tunnelled by a stranger are dropped and counted by reason")
    func spoofed() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        // Raw IP in IP from the correspondent, with its own or a forged outer source and the given inner addresses.
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
            ("10.1.0.2", "10.3.0.1", home, "10.2.0.9", "3"),  // the node's address from another host
            ("10.1.0.2", "10.3.0.1", "10.1.0.2", "10.2.0.9", "5"),  // an open relay
            ("10.1.0.2", "10.3.0.2", "10.1.0.2", home, "7"),  // to the visitor, not from its home agent
        ] {
            try laboratory.correspondent.run("python3", "-c", send, outer, to, source, destination, count)
        }
        // The home agent's own address on packets for a host that is not a visitor.
        try laboratory.homeAgent.run("python3", "-c", send, "10.3.0.1", "10.3.0.2", "10.1.0.2", "10.4.0.99", "11")
        let drops = try (Laboratory.counters(planes.homeAgent).drops, Laboratory.counters(planes.foreignAgent).drops)
        #expect(drops.0 == ["sourceMismatch": 3, "unknownSource": 5])
        #expect(drops.1 == ["sourceMismatch": 7, "unknownDestination": 11])
    }
}
