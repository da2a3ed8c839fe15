import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("A home agent agrees on revocation")
struct HomeAgentAgreementTests {
    private static let offered = RevocationLab.start &- 100

    /// I of the foreign agent, whether the home agent decides about informing nodes, and what both have agreed on.
    private static let combinations: [(Bool, Bool, RevocationAgreement)] = [
        (true, true, .agreedInforming), (true, false, .agreed), (false, true, .agreed), (false, false, .agreed),
    ]

    @Test(
        "The answer to a foreign agent's offer follows the node's authenticator; I is set if both set it",
        arguments: combinations)
    func foreignAgent(offers: Bool, decides: Bool, agreement: RevocationAgreement) throws {
        var bench = RevocationLab.homeAgent { $0.revocationInforming = decides }
        let request = bench.relayed(Offer(informs: offers, timestamp: Self.offered))
        let sent = bench.receive(request.octets, from: Lab.foreignAgent)
        let expected = Answer(to: request) {
            $0.after = Offer(informs: agreement == .agreedInforming, timestamp: bench.seconds).octets
            $0.signatures = [Lab.ofForeignAgent]
        }
        #expect(sent?.payload == expected.octets)
        #expect(bench.bindings.map(\.revocation) == [agreement])
        #expect(bench.home.revocationOffersReceived == 1)
        #expect(bench.home.revocationsAgreed == 1)
    }

    @Test("The answer to a node that registers directly precedes the node's authenticator")
    func direct() throws {
        var bench = RevocationLab.homeAgent()
        let request = Request(bench) { $0.before = Offer(timestamp: Self.offered).octets }
        let sent = bench.receive(request.octets)
        var expected = Answer(to: request) { $0.association = nil }.octets
        expected += Offer(timestamp: bench.seconds).octets
        expected.sign(.mobileHomeAuthentication, Lab.association())
        #expect(sent?.payload == expected)
        #expect(bench.bindings.map(\.revocation) == [.agreedInforming])
    }

    /// Requests without an offer that the home agent may take up.
    private static let withoutOffer: [(String, @Sendable (inout Request) -> Void)] = [
        ("none", { $0.after = [] }),
        ("from the node itself", { ($0.before, $0.after) = ($0.after, []) }),
        ("too short", { $0.after = [137, 5, 0x80, 0, 1, 2, 3] }),
        ("of a node with a co-located care-of address", { ($0.flags, $0.careOfAddress) = (.decapsulationByMN, Lab.careOf) }),
    ]

    @Test(
        "Without an offer of a foreign agent for its visitor, the request is accepted without an answer",
        arguments: withoutOffer.indices)
    func notOffered(index: Int) throws {
        let (name, change) = Self.withoutOffer[index]
        var bench = RevocationLab.homeAgent()
        let reply = try bench.registerAtHome(Offer(timestamp: Self.offered), change)
        #expect(reply.code == 0, "\(name)")
        #expect(reply.octets.revocationSupport == nil, "\(name)")
        #expect(bench.bindings.map(\.revocation) == [.none], "\(name)")
        #expect(bench.home.revocationsAgreed == 0, "\(name)")
    }

    @Test("Reserved bits of an offer are ignored")
    func reserved() throws {
        var bench = RevocationLab.homeAgent()
        let reply = try bench.registerAtHome(Offer(timestamp: Self.offered)) { ($0.after[2], $0.after[3]) = (0xFF, 0xFF) }
        #expect(reply.octets.revocationSupport?[0] == 0x80)
        #expect(reply.octets.revocationSupport?[1] == 0)
    }

    @Test("An offer that is longer than today's counts by its first six bytes")
    func longer() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Offer(timestamp: Self.offered)) {
            $0.after[1] = 8
            $0.after += [1, 2]
        }
        #expect(bench.bindings.map(\.revocation) == [.agreedInforming])
    }

    @Test("Denials carry no answer to an offer")
    func denied() throws {
        var bench = RevocationLab.homeAgent()
        let reply = try bench.registerAtHome(Offer(timestamp: Self.offered)) { $0.flags.insert(.gre) }
        #expect(reply.code == 139)
        #expect(reply.octets.revocationSupport == nil)
    }

    @Test("The reply to a deregistration carries no answer")
    func deregistered() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Offer(timestamp: Self.offered))
        bench.advance(seconds: 1)
        let reply = try bench.registerAtHome(Offer(timestamp: Self.offered)) { ($0.lifetime, $0.signatures) = (0, []) }
        #expect(reply.code == 0)
        #expect(reply.octets.revocationSupport == nil)
        #expect(bench.bindings.isEmpty)
    }

    @Test("An offer that no authenticator of the foreign agent covers is refused with 132", arguments: [false, true])
    func unprotected(isSigned: Bool) throws {
        // Without an association, the home agent requires no authenticator of the foreign agent.
        var bench = Bench(Lab.homeAgentConfiguration(isSigned ? [Lab.association(), Lab.ofForeignAgent] : [Lab.association()]))
        var request = bench.relayed(nil) { if !isSigned { $0.signatures = [] } }.octets
        request += Offer(timestamp: Self.offered).octets
        let sent = bench.receive(request, from: Lab.foreignAgent)
        #expect(try Reply(sent)?.code == 132)
        #expect(bench.bindings.isEmpty)
    }

    @Test("A home agent that requires an offer refuses requests without one with 129, but no deregistrations")
    func required() throws {
        var bench = RevocationLab.homeAgent { $0.revocationRequired = true }
        #expect(try bench.registerAtHome(nil).code == 129)
        #expect(bench.bindings.isEmpty)
        bench.advance(seconds: 1)
        #expect(try bench.registerDirectly(nil).code == 129)
        #expect(bench.home.revocationRefusals == 2)
        bench.advance(seconds: 1)
        #expect(try bench.registerAtHome(Offer(timestamp: Self.offered)).code == 0)
        bench.advance(seconds: 1)
        #expect(try bench.registerAtHome(nil) { ($0.lifetime, $0.signatures) = (0, []) }.code == 0)
        #expect(bench.home.revocationRefusals == 2)
    }

    @Test("The last registration counts: a renewal without an offer ends the agreement, and one with an offer begins it")
    func renewals() throws {
        var bench = RevocationLab.homeAgent()
        for (offer, agreement) in [
            (Offer(timestamp: Self.offered), RevocationAgreement.agreedInforming), (nil, .none),
            (Offer(informs: false, timestamp: Self.offered), .agreed),
        ] {
            bench.advance(seconds: 1)
            try bench.registerAtHome(offer)
            #expect(bench.bindings.map(\.revocation) == [agreement])
        }
        bench.advance(seconds: 1)
        bench.revoke(Lab.home)
        #expect(bench.sentRevocations.count == 1)
    }

    @Test("A copy of an accepted request, whose reply may be lost, is answered with the agreement as well")
    func copy() throws {
        var bench = RevocationLab.homeAgent()
        let request = bench.relayed(Offer(timestamp: Self.offered)).octets
        bench.receive(request, from: Lab.foreignAgent)
        let sent = bench.receive(request, from: Lab.foreignAgent)
        let reply = try #require(try Reply(sent))
        #expect(reply.code == 0)
        #expect(bench.home.duplicateRequests == 1)
        #expect(reply.octets.revocationSupport != nil)
    }
}
