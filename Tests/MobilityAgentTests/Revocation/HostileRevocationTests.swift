import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// Revocations that an agent must not believe: each is dropped without an answer, counted once, and changes nothing.
@Suite("Revocations that are not believed")
struct HostileRevocationTests {
    private static let identifier = RevocationLab.start &+ 3

    private static let wrongKey = Lab.association(
        .address(Lab.foreignAgent.address), .foreignAgent, spi: Lab.foreignSPI, key: Lab.wrongKey)
    private static let unknownSPI = Lab.association(
        .address(Lab.foreignAgent.address), .foreignAgent, spi: Lab.mobileForeignSPI, key: Lab.foreignKey)
    /// A critical vendor extension that no agent of the lab knows.
    private static let vendor: [UInt8] = [38, 0, 0, 7, 0, 0, 0, 9, 0, 1, 42]

    private struct Case: Sendable {
        var name: String
        var reason: DiscardReason
        var change: @Sendable (inout Revocation) -> Void
    }

    private static let cases: [Case] = [
        Case(name: "no authenticator", reason: .authenticationFailed) { $0.association = nil },
        Case(name: "a wrong key", reason: .authenticationFailed) { $0.association = wrongKey },
        Case(name: "an unknown SPI", reason: .noSecurityAssociation) { $0.association = unknownSPI },
        Case(name: "a node's authenticator", reason: .authenticationFailed) { $0.authentication = .mobileHomeAuthentication },
        Case(name: "two authenticators", reason: .authenticationFailed) { $0.extensions = Array($0.octets.suffix(22)) },
        Case(name: "the direction of the agent's own", reason: .reflected) { $0.isFromHome.toggle() },
        Case(name: "from before the registration", reason: .replayed) { $0.identifier = RevocationLab.start &- 1 },
        Case(name: "no home address", reason: .unknownRegistration) { $0.homeAddress = .zero },
        Case(name: "a critical vendor extension", reason: .unknownExtension) { $0.extensions = vendor },
        Case(name: "an extension that runs past the end", reason: .malformed) {
            ($0.extensions, $0.association) = ([200, 40, 0], nil)
        },
    ]

    private static func receive(_ bench: inout Bench, _ agent: Revoker, _ octets: [UInt8]) {
        bench.receive(octets, from: agent.peer, to: agent.local)
    }

    /// An agent with a registration that can be revoked.
    private static func agreed(_ agent: Revoker) throws -> Bench {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        return bench
    }

    @Test("Each fault has its reason", arguments: cases.indices)
    func fault(index: Int) throws {
        let fault = Self.cases[index]
        for agent in Revoker.allCases {
            var bench = try Self.agreed(agent)
            let before = bench.bindings.count + bench.visitors.count
            let revocation = Revocation(fromHome: !agent.isHome, Self.identifier) {
                $0.informs = true
                fault.change(&$0)
            }
            Self.receive(&bench, agent, revocation.octets)
            #expect(bench.effects.datagrams.isEmpty && bench.effects.notices.isEmpty, "\(agent): \(fault.name)")
            #expect(bench.bindings.count + bench.visitors.count == before, "\(agent): \(fault.name)")
            #expect(bench.discarded(fault.reason) == 1, "\(agent): \(fault.name)")
            #expect(bench.allDiscarded == 1, "\(agent): \(fault.name)")
            #expect(bench.exchanges.isEmpty, "\(agent): \(fault.name)")
        }
    }

    @Test("A foreign agent drops a revocation without a home agent, though it is signed")
    func noHomeAgent() throws {
        var bench = try Self.agreed(.foreignAgent)
        let revocation = Revocation(fromHome: true, Self.identifier) { $0.homeAgent = .zero }
        Self.receive(&bench, .foreignAgent, revocation.octets)
        #expect(bench.effects.datagrams.isEmpty)
        #expect(bench.visitors.count == 1)
        #expect(bench.foreign.discards[.unknownRegistration] == 1)
    }

    @Test("A revocation for another agent is not answered", arguments: Revoker.allCases)
    func otherAgent(agent: Revoker) throws {
        var bench = try Self.agreed(agent)
        let other = IPv4Address(203, 0, 113, 99)
        let revocation = Revocation(fromHome: !agent.isHome, Self.identifier) {
            if agent.isHome { $0.homeAgent = other } else { $0.careOfAddress = other }
        }
        Self.receive(&bench, agent, revocation.octets)
        #expect(bench.effects.datagrams.isEmpty)
        #expect(agent.registrations(bench) == 1)
        #expect(bench.discarded(.notServed) == 1)
        #expect(bench.allDiscarded == 1)
    }

    @Test("A revocation that comes back to its sender is dropped", arguments: Revoker.allCases)
    func reflected(agent: Revoker) throws {
        var bench = try Self.agreed(agent)
        bench.revoke(Lab.home)
        let sent = try #require(bench.sentRevocations.first)
        // The node is registered again: the message would be about its new registration.
        bench.advance(seconds: 2)
        try agent.register(&bench)
        Self.receive(&bench, agent, sent.octets)
        #expect(agent.registrations(bench) == 1)
        #expect(bench.effects.datagrams.isEmpty)
        #expect(bench.discarded(.reflected) == 1)
    }

    @Test("A revocation cut anywhere is dropped; the whole one counts", arguments: Revoker.allCases)
    func truncated(agent: Revoker) throws {
        var bench = try Self.agreed(agent)
        var text: [UInt8] = []
        text.append(message: "moved", by: 1)
        let whole = Revocation(fromHome: !agent.isHome, Self.identifier) { $0.extensions = text }.octets
        for count in 0..<whole.count {
            Self.receive(&bench, agent, Array(whole.prefix(count)))
            #expect(bench.effects.datagrams.isEmpty)
        }
        #expect(bench.allDiscarded == UInt64(whole.count))
        #expect(agent.registrations(bench) == 1)
        Self.receive(&bench, agent, whole)
        #expect(bench.sentAcknowledgments.count == 1)
        #expect(agent.registrations(bench) == 0)
    }

    @Test("An extension of type 1 to 127 that the agent does not know drops the message", arguments: Revoker.allCases)
    func critical(agent: Revoker) throws {
        var bench = try Self.agreed(agent)
        // The authenticators of RFC 5944, and the vendor extension that has a rule of its own.
        let types = (1...127).filter { ![32, 33, 34, 38].contains($0) }.map { UInt8($0) }
        for type in types {
            let revocation = Revocation(fromHome: !agent.isHome, Self.identifier) { $0.extensions = [type, 2, 0, 0] }
            Self.receive(&bench, agent, revocation.octets)
            #expect(bench.effects.datagrams.isEmpty, "type \(type)")
        }
        #expect(bench.discarded(.unknownExtension) == UInt64(types.count))
        #expect(agent.registrations(bench) == 1)
    }

    @Test("Padding and extensions of types 128 to 255 that the agent does not know are skipped", arguments: Revoker.allCases)
    func skipped(agent: Revoker) throws {
        for extensions: [UInt8] in [[200, 2, 1, 2], [0, 0, 0], [145, 3, 9, 65, 66], [134, 8, 0, 0, 0, 0, 0, 9, 0, 1]] {
            var bench = try Self.agreed(agent)
            let revocation = Revocation(fromHome: !agent.isHome, Self.identifier) { $0.extensions = extensions }
            Self.receive(&bench, agent, revocation.octets)
            #expect(agent.registrations(bench) == 0)
            #expect(bench.exchanges.map(\.text) == [""])
        }
    }

    @Test("A text after the authenticator is not read", arguments: Revoker.allCases)
    func unsignedText(agent: Revoker) throws {
        var bench = try Self.agreed(agent)
        var octets = Revocation(fromHome: !agent.isHome, Self.identifier).octets
        octets.append(message: "forged", by: agent.isHome ? 2 : 1)
        Self.receive(&bench, agent, octets)
        #expect(agent.registrations(bench) == 0)
        #expect(bench.exchanges.map(\.text) == [""])
    }

    @Test("Revocations with a wrong key in a flood are dropped without growing anything", arguments: Revoker.allCases)
    func flood(agent: Revoker) throws {
        var bench = try Self.agreed(agent)
        for number in 0..<2000 as Range<UInt32> {
            let revocation = Revocation(fromHome: !agent.isHome, Self.identifier &+ number) {
                $0.association = Self.wrongKey
                $0.homeAddress = IPv4Address(rawValue: 0xC000_0200 | number & 0xFF)
            }
            Self.receive(&bench, agent, revocation.octets)
            #expect(bench.effects.datagrams.isEmpty)
        }
        #expect(bench.allDiscarded == 2000)
        #expect(bench.exchanges.isEmpty)
        #expect(agent.registrations(bench) == 1)
        #expect(bench.violations.count <= 1)
    }
}
