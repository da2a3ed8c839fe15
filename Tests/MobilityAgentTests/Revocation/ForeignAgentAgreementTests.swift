import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("A foreign agent agrees on revocation")
struct ForeignAgentAgreementTests {
    private static let answered = RevocationLab.start &- 100

    @Test(
        "The offer follows the node's authenticator and precedes the foreign agent's; I is the setting", arguments: [true, false])
    func offer(informing: Bool) throws {
        var bench = RevocationLab.foreignAgent { $0.revocationInforming = informing }
        let request = Request(visiting: bench)
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        var expected = request
        expected.after = Offer(informs: informing, timestamp: bench.seconds).octets
        expected.signatures = [(.foreignHomeAuthentication, Lab.ofHomeAgent)]
        #expect(sent?.payload == expected.octets)
        #expect(bench.foreign.revocationOffersSent == 1)
    }

    /// Requests that a foreign agent does not sign.
    private static let unsigned: [@Sendable (inout Request) -> Void] = [
        { $0.lifetime = 0 },
        { ($0.flags, $0.careOfAddress) = (.decapsulationByMN, Lab.careOf) },
        { $0.homeAgent = IPv4Address(192, 0, 2, 99) },
    ]

    @Test(
        "Deregistrations, co-located nodes and nodes of home agents without an association are relayed without an offer",
        arguments: unsigned.indices)
    func notOffered(index: Int) {
        var bench = RevocationLab.foreignAgent()
        let request = Request(visiting: bench, Self.unsigned[index])
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(sent?.payload == request.octets)
        #expect(bench.foreign.revocationOffersSent == 0)
    }

    /// I of the foreign agent, I in the home agent's answer, and what both have agreed on.
    private static let combinations: [(Bool, Bool?, RevocationAgreement)] = [
        (true, true, .agreedInforming), (true, false, .agreed), (false, true, .agreed), (false, false, .agreed),
        (true, nil, .none), (false, nil, .none),
    ]

    @Test(
        "Both have agreed if the home agent answers; it decides about informing the node if both set I", arguments: combinations)
    func answer(offers: Bool, answers: Bool?, agreement: RevocationAgreement) throws {
        var bench = RevocationLab.foreignAgent { $0.revocationInforming = offers }
        try bench.registerVisitor(answers.map { Offer(informs: $0, timestamp: Self.answered) })
        #expect(bench.visitors.map(\.revocation) == [agreement])
        #expect(bench.foreign.revocationsAgreed == (agreement == .none ? 0 : 1))
    }

    @Test("The home agent's answer does not reach the node")
    func stripped() throws {
        var bench = RevocationLab.foreignAgent()
        try bench.registerVisitor(Offer(timestamp: Self.answered))
        let delivered = try #require(bench.effects.datagrams.first)
        #expect(delivered.destination == Lab.visitor)
        #expect(delivered.payload.revocationSupport == nil)
    }

    @Test("An answer that the home agent's authenticator does not cover is no agreement")
    func unprotected() {
        var bench = RevocationLab.foreignAgent()
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) { $0.signatures = [Lab.ofHomeAgent] }.octets + Offer(timestamp: Self.answered).octets
        bench.receive(answer, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.allSatisfy { $0.revocation == .none })
        #expect(bench.foreign.revocationsAgreed == 0)
    }

    /// Where a node behind a foreign agent might put an offer of its own.
    private static let places: [@Sendable (inout Request) -> Void] = [
        { $0.before = Offer(timestamp: answered).octets },
        { $0.after = Offer(timestamp: answered).octets },
        {
            $0.after = Offer(timestamp: answered).octets
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        },
    ]

    @Test("A request in which a node behind the foreign agent offers revocation itself is dropped", arguments: places.indices)
    func ownOffer(index: Int) {
        var configuration = RevocationLab.foreignAgentConfiguration()
        if index == 2 { configuration.securityAssociations.append(Lab.ofVisitor) }
        var bench = Bench(configuration)
        let request = Request(visiting: bench, Self.places[index])
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(bench.effects.datagrams.isEmpty)
        #expect(bench.allDiscarded == 1)
        #expect(bench.visitors.isEmpty)
    }

    @Test("A foreign agent that requires an agreement refuses the reply with 65 in an FA error extension")
    func required() throws {
        var bench = RevocationLab.foreignAgent { $0.revocationRequired = true }
        try bench.registerVisitor(nil)
        let refused = try #require(bench.effects.datagrams.first { $0.destination == Lab.visitor })
        #expect(refused.payload.extensionsOfReply.filter { $0.type == 45 }.map(\.data) == [[0, 65]])
        #expect(bench.visitors.isEmpty)
        #expect(bench.foreign.revocationRefusals == 1)
        #expect(bench.foreign.repliesSentByCode[.faAdministrativelyProhibited] == 1)
    }

    @Test("A foreign agent that requires an agreement relays denials, and replies that agree")
    func requiredAndAnswered() throws {
        var bench = RevocationLab.foreignAgent { $0.revocationRequired = true }
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let denial = Answer(to: request) { ($0.code, $0.signatures) = (129, [Lab.ofHomeAgent]) }
        let sent = bench.receive(denial.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(try Reply(sent)?.code == 129)
        bench.advance(seconds: 1)
        try bench.registerVisitor(Offer(timestamp: Self.answered))
        #expect(bench.visitors.map(\.revocation) == [.agreedInforming])
        #expect(bench.foreign.revocationRefusals == 0)
    }

    @Test("The last registration counts: a renewal without an answer ends the agreement")
    func renewals() throws {
        var bench = RevocationLab.foreignAgent()
        try bench.registerVisitor(Offer(timestamp: Self.answered))
        bench.advance(seconds: 1)
        try bench.registerVisitor(nil)
        #expect(bench.visitors.map(\.revocation) == [.none])
        bench.revoke(Lab.home)
        #expect(bench.sentRevocations.isEmpty)
        #expect(bench.effects.notices.count == 1)
    }

    @Test("Advertisements announce revocation if the setting is on and there is an association with a home agent")
    func advertised() {
        #expect(RevocationLab.foreignAgent().agent.offersRevocation)
        #expect(!RevocationLab.foreignAgent { $0.revocation = false }.agent.offersRevocation)
        #expect(!Bench(Lab.foreignAgentConfiguration()).agent.offersRevocation)
        #expect(!RevocationLab.homeAgent().agent.offersRevocation)
    }
}
