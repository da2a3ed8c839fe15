import AgentModel
import DataPlane
import Foundation
import MIPTesting
import Testing

@testable import mip_plane_bench

extension LaboratoryTests {
    @Test("The removal of the device is reported")
    func lost() throws {
        let laboratory = try Laboratory()
        let plane = try laboratory.plane(in: laboratory.homeAgent, program)
        try laboratory.homeAgent.ip("link delete mip0")
        #expect(try plane.readLine() == "lost: the device 'mip0' was removed; datagrams are no longer carried")
        #expect(plane.finish() == 0)
    }

    @Test("While the node is away, its home network is informed by gratuitous ARP and ARP requests for the node are answered")
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
        // Home again: the neighbour receives the node's own address.
        try laboratory.order(planes.homeAgent, "unhome \(home) 02:00:00:00:00:77")
        let end = Date().addingTimeInterval(5)
        while try !known().contains("02:00:00:00:00:77"), Date() < end { usleep(20_000) }
        #expect(try known().contains("02:00:00:00:00:77"))
        // No one answers for the node any more.
        let answered = try Laboratory.counters(planes.homeAgent).proxyARPsSent
        try laboratory.neighbor.ip("neighbor flush dev eth0")
        #expect(try ping(home, from: laboratory.neighbor, count: 1) == 0)
        #expect(try Laboratory.counters(planes.homeAgent).proxyARPsSent == answered)
    }

    @Test("Nothing is left after a stop, and what a crash left behind is gone after the next start and stop")
    func leftovers() throws {
        let laboratory = try Laboratory()
        let before = try (snapshot(laboratory.homeAgent), snapshot(laboratory.foreignAgent))
        let planes = try laboratory.planes(program)
        #expect(try snapshot(laboratory.foreignAgent).contains(home))
        #expect(planes.homeAgent.finish() == 0)
        #expect(planes.foreignAgent.finish() == 0)
        #expect(try snapshot(laboratory.homeAgent) == before.0)
        #expect(try snapshot(laboratory.foreignAgent) == before.1)

        let crashing = try laboratory.planes(program)
        crashing.homeAgent.kill()
        crashing.foreignAgent.kill()
        let wreck = try snapshot(laboratory.foreignAgent)
        #expect(wreck.contains(home) && wreck.contains("fwmark"))
        let next = try laboratory.plane(in: laboratory.foreignAgent, program)
        #expect(try !snapshot(laboratory.foreignAgent).contains(home))
        next.finish()
        // Forwarding was on when the second process started, so it stays on; nothing else differs.
        let after = try snapshot(laboratory.foreignAgent)
        #expect(after.dropLast() == before.1.dropLast())
    }

    @Test("Setting twice changes nothing; a move changes the tunnel and keeps the counts; removing twice is not an error")
    func idempotent() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        #expect(try ping(home, from: laboratory.correspondent, count: 2) == 2)
        let before = try snapshot(laboratory.foreignAgent)
        for _ in 0..<2 {
            try laboratory.order(planes.homeAgent, laboratory.homeOrder())
            try laboratory.order(planes.foreignAgent, laboratory.visitorOrder())
        }
        #expect(try snapshot(laboratory.foreignAgent) == before)
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

    @Test("What the kernel drops with an interface that is switched off can be restored")
    func restore() async throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        let before = try snapshot(laboratory.foreignAgent)
        #expect(!before.contains("tentative"), "a transient state cannot be the reference for the comparison")
        for change in ["link set visit0 down", "link set visit0 up"] { try laboratory.foreignAgent.ip(change) }
        #expect(try snapshot(laboratory.foreignAgent) != before)
        #expect(try ping(home, from: laboratory.correspondent, count: 1) == 0)
        for _ in 0..<2 { try laboratory.order(planes.foreignAgent, "restore") }
        // The kernel reports a link as up with a delay; requests made before that are repeated.
        try await eventually("the previous kernel state") {
            try laboratory.order(planes.foreignAgent, "restore")
            return try snapshot(laboratory.foreignAgent) == before
        }
        #expect(try ping(home, from: laboratory.correspondent, count: 2) == 2)
    }

    @Test("A request that cannot be carried out is reported and leaves everything unchanged")
    func errors() throws {
        let laboratory = try Laboratory()
        let planes = try laboratory.planes(program)
        let before = try snapshot(laboratory.foreignAgent)
        #expect(
            try planes.foreignAgent.ask("visitor 10.2.0.78 10.3.0.1 10.3.0.2 ipInIp direct nowhere0")
                == "error: there is no interface 'nowhere0': No such device")
        #expect(
            try planes.homeAgent.ask("home 10.2.0.78 - 10.9.9.9,10.3.0.2,ipInIp,reverse")
                .hasPrefix("error: this machine has no address 10.9.9.9"))
        #expect(try snapshot(laboratory.foreignAgent) == before)
        #expect(try Laboratory.counters(planes.homeAgent).homes.count == 1)
        let second = try laboratory.foreignAgent.start([program, "run"])
        #expect(try second.readLine() == nil)
        #expect(second.finish() != 0)
        #expect(try ping(home, from: laboratory.correspondent, count: 2) == 2)
    }
}
