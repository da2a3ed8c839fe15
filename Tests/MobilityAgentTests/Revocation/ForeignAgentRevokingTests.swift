import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// When a foreign agent informs a home agent of a visit that has ended, and when it informs the visitor.
@Suite("A foreign agent revokes")
struct ForeignAgentRevokingTests {
    private static func agreed(informing: Bool) throws -> Bench {
        var bench = try Revoker.foreignAgent.agreed(informing: informing)
        bench.advance(seconds: 5)
        return bench
    }

    @Test("It goes from the care-of address to the home agent, port 434, signed for it; I asks the home agent to decide")
    func sent() throws {
        for informing in [true, false] {
            var bench = try Self.agreed(informing: informing)
            let ended = bench.revoke(Lab.home)
            #expect(ended == 1)
            #expect(bench.visitors.isEmpty)
            let sent = try #require(bench.sentRevocations.first)
            #expect(bench.sentRevocations.count == 1)
            #expect(sent.source == Lab.foreignAgent)
            #expect(sent.destination == Lab.homeAgent)
            #expect(sent.octets == Revocation(fromHome: false, bench.seconds) { $0.informs = informing }.octets)
            #expect(bench.events.map(\.kind) == [.revoked])
        }
    }

    @Test("The NAI of the visitor is included")
    func nai() throws {
        let alice = try #require(Lab.alice)
        var bench = RevocationLab.foreignAgent()
        try bench.registerVisitor(Offer(timestamp: RevocationLab.start)) { $0.nai = alice }
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        let expected = Revocation(fromHome: false, bench.seconds) {
            $0.informs = true
            $0.extensions.append(naiExtension: alice)
        }
        #expect(bench.sentRevocations.map(\.octets) == [expected.octets])
    }

    @Test("Without I, the foreign agent informs the visitor at once")
    func ownPolicy() throws {
        var bench = try Self.agreed(informing: false)
        let visitor = try #require(bench.visitors.first)
        bench.revoke(Lab.home)
        let notice = try #require(bench.effects.notices.first)
        #expect(bench.effects.notices.count == 1)
        #expect(notice.homeAddress == Lab.home)
        #expect(notice.sourceAddress == Lab.visitor.address)
        #expect(notice.linkLayer == RevocationLab.linkLayer)
        #expect(notice.identification == visitor.identification)
        #expect(bench.foreign.visitorsInformed == 1)
    }

    @Test("With I, the visitor is informed only once the home agent's acknowledgment says so", arguments: [true, false])
    func homeAgentDecides(informs: Bool) throws {
        var bench = try Self.agreed(informing: true)
        bench.revoke(Lab.home)
        #expect(bench.effects.notices.isEmpty)
        let identifier = try #require(bench.sentRevocations.first).identifier
        bench.advance(seconds: 0.5)
        #expect(bench.effects.notices.isEmpty)
        Revoker.foreignAgent.acknowledge(&bench, identifier) { $0.informs = informs }
        #expect(bench.effects.notices.count == (informs ? 1 : 0))
        #expect(bench.foreign.visitorsInformed == (informs ? 1 : 0))
        #expect(bench.exchanges.map(\.informsNode) == [informs])
        bench.advance(seconds: 100)
        #expect(bench.effects.notices.isEmpty)
    }

    @Test("I of an acknowledgment is ignored if the revocation did not have it")
    func unaskedFor() throws {
        var bench = try Self.agreed(informing: false)
        bench.revoke(Lab.home)
        let identifier = try #require(bench.sentRevocations.first).identifier
        Revoker.foreignAgent.acknowledge(&bench, identifier) { $0.informs = true }
        #expect(bench.effects.notices.isEmpty)
        #expect(bench.foreign.revocationsAcknowledged == 1)
        #expect(bench.foreign.visitorsInformed == 1)
    }

    @Test("A home agent that does not answer does not decide: the visitor is informed after the last try")
    func givenUp() throws {
        var bench = try Self.agreed(informing: true)
        bench.revoke(Lab.home)
        bench.advance(seconds: 62)
        #expect(bench.effects.notices.isEmpty)
        bench.advance(seconds: 2)
        #expect(bench.effects.notices.count == 1)
        #expect(bench.events.map(\.kind) == [.revocationUnacknowledged])
    }

    @Test("A foreign agent whose policy has changed since the registration follows its own and informs the visitor at once")
    func policyChanged() throws {
        var bench = try Self.agreed(informing: true)
        bench.made(.signalling(SignallingSettings { $0.revocationInforming = false }))
        bench.revoke(Lab.home)
        #expect(bench.sentRevocations.map(\.informs) == [false])
        #expect(bench.effects.notices.count == 1)
    }

    @Test("A visit without an agreement ends for an operator; only the visitor is informed")
    func notAgreed() throws {
        var bench = RevocationLab.foreignAgent()
        try bench.registerVisitor(nil)
        bench.revoke(Lab.home)
        #expect(bench.visitors.isEmpty)
        #expect(bench.sentRevocations.isEmpty)
        #expect(bench.effects.notices.count == 1)
    }

    @Test("A visit that expires or that the node ends is not revoked", arguments: [true, false])
    func ended(isExpired: Bool) throws {
        var bench = try Self.agreed(informing: true)
        if isExpired {
            bench.advance(seconds: 700)
        } else {
            let request = Request(visiting: bench) { $0.lifetime = 0 }
            bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            bench.receive(Answer(to: request) { $0.lifetime = 0 }.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        }
        #expect(bench.visitors.isEmpty)
        #expect(bench.sentRevocations.isEmpty)
        bench.advance(seconds: 10)
        #expect(bench.sentRevocations.isEmpty)
        #expect(bench.effects.notices.isEmpty)
    }

    @Test("A change by an operator ends a visit as it ends a binding, and names one that does not exist")
    func change() throws {
        var bench = try Self.agreed(informing: true)
        let refusal = bench.apply(.endBinding(homeAddress: IPv4Address(192, 0, 2, 77), careOfAddress: nil))
        #expect(refusal?.problem == .notFound)
        bench.made(.endBinding(homeAddress: Lab.home, careOfAddress: Lab.foreignAgent.address))
        #expect(bench.visitors.isEmpty)
        #expect(bench.sentRevocations.count == 1)
    }
}
