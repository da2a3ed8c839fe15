import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import DataPlane

@Suite("The forwarding table")
struct ForwardingTableTests {
    private static let correspondent = address("198.51.100.9")
    private static let home = address("10.0.0.77")
    private static let homeAgent = address("192.0.2.1")
    private static let careOf = address("203.0.113.5")
    private static let secondCareOf = address("203.0.113.200")
    private static let stranger = address("203.0.113.66")

    /// The role of the machine in a case.
    enum Machine: String, CaseIterable {
        case homeAgent, homeAgentWithoutReverse, foreignAgent, encapsulatingForeignAgent, mobileNode
    }

    private static func table(_ machine: Machine, _ encapsulation: Encapsulation = .ipInIp) -> ForwardingTable {
        var table = ForwardingTable()
        switch machine {
        case .homeAgent, .homeAgentWithoutReverse:
            table.set(
                HomeForwarding(
                    homeAddress: home,
                    destinations: [careOf, secondCareOf].map {
                        HomeForwarding.Destination(
                            tunnel: MobilityTunnelKey(localAddress: homeAgent, remoteAddress: $0, encapsulation: encapsulation),
                            acceptsReverse: machine == .homeAgent)
                    }, homeInterface: nil))
        case .foreignAgent, .encapsulatingForeignAgent:
            table.set(
                VisitorForwarding(
                    homeAddress: home, homeAgent: homeAgent, careOfAddress: careOf, encapsulation: encapsulation,
                    reverse: machine == .foreignAgent ? .direct : .encapsulating, interface: "eth1", linkLayerAddress: nil))
        case .mobileNode:
            table.set(
                NodeForwarding(
                    homeAddress: home, careOfAddress: careOf, peer: homeAgent, encapsulation: encapsulation, reverseTunnel: true))
        }
        return table
    }

    private static func packet(
        _ outerSource: IPv4Address, _ outerDestination: IPv4Address, _ source: IPv4Address, _ destination: IPv4Address,
        _ encapsulation: Encapsulation = .ipInIp
    ) -> TunnelCodec.Decapsulated {
        TunnelCodec.Decapsulated(
            outer: IPv4Header(
                totalLength: 120, timeToLive: 60, protocolNumber: encapsulation.protocolNumber, source: outerSource,
                destination: outerDestination),
            inner: IPv4Header(
                totalLength: 100, timeToLive: 60, protocolNumber: IPProtocol.udp, source: source, destination: destination),
            encapsulation: encapsulation)
    }

    struct Case: CustomTestStringConvertible {
        var what: String
        var machine: Machine
        var outerSource, outerDestination, source, destination: IPv4Address
        var result: Result<ForwardingTable.Action, DropReason>
        var testDescription: String { "\(machine): \(what)" }

        init(
            _ what: String, _ machine: Machine, _ outerSource: IPv4Address, _ outerDestination: IPv4Address,
            _ source: IPv4Address, _ destination: IPv4Address, _ result: Result<ForwardingTable.Action, DropReason>
        ) {
            (self.what, self.machine, self.result) = (what, machine, result)
            (self.outerSource, self.outerDestination, self.source, self.destination) = (
                outerSource, outerDestination, source, destination
            )
        }
    }

    static let cases: [Case] = [
        Case("reverse tunnel", .homeAgent, careOf, homeAgent, home, correspondent, .success(.deliver)),
        Case("from its second care-of address", .homeAgent, secondCareOf, homeAgent, home, correspondent, .success(.deliver)),
        Case("from another address", .homeAgent, stranger, homeAgent, home, correspondent, .failure(.sourceMismatch)),
        Case("to another of the agent's addresses", .homeAgent, careOf, stranger, home, correspondent, .failure(.sourceMismatch)),
        Case("spoofed inner source", .homeAgent, careOf, homeAgent, correspondent, stranger, .failure(.unknownDestination)),
        Case("open relay", .homeAgent, stranger, homeAgent, stranger, correspondent, .failure(.unknownSource)),
        Case(
            "to the node through its home agent", .homeAgent, stranger, homeAgent, correspondent, home, .failure(.unknownSource)),
        Case("not granted", .homeAgentWithoutReverse, careOf, homeAgent, home, correspondent, .failure(.sourceMismatch)),
        Case("from the home agent", .foreignAgent, homeAgent, careOf, correspondent, home, .success(.deliver)),
        Case(
            "from another address than the home agent's", .foreignAgent, stranger, careOf, correspondent, home,
            .failure(.sourceMismatch)),
        Case(
            "to another of the agent's addresses", .foreignAgent, homeAgent, stranger, correspondent, home,
            .failure(.sourceMismatch)),
        Case("not for a visitor", .foreignAgent, homeAgent, careOf, correspondent, stranger, .failure(.unknownDestination)),
        Case(
            "from an unknown source, not for a visitor", .foreignAgent, stranger, careOf, correspondent, stranger,
            .failure(.unknownSource)),
        Case("impossible source", .foreignAgent, homeAgent, careOf, address("127.0.0.1"), home, .failure(.sourceMismatch)),
        Case("multicast source", .foreignAgent, homeAgent, careOf, address("224.0.0.9"), home, .failure(.sourceMismatch)),
        Case("encapsulated without permission", .foreignAgent, home, careOf, home, correspondent, .failure(.sourceMismatch)),
        Case("encapsulated by the visitor", .encapsulatingForeignAgent, home, careOf, home, correspondent, .success(.relay)),
        Case(
            "encapsulated by another host", .encapsulatingForeignAgent, stranger, careOf, home, correspondent,
            .failure(.sourceMismatch)),
        Case("from the home agent", .encapsulatingForeignAgent, homeAgent, careOf, correspondent, home, .success(.deliver)),
        Case("from the home agent", .mobileNode, homeAgent, careOf, correspondent, home, .success(.deliver)),
        Case(
            "from another address than the home agent's", .mobileNode, stranger, careOf, correspondent, home,
            .failure(.sourceMismatch)),
        Case("for another address", .mobileNode, homeAgent, careOf, correspondent, stranger, .failure(.unknownDestination)),
    ]

    @Test("Only datagrams from a permitted origin pass", arguments: cases)
    func incoming(_ item: Case) {
        let packet = Self.packet(item.outerSource, item.outerDestination, item.source, item.destination)
        let result = Result { () throws(DropReason) in try Self.table(item.machine).incoming(packet).action }
        #expect(result == item.result)
    }

    @Test(
        "Another encapsulation than the agreed one is refused, except for fragments in minimal encapsulation",
        arguments: Encapsulation.allCases, Encapsulation.allCases)
    func encapsulation(agreed: Encapsulation, found: Encapsulation) {
        let table = Self.table(.foreignAgent, agreed)
        let packet = Self.packet(Self.homeAgent, Self.careOf, Self.correspondent, Self.home, found)
        if agreed == found || agreed == .minEnc && found == .ipInIp {
            #expect(throws: Never.self) { try table.incoming(packet) }
        } else {
            #expect(throws: DropReason.unsupportedEncapsulation) { try table.incoming(packet) }
        }
    }

    @Test(
        "A datagram enters the tunnels of its destination or, with reverse tunnelling, of its source",
        arguments: [
            (Machine.homeAgent, correspondent, home, [careOf, secondCareOf]), (.foreignAgent, home, correspondent, [homeAgent]),
            (.mobileNode, home, correspondent, [homeAgent]), (.homeAgent, correspondent, stranger, []),
            (.foreignAgent, stranger, correspondent, []), (.encapsulatingForeignAgent, home, correspondent, []),
            (.mobileNode, careOf, correspondent, []),
        ])
    func outgoing(machine: Machine, source: IPv4Address, destination: IPv4Address, remotes: [IPv4Address]) throws {
        let table = Self.table(machine)
        let inner = Self.packet(Self.stranger, Self.stranger, source, destination).inner
        if remotes.isEmpty {
            #expect(throws: DropReason.unknownDestination) { try table.outgoing(inner) }
        } else {
            let party = try table.outgoing(inner)
            let found = (0..<table.tunnelCount(of: party)).map {
                table.tunnels[table.tunnel(of: party, at: $0)].tunnel.remoteAddress
            }
            #expect(found == remotes)
        }
    }

    @Test("A datagram from the tunnel's other end, or an already tunnelled one from this end, is a loop (RFC 2003 §4.4)")
    func loop() throws {
        let table = Self.table(.homeAgent)
        var inner = Self.packet(Self.stranger, Self.stranger, Self.careOf, Self.home).inner
        let party = try table.outgoing(inner)
        #expect(table.isLoop(inner, tunnel: table.tunnel(of: party, at: 0)))
        #expect(!table.isLoop(inner, tunnel: table.tunnel(of: party, at: 1)))
        inner.source = Self.homeAgent
        #expect(!table.isLoop(inner, tunnel: table.tunnel(of: party, at: 0)))
        inner.protocolNumber = IPProtocol.gre
        #expect(table.isLoop(inner, tunnel: table.tunnel(of: party, at: 0)))
    }

    @Test("The counts of a home address survive a move; those of a tunnel end with its last user")
    func accounts() throws {
        var table = Self.table(.homeAgent)
        let inner = Self.packet(Self.stranger, Self.stranger, Self.correspondent, Self.home).inner
        let party = try table.outgoing(inner)
        for index in 0..<2 {
            table.countSent(octets: 100, tunnel: table.tunnel(of: party, at: index), party: index == 0 ? party : nil)
        }
        let back = try table.incoming(Self.packet(Self.careOf, Self.homeAgent, Self.home, Self.correspondent))
        table.countReceived(octets: 60, tunnel: back.tunnel, party: back.party)
        var counters = DataPlaneCounters()
        table.addTraffic(to: &counters)
        let first = MobilityTunnelKey(localAddress: Self.homeAgent, remoteAddress: Self.careOf, encapsulation: .ipInIp)
        let second = MobilityTunnelKey(localAddress: Self.homeAgent, remoteAddress: Self.secondCareOf, encapsulation: .ipInIp)
        let moved = NodeTraffic(toNode: .init(packets: 1, octets: 100), fromNode: .init(packets: 1, octets: 60))
        #expect(counters.homes == [Self.home: moved])
        #expect(counters.tunnels[first] == TunnelTraffic(sent: moved.toNode, received: moved.fromNode))
        #expect(counters.tunnels[second] == TunnelTraffic(sent: moved.toNode))

        table.set(
            HomeForwarding(
                homeAddress: Self.home, destinations: [.init(tunnel: second, acceptsReverse: true)], homeInterface: nil))
        counters = DataPlaneCounters()
        table.addTraffic(to: &counters)
        #expect(counters.homes == [Self.home: moved])
        #expect(counters.tunnels == [second: TunnelTraffic(sent: moved.toNode)])
        #expect(throws: DropReason.sourceMismatch) {
            try table.incoming(Self.packet(Self.careOf, Self.homeAgent, Self.home, Self.correspondent))
        }
        table.removeHome(Self.home)
        #expect(table.tunnels.count == 0)
        #expect(table.traffic(ofHome: Self.home) == nil)
    }

    @Test("The table's mark changes exactly when its rows or counts change")
    func changes() throws {
        var table = Self.table(.homeAgent)
        var seen = table.changes
        func hasMoved() -> Bool {
            defer { seen = table.changes }
            return table.changes != seen
        }
        let party = try table.outgoing(Self.packet(Self.stranger, Self.stranger, Self.correspondent, Self.home).inner)
        let back = try table.incoming(Self.packet(Self.careOf, Self.homeAgent, Self.home, Self.correspondent))
        var counters = DataPlaneCounters()
        table.addTraffic(to: &counters)
        table.setRoute(mtu: 1400, tunnel: back.tunnel, at: 1)
        table.removeHome(Self.stranger)
        table.removeVisitor(Self.home)
        table.removeNode(Self.home)
        #expect(!hasMoved())
        table.countSent(octets: 100, tunnel: table.tunnel(of: party, at: 0), party: party)
        #expect(hasMoved())
        table.countReceived(octets: 60, tunnel: back.tunnel, party: back.party)
        #expect(hasMoved())
        table.removeHome(Self.home)
        #expect(hasMoved())
        for machine in Machine.allCases {
            let other = Self.table(machine)
            #expect(other.changes == 1, "\(machine)")
        }
    }

    @Test("After any sequence of settings and removals, a table without records has no tunnels and passes nothing")
    func churn() {
        var random = SeededGenerator(seed: 5944)
        var table = ForwardingTable()
        let places = (0..<6).map { IPv4Address(203, 0, 113, $0) }
        let homes = (0..<8).map { IPv4Address(10, 0, 0, $0 + 1) }
        for _ in 0..<5000 {
            let home = homes[.random(in: 0..<8, using: &random)]
            let place = places[.random(in: 0..<6, using: &random)]
            switch Int.random(in: 0..<6, using: &random) {
            case 0:
                table.set(
                    HomeForwarding(
                        homeAddress: home,
                        destinations: places.shuffled(using: &random).prefix(.random(in: 1...3, using: &random)).map {
                            .init(
                                tunnel: MobilityTunnelKey(localAddress: Self.homeAgent, remoteAddress: $0, encapsulation: .gre),
                                acceptsReverse: true)
                        }, homeInterface: nil))
            case 1:
                table.set(
                    VisitorForwarding(
                        homeAddress: home, homeAgent: place, careOfAddress: Self.homeAgent, encapsulation: .gre,
                        reverse: .direct, interface: "eth1", linkLayerAddress: nil))
            case 2:
                table.set(
                    NodeForwarding(
                        homeAddress: home, careOfAddress: Self.homeAgent, peer: place, encapsulation: .gre, reverseTunnel: true))
            case 3: table.removeHome(home)
            case 4: table.removeVisitor(home)
            default: table.removeNode(home)
            }
        }
        for home in homes {
            table.removeHome(home)
            table.removeVisitor(home)
            table.removeNode(home)
        }
        #expect(table.tunnels.count == 0)
        #expect(throws: DropReason.unknownSource) {
            try table.incoming(Self.packet(places[0], Self.homeAgent, homes[0], Self.correspondent, .gre))
        }
    }
}
