import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// When a home agent informs the other end of a binding that has ended, and how.
@Suite("A home agent revokes")
struct HomeAgentRevokingTests {
    private static let offer = Offer(timestamp: RevocationLab.start)

    /// What both have agreed on, and I of an operator's revocation.
    private static let combinations: [(Offer?, Bool?)] = [
        (offer, true), (Offer(informs: false, timestamp: RevocationLab.start), false), (nil, nil),
    ]

    @Test(
        "An operator's revocation is sent if both have agreed on it; I is set if that is agreed too",
        arguments: combinations.indices)
    func byOperator(index: Int) throws {
        let (offer, informs) = Self.combinations[index]
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(offer)
        bench.advance(seconds: 5)
        let ended = bench.revoke(Lab.home)
        #expect(ended == 1)
        #expect(bench.bindings.isEmpty)
        #expect(bench.sentRevocations.map(\.informs) == (informs.map { [$0] } ?? []))
        let key = BindingKey(homeAddress: Lab.home, careOfAddress: Lab.foreignAgent.address)
        #expect(bench.effects.changes.contains(.bindingRemoved(key, .administrativelyRevoked)))
        #expect(bench.events.map(\.kind) == [.revoked])
    }

    @Test("It goes from the binding's home agent address to where the last accepted request came from, port 434")
    func addresses() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer, from: TransportEndpoint(Lab.foreignAgent.address, port: 40_434))
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        let sent = try #require(bench.sentRevocations.first)
        #expect(sent.source == Lab.homeAgent)
        #expect(sent.destination == Lab.foreignAgent)
        #expect(sent.octets == Revocation(fromHome: true, bench.seconds) { $0.informs = true }.octets)
    }

    @Test("Each end of a node with several bindings gets its own revocation")
    func everyBinding() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer) { $0.flags.insert(.simultaneousBindings) }
        bench.advance(seconds: 1)
        try bench.registerAtHome(
            Self.offer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent
        ) { $0.flags.insert(.simultaneousBindings) }
        #expect(bench.bindings.count == 2)
        #expect(bench.sentRevocations.isEmpty)
        bench.advance(seconds: 1)
        bench.revoke(Lab.home)
        let sent = bench.sentRevocations.sorted { $0.destination.address < $1.destination.address }
        #expect(sent.map(\.destination) == [Lab.foreignAgent, RevocationLab.otherForeignAgent])
        #expect(sent.map(\.careOfAddress) == sent.map(\.destination.address))
        #expect(sent.first?.isSigned(by: Lab.ofForeignAgent) == true)
        #expect(sent.last?.isSigned(by: RevocationLab.ofOtherForeignAgent) == true)
        #expect(sent.first?.identifier != sent.last?.identifier)
    }

    @Test("An operator may revoke one of a node's bindings; the others stay, and nobody is informed about them")
    func oneBinding() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer) { $0.flags.insert(.simultaneousBindings) }
        bench.advance(seconds: 1)
        try bench.registerAtHome(
            Self.offer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent
        ) { $0.flags.insert(.simultaneousBindings) }
        bench.revoke(Lab.home, Lab.foreignAgent.address)
        #expect(bench.sentRevocations.map(\.destination) == [Lab.foreignAgent])
        #expect(bench.bindings.map(\.careOfAddress) == [RevocationLab.otherForeignAgent.address])
        bench.advance(seconds: 100)
        #expect(bench.sentRevocations.allSatisfy { $0.destination == Lab.foreignAgent })
    }

    @Test("When a node moves, the old foreign agent is informed without I, after the reply")
    func moved() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 5)
        try bench.registerAtHome(
            Self.offer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent)
        #expect(bench.effects.datagrams.map(\.destination) == [RevocationLab.otherForeignAgent, Lab.foreignAgent])
        #expect(bench.sentRevocations.map(\.informs) == [false])
        #expect(bench.sentRevocations.map(\.careOfAddress) == [Lab.foreignAgent.address])
        #expect(bench.bindings.map(\.careOfAddress) == [RevocationLab.otherForeignAgent.address])
    }

    @Test("When a node deregisters at home, its foreign agent is informed without I")
    func deregisteredAtHome() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 5)
        bench.receive(Request(bench) { ($0.lifetime, $0.careOfAddress) = (0, Lab.home) }.octets, from: Lab.visitor)
        #expect(bench.bindings.isEmpty)
        #expect(bench.sentRevocations.map(\.destination) == [Lab.foreignAgent])
        #expect(bench.sentRevocations.map(\.informs) == [false])
    }

    @Test("A foreign agent through which a node deregisters knows it already")
    func deregisteredThroughForeignAgent() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 5)
        try bench.registerAtHome(nil) { ($0.lifetime, $0.signatures) = (0, []) }
        #expect(bench.bindings.isEmpty)
        bench.advance(seconds: 100)
        #expect(bench.sentRevocations.isEmpty)
    }

    @Test("A binding that expires is never revoked")
    func expired() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 700)
        #expect(bench.bindings.isEmpty)
        #expect(bench.sentRevocations.isEmpty)
        #expect(bench.exchanges.isEmpty)
        let ended = bench.revoke(Lab.home)
        #expect(ended == 0 && bench.sentRevocations.isEmpty)
    }

    @Test("A node that moves between two care-of addresses of one foreign agent is not revoked there")
    func sameForeignAgent() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 5)
        try bench.registerAtHome(Self.offer, at: IPv4Address(198, 51, 100, 3))
        #expect(bench.bindings.count == 1)
        #expect(bench.sentRevocations.isEmpty)
    }

    @Test("A node with a co-located care-of address gets the node's authenticator, and I always", arguments: [true, false])
    func direct(informing: Bool) throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerDirectly(Offer(informs: informing, timestamp: RevocationLab.start))
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        let sent = try #require(bench.sentRevocations.first)
        #expect(sent.destination == TransportEndpoint(Lab.careOf, port: 434))
        #expect(sent.informs)
        #expect(sent.isSigned(.mobileHomeAuthentication, by: Lab.association()))
        #expect(sent.careOfAddress == Lab.careOf)
    }

    @Test("A denied or refused request ends no binding, and nobody is informed")
    func denied() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 5)
        try bench.registerAtHome(
            Self.offer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent
        ) { $0.flags.insert(.gre) }
        #expect(bench.sentRevocations.isEmpty)
        #expect(bench.bindings.map(\.careOfAddress) == [Lab.foreignAgent.address])
    }
}
