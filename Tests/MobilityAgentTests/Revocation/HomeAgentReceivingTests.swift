import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("A home agent receives revocations")
struct HomeAgentReceivingTests {
    /// A home agent with a binding whose foreign agent offered with the lab's start as timestamp.
    private static func agreed(informing: Bool = true) throws -> Bench {
        var bench = try Revoker.homeAgent.agreed(informing: informing)
        bench.advance(seconds: 5)
        return bench
    }

    private static let identifier = RevocationLab.start &+ 3

    @Test("The binding ends, with an event, and the sender gets a signed acknowledgment at the port that it sent from")
    func accepted() throws {
        var bench = try Self.agreed()
        let source = TransportEndpoint(Lab.foreignAgent.address, port: 40_000)
        bench.receive(Revocation(fromHome: false, Self.identifier).octets, from: source)
        let acknowledgment = OutgoingDatagram(
            source: Lab.homeAgent, destination: source, payload: Acknowledgment(Self.identifier).octets)
        #expect(bench.effects.datagrams == [acknowledgment])
        #expect(bench.bindings.isEmpty)
        let key = BindingKey(homeAddress: Lab.home, careOfAddress: Lab.foreignAgent.address)
        #expect(bench.effects.changes.contains(.bindingRemoved(key, .peerRevoked)))
        #expect(bench.events.map(\.kind) == [.revoked])
        #expect(bench.home.revocationsReceived == 1)
        #expect(bench.allDiscarded == 0)
    }

    /// I of the agreement, of the revocation and of the acknowledgment.
    private static let informs: [(Bool, Bool, Bool)] = [
        (true, true, true), (true, false, false), (false, true, false), (false, false, false),
    ]

    @Test("I of the acknowledgment is set only if that was agreed and the foreign agent asks for a decision", arguments: informs)
    func informing(agreed: Bool, asks: Bool, answers: Bool) throws {
        var bench = try Self.agreed(informing: agreed)
        bench.receive(Revocation(fromHome: false, Self.identifier) { $0.informs = asks }.octets, from: Lab.foreignAgent)
        #expect(bench.sentAcknowledgments == [Acknowledgment(Self.identifier) { $0.informs = answers }.octets])
    }

    /// Identifiers of the second message.
    private static let copies: [UInt32] = [identifier, identifier &+ 1, identifier &+ 100]

    @Test("A copy or a later try is acknowledged in the same way, and does nothing", arguments: copies)
    func copy(second: UInt32) throws {
        var bench = try Self.agreed()
        var acknowledgments: [[UInt8]] = []
        var removals = 0
        for identifier in [Self.identifier, second] {
            bench.receive(Revocation(fromHome: false, identifier) { $0.informs = true }.octets, from: Lab.foreignAgent)
            acknowledgments += bench.sentAcknowledgments
            removals += bench.effects.changes.count { if case .bindingRemoved = $0 { true } else { false } }
        }
        #expect(acknowledgments == [Self.identifier, second].map { Acknowledgment($0) { $0.informs = true }.octets })
        #expect(removals == 1)
        #expect(bench.home.revocationsReceived == 1)
        #expect(bench.home.revocationsRepeated == 1)
        #expect(bench.exchanges.map(\.tries) == [2])
    }

    @Test("A copy without I is acknowledged without I")
    func copyWithoutInforming() throws {
        var bench = try Self.agreed()
        bench.receive(Revocation(fromHome: false, Self.identifier) { $0.informs = true }.octets, from: Lab.foreignAgent)
        bench.receive(Revocation(fromHome: false, Self.identifier &+ 1).octets, from: Lab.foreignAgent)
        #expect(bench.sentAcknowledgments == [Acknowledgment(Self.identifier &+ 1).octets])
    }

    /// The identifier's distance from the foreign agent's timestamp in its last offer, and whether the revocation counts.
    private static let ages: [(Int32, Bool)] = [(-1, false), (-1000, false), (0, true), (1, true), (100_000, true)]

    @Test("A revocation from before the registration is a replay; one with the same timestamp is not", arguments: ages)
    func age(distance: Int32, counts: Bool) throws {
        var bench = try Self.agreed()
        let identifier = RevocationLab.start &+ UInt32(bitPattern: distance)
        bench.receive(Revocation(fromHome: false, identifier).octets, from: Lab.foreignAgent)
        #expect(bench.bindings.isEmpty == counts)
        #expect(bench.sentAcknowledgments.count == (counts ? 1 : 0))
        #expect(bench.discarded(.replayed) == (counts ? 0 : 1))
    }

    @Test("A registration that is not here is acknowledged without I, and counted")
    func unknown() throws {
        var bench = try Self.agreed()
        let other = IPv4Address(192, 0, 2, 77)
        let revocation = Revocation(fromHome: false, Self.identifier) { ($0.homeAddress, $0.informs) = (other, true) }
        bench.receive(revocation.octets, from: Lab.foreignAgent)
        #expect(bench.sentAcknowledgments == [Acknowledgment(Self.identifier) { $0.homeAddress = other }.octets])
        #expect(bench.home.revocationsRepeated == 1)
        #expect(bench.bindings.count == 1)
    }

    @Test("A binding whose ends have not agreed on revocation stays")
    func notAgreed() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(nil)
        bench.receive(Revocation(fromHome: false, Self.identifier).octets, from: Lab.foreignAgent)
        #expect(bench.bindings.count == 1)
        #expect(bench.effects.datagrams.isEmpty)
        #expect(bench.discarded(.notAgreed) == 1)
    }

    @Test("Another foreign agent with an association cannot end the binding, whichever foreign agent it names")
    func otherForeignAgent() throws {
        for careOfAddress in [Lab.foreignAgent.address, RevocationLab.otherForeignAgent.address] {
            for source in [Lab.foreignAgent, RevocationLab.otherForeignAgent] {
                var bench = try Self.agreed()
                let revocation = Revocation(fromHome: false, Self.identifier) {
                    ($0.careOfAddress, $0.association) = (careOfAddress, RevocationLab.ofOtherForeignAgent)
                }
                bench.receive(revocation.octets, from: source)
                #expect(bench.bindings.count == 1)
                #expect(bench.home.revocationsReceived == 0)
            }
        }
    }

    @Test("The binding of another foreign agent of the same node stays")
    func otherBinding() throws {
        var bench = RevocationLab.homeAgent()
        let offer = Offer(timestamp: RevocationLab.start)
        try bench.registerAtHome(offer) { $0.flags.insert(.simultaneousBindings) }
        bench.advance(seconds: 1)
        try bench.registerAtHome(offer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent) {
            $0.flags.insert(.simultaneousBindings)
        }
        bench.receive(Revocation(fromHome: false, Self.identifier).octets, from: Lab.foreignAgent)
        #expect(bench.bindings.map(\.careOfAddress) == [RevocationLab.otherForeignAgent.address])
        #expect(bench.sentRevocations.isEmpty)
    }

    @Test("A text of the foreign agent is kept, without control characters")
    func text() throws {
        var bench = try Self.agreed()
        var text: [UInt8] = []
        text.append(message: "full\u{1B}[2J\nnow", by: 2)
        bench.receive(Revocation(fromHome: false, Self.identifier) { $0.extensions = text }.octets, from: Lab.foreignAgent)
        #expect(bench.exchanges.map(\.text) == ["full[2J now"])
        #expect(bench.exchanges.map(\.state) == [.received])
        #expect(bench.exchanges.map(\.role) == [.homeAgent])
        #expect(bench.exchanges.map(\.peerRole) == [.foreignAgent])
    }
}
