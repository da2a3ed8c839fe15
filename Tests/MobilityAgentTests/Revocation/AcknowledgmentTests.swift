import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Acknowledgments of revocations")
struct AcknowledgmentTests {
    /// An agent that has just revoked a registration.
    private static func revoked(_ agent: Revoker, informing: Bool = true) throws -> Bench {
        var bench = try agent.agreed(informing: informing)
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        return bench
    }

    /// The identifier of the revocation that was just sent.
    private static func identifier(_ bench: Bench) throws -> UInt32 { try #require(bench.sentRevocations.first).identifier }

    @Test("An acknowledgment of any try counts, and the time since the first one is its delay", arguments: Revoker.allCases)
    func anyTry(agent: Revoker) throws {
        for index in 0..<3 {
            var bench = try Self.revoked(agent)
            let first = try Self.identifier(bench)
            bench.advance(seconds: 3.25)
            let identifiers = [first] + bench.sentRevocations.map(\.identifier)
            #expect(identifiers.count == 3)
            agent.acknowledge(&bench, identifiers[index])
            #expect(agent.count(bench).acknowledged == 1)
            let row = try #require(bench.exchanges.first)
            #expect(row.state == .acknowledged)
            #expect(row.delay == 3250)
            #expect(row.tries == 3)
            #expect(row.ended == bench.time && row.nextTry == nil)
        }
    }

    /// Acknowledgments that are not believed, and the reasons.
    private static let dropped: [(String, DiscardReason, @Sendable (inout Acknowledgment) -> Void)] = [
        ("no authenticator", .authenticationFailed, { $0.association = nil }),
        (
            "a wrong key", .authenticationFailed,
            {
                $0.association = Lab.association(
                    .address(Lab.foreignAgent.address), .foreignAgent, spi: Lab.foreignSPI, key: Lab.wrongKey)
            }
        ),
        (
            "an unknown SPI", .noSecurityAssociation,
            {
                $0.association = Lab.association(
                    .address(Lab.foreignAgent.address), .foreignAgent, spi: Lab.mobileForeignSPI, key: Lab.foreignKey)
            }
        ),
        ("the node's authenticator", .authenticationFailed, { $0.authentication = .mobileHomeAuthentication }),
        ("two authenticators", .authenticationFailed, { $0.extensions = Array(Acknowledgment($0.identifier).octets.suffix(22)) }),
        ("another identifier", .unmatchedAcknowledgment, { $0.identifier &-= 1 }),
        ("another home address", .unmatchedAcknowledgment, { $0.homeAddress = IPv4Address(192, 0, 2, 77) }),
        ("an unknown critical extension", .unknownExtension, { $0.extensions = [99, 1, 0] }),
        ("an extension that runs past the end", .malformed, { ($0.extensions, $0.association) = ([200, 40, 0], nil) }),
    ]

    @Test("An acknowledgment that is not the peer's is dropped with a reason and changes nothing", arguments: dropped.indices)
    func ignored(index: Int) throws {
        let (name, reason, change) = Self.dropped[index]
        for agent in Revoker.allCases {
            var bench = try Self.revoked(agent)
            let identifier = try Self.identifier(bench)
            let before = bench.exchanges
            agent.acknowledge(&bench, identifier, change)
            #expect(bench.discarded(reason) == 1, "\(agent): \(name)")
            #expect(bench.allDiscarded == 1, "\(agent): \(name)")
            #expect(bench.exchanges == before, "\(agent): \(name)")
            #expect(agent.count(bench).acknowledged == 0, "\(agent): \(name)")
            #expect(bench.effects.notices.isEmpty && bench.effects.datagrams.isEmpty, "\(agent): \(name)")
        }
    }

    @Test("An acknowledgment from another address is dropped", arguments: Revoker.allCases)
    func otherSource(agent: Revoker) throws {
        var bench = try Self.revoked(agent)
        let identifier = try Self.identifier(bench)
        agent.acknowledge(&bench, identifier, from: TransportEndpoint(IPv4Address(203, 0, 113, 99), port: 434))
        #expect(bench.discarded(.unmatchedAcknowledgment) == 1)
        #expect(bench.exchanges.map(\.state) == [.waiting])
    }

    @Test("A second copy of an acknowledgment is dropped, and so is one that nobody waits for", arguments: Revoker.allCases)
    func doubled(agent: Revoker) throws {
        var bench = try Self.revoked(agent)
        let identifier = try Self.identifier(bench)
        for copies: UInt64 in 0...2 {
            agent.acknowledge(&bench, identifier) { $0.informs = true }
            #expect(bench.discarded(.unmatchedAcknowledgment) == copies)
            #expect(agent.count(bench).acknowledged == 1)
            #expect(bench.effects.notices.count == (copies == 0 && !agent.isHome ? 1 : 0))
        }
        var other = agent.bench()
        agent.acknowledge(&other, RevocationLab.start)
        #expect(other.discarded(.unmatchedAcknowledgment) == 1)
    }

    /// I of the agreement, I of the acknowledgment, and whether the node was informed according to the home agent.
    private static let informs: [(Bool, Bool, Bool)] = [
        (true, true, true), (true, false, false), (false, true, false), (false, false, false),
    ]

    @Test(
        "A home agent learns from I of the acknowledgment whether the node was informed, if it asked for it", arguments: informs)
    func informed(agreed: Bool, acknowledged: Bool, informed: Bool) throws {
        var bench = try Self.revoked(.homeAgent, informing: agreed)
        let identifier = try Self.identifier(bench)
        Revoker.homeAgent.acknowledge(&bench, identifier) { $0.informs = acknowledged }
        #expect(bench.exchanges.map(\.informsNode) == [informed])
    }

    @Test("A node with a co-located care-of address acknowledges with its own authenticator", arguments: [true, false])
    func direct(isSignedByNode: Bool) throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerDirectly(Offer(timestamp: RevocationLab.start))
        bench.advance(seconds: 1)
        bench.revoke(Lab.home)
        let identifier = try #require(bench.sentRevocations.first).identifier
        let acknowledgment = Acknowledgment(identifier) {
            guard isSignedByNode else { return }
            ($0.authentication, $0.association) = (.mobileHomeAuthentication, Lab.association())
        }
        bench.receive(acknowledgment.octets, from: Lab.node)
        #expect(bench.home.revocationsAcknowledged == (isSignedByNode ? 1 : 0))
        #expect(bench.discarded(.authenticationFailed) == (isSignedByNode ? 0 : 1))
    }

    @Test("Extensions that may be skipped do no harm", arguments: Revoker.allCases)
    func skipped(agent: Revoker) throws {
        var bench = try Self.revoked(agent)
        let identifier = try Self.identifier(bench)
        agent.acknowledge(&bench, identifier) { $0.extensions = [200, 3, 1, 2, 3] }
        #expect(agent.count(bench).acknowledged == 1)
    }

    @Test("An acknowledgment cut anywhere is dropped", arguments: Revoker.allCases)
    func truncated(agent: Revoker) throws {
        var bench = try Self.revoked(agent)
        let identifier = try Self.identifier(bench)
        let whole = Acknowledgment(identifier).octets
        for count in 0..<whole.count { bench.receive(Array(whole.prefix(count)), from: agent.peer, to: agent.local) }
        #expect(bench.allDiscarded == UInt64(whole.count))
        #expect(bench.exchanges.map(\.state) == [.waiting])
    }
}
