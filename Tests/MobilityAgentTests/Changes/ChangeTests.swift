import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Changes by operators")
struct ChangeTests {
    private static let other = IPv4Address(192, 0, 2, 77)
    private static let secret = SecretOctets(Array(64..<80))
    private static let configured = ConfiguredSecurityAssociation(
        association: SecurityAssociation(
            peer: .address(other), peerRole: .mobileNode, spi: Lab.spi, algorithm: .hmacMD5, replayMethod: .timestamps,
            replayTolerance: 7), key: AuthenticationKey(octets: Array(64..<80)))

    private static func change(_ body: (inout SecurityAssociationChange) -> Void = { _ in }) -> AgentChange {
        var change = SecurityAssociationChange(peer: .address(other), spi: Lab.spi, key: secret)
        body(&change)
        return .association(change)
    }

    private static func register(_ bench: inout Bench) throws -> UInt8? {
        bench.advance(seconds: 1)
        let request = Request(bench) {
            $0.homeAddress = other
            $0.association = configured
        }
        return try Reply(bench.receive(request.octets))?.code
    }

    @Test("A node can register with a newly made association, and no longer once that is removed or undone")
    func association() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        #expect(try Self.register(&bench) == nil)
        bench.made(Self.change())
        #expect(bench.associations.last?.storage == .volatile)
        #expect(try Self.register(&bench) == 0)
        bench.undo()
        #expect(try Self.register(&bench) == nil)
        bench.made(Self.change())
        #expect(try Self.register(&bench) == 0)
        bench.made(.removeAssociation(Self.configured.association.key))
        #expect(bench.effects.changes == [.associationRemoved(Self.configured.association.key)])
        #expect(try Self.register(&bench) == nil)
        bench.undo()
        #expect(try Self.register(&bench) == 0)
    }

    @Test("Changing one member of an association keeps the others, including its key")
    func member() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.apply(Self.change())
        let new = Self.change {
            $0.key = nil
            $0.replayTolerance = 60
            $0.creation = .mustExist
        }
        bench.made(new)
        #expect(bench.associations.last?.replayTolerance == 60)
        #expect(try Self.register(&bench) == 0)
    }

    @Test(
        "Each invalid change gets its own refusal and changes nothing",
        arguments: [
            (change { $0.key = nil }, .inconsistent, "key"), (change { $0.key = SecretOctets([]) }, .invalidValue, "key"),
            (change { $0.spi = SecurityParameterIndex(rawValue: 255) }, .invalidValue, "spi"),
            (change { $0.creation = .mustExist }, .notFound, nil),
            (change { $0.peerRole = .homeAgent }, .inconsistent, "peerRole"),
            (change { $0.replayTolerance = 0 }, .invalidValue, "replayTolerance"),
            (change { $0.storage = .readOnly }, .invalidValue, "storage"),
            (change { $0.peer = .address(Lab.home) }, .notPermitted, nil),
            (.removeAssociation(Lab.association().association.key), .notPermitted, nil),
            (.removeAssociation(configured.association.key), .notFound, nil),
            (.addCareOfAddress(Lab.otherCareOf), .notPermitted, nil), (.addHomeAgent(Lab.home), .notPermitted, nil),
            (.limits(AgentLimits { $0.maximumBindings = 0 }), .invalidValue, "maximumBindings"),
            (.limits(AgentLimits { $0.maximumVisitors = 5 }), .notPermitted, "maximumVisitors"),
            (.endBinding(homeAddress: Lab.home, careOfAddress: nil), .notFound, "homeAddress"),
        ] as [(AgentChange, ChangeProblem, String?)])
    func mistakes(change: AgentChange, problem: ChangeProblem, field: String?) throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let before = bench.snapshot()
        let answer = bench.apply(change)
        let refusal = try #require(answer)
        #expect(refusal.problem == problem)
        #expect(refusal.field == field)
        #expect(bench.effects.isEmpty)
        #expect(bench.snapshot() == before)
    }

    @Test("Undoing the end of a binding restores it with its remaining lifetime")
    func binding() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Request(bench).octets)
        let before = bench.bindings
        bench.advance(seconds: 100)
        bench.made(.endBinding(homeAddress: Lab.home, careOfAddress: nil))
        #expect(bench.bindings.isEmpty)
        bench.undo()
        #expect(bench.bindings == before)
        bench.advance(seconds: 499)
        #expect(bench.bindings == before)
        bench.advance(seconds: 2)
        #expect(bench.bindings.isEmpty)
    }

    @Test("A care-of address can be used from when it is added until it is removed; configured ones cannot be removed")
    func careOfAddress() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        func code(_ bench: inout Bench) throws -> UInt8? {
            bench.advance(seconds: 2)
            let request = Request(visiting: bench) { $0.careOfAddress = Lab.otherCareOf }
            let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            return sent?.destination == Lab.homeAgent ? nil : try Reply(sent)?.code
        }
        #expect(try code(&bench) == 77)
        bench.made(.addCareOfAddress(Lab.otherCareOf))
        #expect(bench.agent.information.addedCareOfAddresses == [Lab.otherCareOf])
        #expect(try code(&bench) == nil)
        bench.refused(.addCareOfAddress(Lab.otherCareOf), .alreadyExists)
        bench.refused(.removeCareOfAddress(Lab.foreignAgent.address), .notPermitted)
        bench.made(.removeCareOfAddress(Lab.otherCareOf))
        bench.advance(seconds: 10)
        #expect(try code(&bench) == 77)
    }

    @Test("A foreign agent's requirements follow each of its settings, and their undo")
    func demands() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let settings = ForeignAgentSettings {
            $0.busy = true; $0.registrationRequired = true; $0.challengeWindow = 3
        }
        bench.made(.foreignAgent(settings))
        #expect(bench.agent.information.busy && bench.agent.information.registrationRequired)
        #expect(bench.agent.information.challengeWindow == 3)
        let challenge = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        #expect(challenge != nil)
        #expect(bench.agent.keptChanges == [.foreignAgent(settings)])
        bench.undo()
        #expect(!bench.agent.information.busy && !bench.agent.information.registrationRequired)
        #expect(bench.agent.information.challengeWindow == 0)
        let none = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        #expect(none == nil)
        #expect(bench.agent.keptChanges.isEmpty)
        bench.refused(.foreignAgent(ForeignAgentSettings { $0.challengeWindow = 17 }), .invalidValue)
    }

    @Test("A lower limit refuses new bindings with 130, and a higher one admits them")
    func limits() throws {
        let associations = [Lab.association(), Self.configured]
        var bench = Bench(Lab.homeAgentConfiguration(associations))
        bench.receive(Request(bench).octets)
        bench.made(.limits(AgentLimits { $0.maximumBindings = 1 }))
        #expect(bench.agent.information.maximumBindings == 1)
        #expect(try Self.register(&bench) == 130)
        bench.made(.limits(AgentLimits { $0.maximumBindings = 2 }))
        #expect(try Self.register(&bench) == 0)
    }
}

@Suite("The use of associations and the outcomes of requests")
struct UseTests {
    @Test("An association shows what was accepted, what failed, and the offset of the peer's clock")
    func use() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        #expect(bench.associations.first?.use == nil)
        bench.clockError = 2_500_000_000
        bench.receive(Request(bench).octets)
        var expected = AssociationUse()
        expected.accepted = 1
        expected.lastUsed = bench.time
        expected.clockOffset = -2500
        #expect(bench.associations.first?.use == expected)
        bench.clockError = 0
        bench.advance(seconds: 5)
        bench.receive(Request(bench) { $0.association = Lab.association(key: Lab.wrongKey) }.octets)
        expected.authenticationFailures = 1
        expected.lastUsed = bench.time
        #expect(bench.associations.first?.use == expected)
        bench.advance(seconds: 5)
        let early = Identification(unixNanoseconds: bench.now.wallClock + 60_000_000_000)
        bench.receive(Request(bench) { $0.identification = early }.octets)
        expected.replayFailures = 1
        expected.clockOffset = 60_000
        expected.lastUsed = bench.time
        #expect(bench.associations.first?.use == expected)
        let changes = bench.agent.takeAssociationChanges(limit: 10)
        #expect(changes.count == 1)
        #expect(!bench.agent.hasAssociationChanges)
    }

    @Test("First registration, renewal, move and deregistration are each counted by kind, and the move as a handoff")
    func kinds() {
        var bench = Bench(Lab.homeAgentConfiguration())
        func ask(_ change: (inout Request) -> Void = { _ in }) {
            bench.advance(seconds: 1)
            bench.receive(Request(bench, change).octets)
        }
        ask()
        ask()
        ask { $0.careOfAddress = Lab.otherCareOf }
        #expect(bench.bindings.map(\.handoffs) == [1])
        ask { $0.association = Lab.association(key: Lab.wrongKey) }
        ask { $0.association = nil }
        ask {
            $0.careOfAddress = Lab.home
            $0.lifetime = 0
        }
        ask()
        #expect(bench.bindings.map(\.handoffs) == [0])
        #expect(bench.home.handoffs == 1)
        var expected = RegistrationOutcomes()
        (expected.initial.received, expected.initial.accepted) = (5, 3)
        (expected.initial.denied, expected.initial.discarded) = (1, 1)
        (expected.renewal.received, expected.renewal.accepted) = (1, 1)
        (expected.deregistration.received, expected.deregistration.accepted) = (1, 1)
        #expect(bench.home.outcomes == expected)
    }

    @Test("A pending request is published with its retransmissions, and all of them are counted as denied when no answer arrives")
    func pending() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let sent = bench.time
        bench.advance(seconds: 2)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let row = PendingRegistration(
            homeAddress: Lab.home, nai: nil, homeAgent: Lab.homeAgent.address, kind: .initial, sent: sent, retransmissions: 1,
            expires: sent.adding(milliseconds: 7000))
        #expect(bench.pending == [row])
        #expect(bench.effects.changes.contains(.pending(row)))
        bench.advance(seconds: 6)
        #expect(bench.pending.isEmpty)
        #expect(bench.effects.changes.contains(.pendingRemoved(row.key)))
        var expected = RegistrationOutcomes()
        (expected.initial.received, expected.initial.denied) = (2, 2)
        #expect(bench.foreign.outcomes == expected)
    }
}

extension Bench {
    mutating func made(_ change: AgentChange, sourceLocation: SourceLocation = #_sourceLocation) {
        let refusal = apply(change)
        #expect(refusal == nil, sourceLocation: sourceLocation)
    }

    fileprivate mutating func refused(
        _ change: AgentChange, _ problem: ChangeProblem, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let refusal = apply(change)
        #expect(refusal?.problem == problem, sourceLocation: sourceLocation)
    }
}
