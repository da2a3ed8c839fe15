import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("A foreign agent receives revocations")
struct ForeignAgentReceivingTests {
    /// A foreign agent with a visitor whose home agent answered with the lab's start as timestamp.
    private static func agreed(informing: Bool = true) throws -> Bench {
        var bench = try Revoker.foreignAgent.agreed(informing: informing)
        bench.advance(seconds: 5)
        return bench
    }

    private static let identifier = RevocationLab.start &+ 3

    private static func receive(
        _ bench: inout Bench, _ identifier: UInt32 = identifier, from source: TransportEndpoint = Lab.homeAgent,
        _ change: (inout Revocation) -> Void = { _ in }
    ) {
        bench.receive(Revocation(fromHome: true, identifier, change).octets, from: source, to: Lab.foreignAgent)
    }

    @Test("The visit ends, with an event, and the sender gets a signed acknowledgment at the port that it sent from")
    func accepted() throws {
        var bench = try Self.agreed()
        let source = TransportEndpoint(Lab.homeAgent.address, port: 40_000)
        let visitor = try #require(bench.visitors.first)
        Self.receive(&bench, from: source)
        let acknowledgment = OutgoingDatagram(
            source: Lab.foreignAgent, destination: source, payload: Acknowledgment(Self.identifier).octets)
        #expect(bench.effects.datagrams == [acknowledgment])
        #expect(bench.visitors.isEmpty)
        #expect(bench.effects.changes.contains(.visitorRemoved(visitor.key, .peerRevoked)))
        #expect(bench.events.map(\.kind) == [.revoked])
        #expect(bench.foreign.revocationsReceived == 1)
        #expect(bench.allDiscarded == 0)
    }

    /// I of the agreement and of the revocation, whether the visitor is informed, and I of the acknowledgment. Without an agreement on I the
    /// foreign agent follows its own policy, and I of the acknowledgment must not be set.
    private static let informs: [(Bool, Bool, Bool, Bool)] = [
        (true, true, true, true), (true, false, false, false), (false, false, true, false),
    ]

    @Test("The visitor is informed as the home agent says if that was agreed, and always otherwise", arguments: informs)
    func informing(agreed: Bool, asks: Bool, informs: Bool, answers: Bool) throws {
        var bench = try Self.agreed(informing: agreed)
        Self.receive(&bench) { $0.informs = asks }
        #expect(bench.sentAcknowledgments == [Acknowledgment(Self.identifier) { $0.informs = answers }.octets])
        #expect(bench.effects.notices.map(\.homeAddress) == (informs ? [Lab.home] : []))
        #expect(bench.effects.notices.map(\.linkLayer) == (informs ? [RevocationLab.linkLayer] : []))
        #expect(bench.exchanges.map(\.informsNode) == [informs])
    }

    /// Identifiers of the second message.
    private static let copies: [UInt32] = [identifier, identifier &+ 1, identifier &+ 100]

    @Test("A copy or a later try is acknowledged in the same way, and does nothing", arguments: copies)
    func copy(second: UInt32) throws {
        var bench = try Self.agreed()
        var acknowledgments: [[UInt8]] = []
        var notices = 0
        for identifier in [Self.identifier, second] {
            Self.receive(&bench, identifier) { $0.informs = true }
            acknowledgments += bench.sentAcknowledgments
            notices += bench.effects.notices.count
        }
        #expect(acknowledgments == [Self.identifier, second].map { Acknowledgment($0) { $0.informs = true }.octets })
        #expect(notices == 1)
        #expect(bench.foreign.revocationsReceived == 1)
        #expect(bench.foreign.revocationsRepeated == 1)
        #expect(bench.exchanges.map(\.tries) == [2])
    }

    @Test("A copy without I is acknowledged without I")
    func copyWithoutInforming() throws {
        var bench = try Self.agreed()
        Self.receive(&bench) { $0.informs = true }
        Self.receive(&bench, Self.identifier &+ 1)
        #expect(bench.sentAcknowledgments == [Acknowledgment(Self.identifier &+ 1).octets])
    }

    /// The identifier's distance from the home agent's timestamp in its last answer, and whether the revocation counts.
    private static let ages: [(Int32, Bool)] = [(-1, false), (-1000, false), (0, true), (1, true), (100_000, true)]

    @Test("A revocation from before the registration is a replay; one with the same timestamp is not", arguments: ages)
    func age(distance: Int32, counts: Bool) throws {
        var bench = try Self.agreed()
        Self.receive(&bench, RevocationLab.start &+ UInt32(bitPattern: distance))
        #expect(bench.visitors.isEmpty == counts)
        #expect(bench.sentAcknowledgments.count == (counts ? 1 : 0))
        #expect(bench.discarded(.replayed) == (counts ? 0 : 1))
        #expect(bench.effects.notices.isEmpty)
    }

    @Test("A visit that is not here, as after a restart, is acknowledged without I")
    func unknown() {
        var bench = RevocationLab.foreignAgent()
        Self.receive(&bench) { $0.informs = true }
        #expect(bench.sentAcknowledgments == [Acknowledgment(Self.identifier).octets])
        #expect(bench.foreign.revocationsRepeated == 1)
        #expect(bench.effects.notices.isEmpty)
    }

    @Test("A visit whose home agent has not agreed on revocation stays")
    func notAgreed() throws {
        var bench = RevocationLab.foreignAgent()
        try bench.registerVisitor(nil)
        Self.receive(&bench)
        #expect(bench.visitors.count == 1)
        #expect(bench.effects.datagrams.isEmpty && bench.effects.notices.isEmpty)
        #expect(bench.discarded(.notAgreed) == 1)
    }

    @Test("Another home agent with an association cannot end the visit, whichever home agent it names")
    func otherHomeAgent() throws {
        for homeAgent in [Lab.homeAgent.address, RevocationLab.otherHomeAgent.address] {
            for source in [Lab.homeAgent, RevocationLab.otherHomeAgent] {
                var bench = try Self.agreed()
                Self.receive(&bench, from: source) {
                    ($0.homeAgent, $0.association) = (homeAgent, RevocationLab.ofOtherHomeAgent)
                }
                #expect(bench.visitors.count == 1)
                #expect(bench.foreign.revocationsReceived == 0)
            }
        }
    }

    @Test("Of two visitors with the same home address, only the one of the home agent that revokes is affected")
    func overlapping() throws {
        let alice = try #require(Lab.alice)
        let bob = try #require(NetworkAccessIdentifier("bob@example.net"))
        var bench = RevocationLab.foreignAgent()
        let offer = Offer(timestamp: RevocationLab.start)
        try bench.registerVisitor(offer) { $0.nai = alice }
        try bench.registerVisitor(offer, by: RevocationLab.ofOtherHomeAgent, from: RevocationLab.otherHomeAgent) { $0.nai = bob }
        #expect(bench.visitors.count == 2)
        Self.receive(&bench, from: RevocationLab.otherHomeAgent) {
            ($0.homeAgent, $0.association) = (RevocationLab.otherHomeAgent.address, RevocationLab.ofOtherHomeAgent)
        }
        #expect(bench.visitors.map(\.nai) == [alice])
    }

    @Test("A text of the home agent is kept, without control characters, and is part of the event")
    func text() throws {
        var bench = try Self.agreed()
        Self.receive(&bench) { $0.extensions.append(message: "moved\u{1B}[2J\naway", by: 1) }
        #expect(bench.exchanges.map(\.text) == ["moved[2J away"])
        #expect(bench.events.first?.message.contains("moved[2J away") == true)
        #expect(bench.exchanges.map(\.role) == [.foreignAgent])
    }
}
