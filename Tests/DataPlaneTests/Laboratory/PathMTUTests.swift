import AgentModel
import DataPlane
import MIPTesting
import Testing

@testable import mip_plane_bench

extension LaboratoryTests {
    @Test("On a narrow path, a datagram without Don't Fragment is fragmented at the outer header")
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

    @Test("A datagram that does not fit and must not be fragmented is answered with the tunnel's MTU")
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

    @Test("A narrow link within the path is learned from ICMP and reported to the correspondent (RFC 2003 §5.1)")
    func narrowPath() throws {
        let laboratory = try Laboratory()
        // A router between the agents, with a smaller MTU behind it.
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
}
