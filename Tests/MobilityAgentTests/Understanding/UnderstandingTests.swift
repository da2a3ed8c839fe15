import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("What each role acts on")
struct UnderstandingTests {
    /// RFC 5944 §3.5, RFC 2794, RFC 3115. Revocation (137) and the choice of home agents (139) are on by default.
    static let base: Set<String> = ["32", "33", "34", "131", "38", "134"]
    static let homeAgent = base.union(["36/1", "132", "137", "139/1", "144/0"])
    static let foreignAgent = base.union(["36/1", "137"])

    private static func treatment(_ discards: DiscardCounts, skipped: UInt64, _ bench: Bench) -> ExtensionOnTheWire.Treatment {
        if discards[.unknownExtension] == 1 { return .discarded }
        return skipped == 1 ? .skipped : .acted
    }

    @Test(
        "A home agent acts on, drops or skips each type and Sub-Type in a request, at any position",
        arguments: ExtensionOnTheWire.all)
    func homeAgentRequests(_ sample: ExtensionOnTheWire) throws {
        for isBehind in [false, true] {
            var bench = Bench(Lab.homeAgentConfiguration())
            let request = Request(bench) {
                if isBehind { $0.after = sample.octets } else { $0.before = sample.octets }
            }
            let answer = bench.receive(request.octets)
            let treatment = Self.treatment(bench.home.discards, skipped: bench.home.extensionsSkipped, bench)
            #expect(treatment == sample.treatment(acting: Self.homeAgent))
            if treatment == .discarded {
                #expect(answer == nil && bench.bindings.isEmpty)
                #expect(bench.home.outcomes[.initial].discarded == 1)
            }
            if treatment == .skipped { #expect(try #require(try Reply(answer)).code == 0) }
            #expect(bench.everythingIsAccountedFor)
        }
    }

    @Test(
        "A foreign agent acts on, drops or skips each type and Sub-Type in a request, with and without challenges",
        arguments: ExtensionOnTheWire.all, [false, true])
    func foreignAgentRequests(_ sample: ExtensionOnTheWire, hasChallenges: Bool) throws {
        let understood = Self.foreignAgent.union(["130", "136/1", "136/2", "139/1", "151"])
            .union(hasChallenges ? ["132"] : [])
        for isBehind in [false, true] {
            var bench = Bench(Lab.foreignAgentConfiguration { $0.challenge = hasChallenges ? ChallengePolicy() : nil })
            let request = Request(visiting: bench) {
                if isBehind { $0.after = sample.octets } else { $0.before = sample.octets }
            }
            let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            let treatment = Self.treatment(bench.foreign.discards, skipped: bench.foreign.extensionsSkipped, bench)
            #expect(treatment == sample.treatment(acting: understood))
            if treatment == .discarded { #expect(sent == nil && bench.pending.isEmpty) }
            if treatment == .skipped && !hasChallenges { #expect(sent?.destination == Lab.homeAgent) }
            #expect(bench.everythingIsAccountedFor)
        }
    }

    @Test(
        "A foreign agent acts on, drops or skips each type and Sub-Type in a reply, with and without challenges",
        arguments: ExtensionOnTheWire.all, [false, true])
    func foreignAgentReplies(_ sample: ExtensionOnTheWire, hasChallenges: Bool) throws {
        let understood = Self.foreignAgent.union(hasChallenges ? ["132"] : [])
        var bench = Bench(
            Lab.foreignAgentConfiguration([Lab.ofVisitor]) { $0.challenge = hasChallenges ? ChallengePolicy() : nil })
        let challenge = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        let request = Request(visiting: bench) {
            $0.after = challenge.map { [132, UInt8($0.count)] + $0 } ?? []
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        }
        try #require(bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
        let answer = Answer(to: request) { $0.after = (challenge.map { [132, UInt8($0.count)] + $0 } ?? []) + sample.octets }
        let delivered = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        let treatment = Self.treatment(bench.foreign.discards, skipped: bench.foreign.extensionsSkipped, bench)
        #expect(treatment == sample.treatment(acting: understood))
        if treatment == .discarded { #expect(delivered == nil && bench.pending.count == 1) }
        if treatment == .skipped { #expect(bench.visitors.map(\.state) == [.accepted]) }
    }

    /// Registration Request and Reply, Registration Revocation and its acknowledgment, Generic Notification and its acknowledgment.
    private static let known: Set<UInt8> = [1, 3, 7, 15, 22, 23]

    @Test("Message types that a role does not act on are dropped and counted as such", arguments: UInt8.min...UInt8.max)
    func messageTypes(_ type: UInt8) {
        var home = Bench(Lab.homeAgentConfiguration())
        home.receive([type] + Array(repeating: 0, count: 40))
        // A reply is for the other role of an agent, which this one does not have.
        let discards = home.agent.counters.discards
        #expect(discards[.notServed] == (type == 3 ? 1 : 0))
        #expect(discards[.unknownMessageType] == (Self.known.contains(type) ? 0 : 1))
        #expect(discards[.unmatchedAcknowledgment] == (type == 15 ? 1 : 0))
        #expect(home.home.discards[.notServed] == (type == 7 ? 1 : 0))
        #expect(home.home.requestsReceived == (type == 1 ? 1 : 0))
        // Direction 0 is that of a home agent's own notifications, which a foreign agent relays for visitors.
        #expect(home.home.discards[.reflected] == ([22, 23].contains(type) ? 1 : 0))

        var foreign = Bench(Lab.foreignAgentConfiguration())
        foreign.receive([type] + Array(repeating: 0, count: 40), from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(foreign.agent.counters.discards[.unknownMessageType] == (Self.known.contains(type) ? 0 : 1))
        // A revocation from a foreign agent is for home agents.
        #expect(foreign.foreign.discards[.reflected] == (type == 7 ? 1 : 0))
        #expect(
            foreign.foreign.discards.total + foreign.foreign.repliesSentByCode.total(0...255)
                == ([1, 3, 7, 22, 23].contains(type) ? 1 : 0))
        #expect(foreign.foreign.discards[.unknownRegistration] == ([22, 23].contains(type) ? 1 : 0))
        #expect(home.everythingIsAccountedFor && foreign.everythingIsAccountedFor)
    }

    @Test("A message with more extensions than can be kept is dropped as malformed", arguments: [32, 33])
    func tooMany(number: Int) throws {
        // The authenticator is one of them.
        let vendors = Array(repeating: [134, 8, 0, 0, 0, 0, 0, 9, 0, 1] as [UInt8], count: number - 1).flatMap { $0 }
        var home = Bench(Lab.homeAgentConfiguration())
        let answer = home.receive(Request(home) { $0.before = vendors }.octets)
        #expect((answer == nil) == (number > 32))
        #expect(home.home.discards[.malformed] == (number > 32 ? 1 : 0))
        #expect(home.home.normalVendorExtensionsFromMobileNodeIgnored == (number > 32 ? 0 : UInt64(number - 1)))
    }
}
