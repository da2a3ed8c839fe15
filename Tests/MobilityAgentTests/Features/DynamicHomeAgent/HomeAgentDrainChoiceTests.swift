import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Which nodes of a home agent are moved")
struct HomeAgentDrainChoiceTests {
    private static let order = DrainOrder(homeAgents: [IPv4Address(192, 0, 2, 2)], text: "moved to another site")
    private static let offer = Offer(timestamp: RevocationLab.start)

    @Test("The binding of a node that named this home agent lasts and is renewed, but once it has left, the node is denied")
    func named() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        bench.advance(seconds: 5)
        #expect(bench.bindings.count == 1)
        #expect(bench.events.map(\.kind) == [.drainCompleted])
        let status = bench.agent.information.drain
        #expect(status?.bindings == 1 && status?.movableBindings == 0)
        let codes: [(lifetime: UInt16, code: UInt8)] = [(600, 0), (0, 0), (600, 129)]
        for (lifetime, code) in codes {
            let reply = try bench.registerAtHome(Self.offer) { $0.lifetime = lifetime }
            #expect(reply.code == code)
            bench.advance(seconds: 2)
        }
        #expect(bench.home.revocationsSent == 0)
    }

    @Test("A node that asked for any home agent is moved although it names this one since, also after a restart")
    func renewedByName() throws {
        var old = KeptBench(RevocationLab.homeAgentConfiguration())
        try old.bench.registerForAny(Self.offer)
        old.bench.advance(seconds: 5)
        try old.bench.registerAtHome(Self.offer)
        old.bench.advance(seconds: 5)
        let kept = try old.restarted(after: 1)
        for bench in [old.bench, kept.bench] {
            var bench = bench
            bench.drain(Self.order)
            #expect(bench.agent.information.drain?.movableBindings == 1)
            bench.advance(seconds: 0.5)
            #expect(bench.bindings.isEmpty && bench.sentRevocations.count == 1)
        }
    }

    /// How a registration ends, and whether the node still counts as one that asks for any home agent when it registers by name.
    private static let endings: [(reason: EndReason, isMoved: Bool)] = [
        (.administrativelyRevoked, true), (.deregistered, false), (.expired, false),
    ]

    @Test("A node that was revoked and names this home agent is still moved, one that had left is not", arguments: endings)
    func registeredAnew(_ example: (reason: EndReason, isMoved: Bool)) throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerForAny(Self.offer)
        bench.advance(seconds: 1)
        switch example.reason {
        case .deregistered: try bench.registerAtHome(nil) { $0.lifetime = 0 }
        case .expired: bench.advance(seconds: 600)
        default: bench.revoke(Lab.home)
        }
        #expect(bench.bindings.isEmpty)
        bench.advance(seconds: 1)
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        bench.advance(seconds: 1)
        #expect(bench.bindings.isEmpty == example.isMoved)
    }

    @Test("A binding whose record is of an earlier version is not moved")
    func earlierRecord() throws {
        var old = KeptBench(RevocationLab.homeAgentConfiguration())
        try old.bench.registerForAny(Self.offer)
        old.save()
        var bytes = try #require(old.records.first?.value)
        // Bit 9 of the members that are present.
        #expect(bytes[2] & 2 == 2)
        bytes[2] &= ~2
        var new = KeptBench(RevocationLab.homeAgentConfiguration())
        let history = AgentHistory(new.present, after: [old.present])
        var effects = AgentEffects()
        let now = new.bench.now
        _ = try new.bench.agent.restore(mobileNode: Lab.home, bytes, history, at: now, effects: &effects)
        new.bench.drain(Self.order)
        new.bench.advance(seconds: 5)
        #expect(new.bench.bindings.count == 1)
    }

    @Test("A binding whose foreign agent has lost its association lasts until there is one again")
    func withoutAssociation() throws {
        let peer = PeerIdentity.address(Lab.foreignAgent.address)
        let added = AgentChange.association(
            SecurityAssociationChange(
                peer: peer, spi: Lab.foreignSPI, peerRole: .foreignAgent, key: SecretOctets(Array(32..<48))))
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.made(added)
        try bench.registerForAny(Self.offer)
        bench.made(.removeAssociation(SecurityAssociationKey(peer: peer, spi: Lab.foreignSPI)))
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        bench.advance(seconds: 5)
        #expect(bench.bindings.map(\.revocation) == [.agreedInforming])
        #expect(bench.events.map(\.kind) == [.drainCompleted])
        #expect(bench.agent.information.drain?.movableBindings == 0)
        bench.made(added)
        bench.advance(seconds: 1)
        #expect(bench.bindings.isEmpty)
        #expect(bench.events.map(\.kind) == [.revoked, .drainCompleted])
    }

    /// Registers the lab's node at two foreign agents.
    private static func registerTwice(_ bench: inout Bench, secondOffer: Offer?) throws {
        try bench.registerForAny(offer) { $0.flags.insert(.simultaneousBindings) }
        bench.advance(seconds: 1)
        try bench.registerForAny(
            secondOffer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent
        ) { $0.flags.insert(.simultaneousBindings) }
        bench.advance(seconds: 1)
        #expect(bench.bindings.count == 2)
    }

    @Test("A node with a binding that cannot be moved keeps its other bindings until that one ends")
    func severalOneImmovable() throws {
        var bench = RevocationLab.homeAgent()
        try Self.registerTwice(&bench, secondOffer: nil)
        bench.drain(Self.order)
        bench.advance(seconds: 10)
        #expect(bench.bindings.count == 2)
        #expect(bench.home.revocationsSent == 0)
        let farewell = try bench.registerAtHome(nil, from: RevocationLab.otherForeignAgent) {
            ($0.lifetime, $0.signatures) = (0, [])
        }
        #expect(farewell.code == 0)
        #expect(bench.bindings.count == 1)
        bench.advance(seconds: 1)
        #expect(bench.bindings.isEmpty)
        #expect(bench.sentRevocations.map(\.destination) == [Lab.foreignAgent])
    }

    @Test("The bindings of a node end together")
    func several() throws {
        var bench = RevocationLab.homeAgent()
        try Self.registerTwice(&bench, secondOffer: Self.offer)
        bench.drain(Self.order)
        bench.advance(seconds: 0.05)
        #expect(bench.bindings.isEmpty)
        #expect(Set(bench.sentRevocations.map(\.destination)) == [Lab.foreignAgent, RevocationLab.otherForeignAgent])
    }

    @Test("After a restart, the row of a revocation that is sent again still has its reason")
    func reason() throws {
        var old = KeptBench(RevocationLab.homeAgentConfiguration())
        try old.bench.registerForAny(Self.offer)
        old.bench.advance(seconds: 1)
        old.bench.drain(Self.order)
        old.bench.advance(seconds: 0.5)
        #expect(old.bench.exchanges.map(\.reason) == [.drained])
        let new = try old.restarted(after: 1)
        #expect(new.bench.exchanges.map(\.reason) == [.drained])
    }
}
