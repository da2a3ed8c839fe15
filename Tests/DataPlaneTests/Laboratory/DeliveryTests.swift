import AgentModel
import DataPlane
import MIPTesting
import Testing

@testable import mip_plane_bench

extension LaboratoryTests {
    @Test("Without reverse tunnelling, the visitor's datagrams are routed and do not pass through the home agent")
    func triangle() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program, reverse: "none")
        try laboratory.homeAgent.ip("route add 10.4.0.0/24 via 10.3.0.2")
        #expect(try ping(home, from: laboratory.correspondent, count: 5) == 5)
        let expected = NodeTraffic(toNode: TrafficCount(packets: 5, octets: 420))
        #expect(try Laboratory.counters(planes.homeAgent).homes == [home: expected])
        #expect(try Laboratory.counters(planes.foreignAgent).visitors == [home: expected])
    }

    @Test("The datagrams of a node that encapsulates to its foreign agent are relayed to its home agent (RFC 3024 §5.2)")
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

    @Test("A node with a co-located care-of address terminates the tunnel itself", arguments: Encapsulation.allCases)
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

    @Test("Both care-of addresses of simultaneous bindings get every datagram; an unreachable one does not affect the other")
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
}
