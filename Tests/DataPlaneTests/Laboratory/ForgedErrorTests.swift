import AgentModel
import DataPlane
import MIPTesting
import Testing

@testable import mip_plane_bench

extension LaboratoryTests {
    /// Sends ICMP "fragmentation needed" to an agent, each quoting a datagram that the agent might have sent: arguments are the MTU and,
    /// for each message, protocol, outer length and inner destination.
    private static let forge = """
        import socket, struct, sys
        def ip(a): return socket.inet_aton(a)
        def checksum(b):
            b += b"\\0" * (len(b) % 2)
            t = sum(struct.unpack("!%dH" % (len(b) // 2), b))
            while t >> 16: t = (t & 0xFFFF) + (t >> 16)
            return 0xFFFF - t
        s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        mtu = int(sys.argv[1])
        for forgery in sys.argv[2:]:
            protocol, length, home = forgery.split(",")
            protocol, length = int(protocol), int(length)
            inner = length - (24 if protocol == 47 else 20)
            quote = struct.pack("!BBHHHBBH4s4s", 0x45, 0, length, 7, 0x4000, 60, protocol, 0, ip("10.3.0.1"), ip("10.3.0.2"))
            if protocol == 47: quote += struct.pack("!HH", 0, 0x0800)
            quote += struct.pack("!BBHHHBBH4s4s", 0x45, 0, inner, 9, 0x4000, 60, 17, 0, ip("10.1.0.2"), ip(home))
            message = struct.pack("!BBHHH", 3, 4, 0, 0, mtu) + quote + bytes(16)
            message = message[:2] + struct.pack("!H", checksum(message)) + message[4:]
            s.sendto(message, ("10.3.0.1", 0))
        """

    /// Sends one datagram with Don't Fragment, without caring about what the kernel knows of the path.
    private static let sendWhole = """
        import socket, sys
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.setsockopt(socket.IPPROTO_IP, 10, 3)
        s.sendto(bytes(int(sys.argv[2]) - 28), (sys.argv[1], 7001))
        """

    @Test(
        "Forged ICMP errors do not narrow a tunnel; one that fits a datagram sent lately does, to 576",
        arguments: [("ipInIp", 4, 20), ("gre", 47, 24)])
    func forgedErrors(encapsulation: String, number: Int, overhead: Int) async throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program, encapsulation: encapsulation)
        let receive = """
            import socket
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind(("", 7001)); s.settimeout(10)
            print("ready", flush=True)
            while True: print(len(s.recv(9000)), flush=True)
            """
        let receiving = try laboratory.mobileNode.start(["python3", "-c", receive])
        #expect(try receiving.readLine() == "ready")
        func send(_ length: Int) throws {
            try laboratory.correspondent.run("python3", "-c", Self.sendWhole, home, "\(length)")
        }
        try send(1500 - overhead)
        #expect(try receiving.readLine() == "\(1472 - overhead)")

        // From a third machine: no such length, a stranger's datagram, another encapsulation, and one that fits the MTU.
        try laboratory.neighbor.run(
            "python3", "-c", Self.forge, "552", "\(number),1400,\(home)", "\(number),1500,10.2.0.9", "55,1500,\(home)",
            "\(number),552,\(home)")
        try await eventually("the forged errors counted") {
            try Laboratory.counters(planes.homeAgent).pathMTUErrorsIgnored == 2
        }
        try send(1500 - overhead)
        #expect(try receiving.readLine() == "\(1472 - overhead)")
        #expect(try Laboratory.counters(planes.homeAgent).pathMTUErrorsAccepted == 0)

        try laboratory.neighbor.run("python3", "-c", Self.forge, "68", "\(number),1500,\(home)")
        try await eventually("the error accepted") { try Laboratory.counters(planes.homeAgent).pathMTUErrorsAccepted == 1 }
        try send(1500 - overhead)
        try send(576 - overhead)
        #expect(try receiving.readLine() == "\(548 - overhead)")
        #expect(try Laboratory.counters(planes.homeAgent).drops == ["tooBig": 1])
    }

    @Test("What the kernel has learned from ICMP errors does not narrow a tunnel that comes into use later")
    func kernelCache() async throws {
        let laboratory = try Laboratory()
        // The kernel believes an error about an echo reply that it never sent.
        let forge = """
            import socket, struct
            def ip(a): return socket.inet_aton(a)
            def checksum(b):
                t = sum(struct.unpack("!%dH" % (len(b) // 2), b))
                while t >> 16: t = (t & 0xFFFF) + (t >> 16)
                return 0xFFFF - t
            s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
            quote = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 1500, 7, 0x4000, 60, 1, 0, ip("10.3.0.1"), ip("10.3.0.2")) + bytes(8)
            message = struct.pack("!BBHHH", 3, 4, 0, 0, 600) + quote
            message = message[:2] + struct.pack("!H", checksum(message)) + message[4:]
            s.sendto(message, ("10.3.0.1", 0))
            """
        try laboratory.neighbor.run("python3", "-c", forge)
        #expect(try laboratory.homeAgent.ip("route get 10.3.0.2").contains("mtu 600"))
        let planes = try laboratory.planes(program)
        try laboratory.correspondent.run("python3", "-c", Self.sendWhole, home, "1480")
        try await eventually("the datagram in the tunnel") {
            try Laboratory.counters(planes.homeAgent).homes[home]?.toNode.octets == 1480
        }
        let counters = try Laboratory.counters(planes.homeAgent)
        #expect(counters.drops == [:] && counters.fragmentsSent == 0)
    }
}
