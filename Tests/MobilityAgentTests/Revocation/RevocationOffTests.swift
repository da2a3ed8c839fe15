import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Agents without revocation")
struct RevocationOffTests {
    private static let off: @Sendable (inout SignallingPolicy) -> Void = { $0.revocation = false }

    @Test("A home agent skips an offer, and replies with the bytes of an agent that does not know it")
    func homeAgent() {
        for place in [\Request.before, \Request.after] {
            var bench = RevocationLab.homeAgent(Self.off)
            let request = bench.relayed(nil) { $0[keyPath: place] = Offer(timestamp: RevocationLab.start).octets }
            let sent = bench.receive(request.octets, from: Lab.foreignAgent)
            #expect(sent?.payload == Answer(to: request) { $0.signatures = [Lab.ofForeignAgent] }.octets)
            #expect(bench.bindings.map(\.revocation) == [.none])
            #expect(bench.home.extensionsSkipped == 1)
        }
    }

    @Test("A foreign agent relays requests without an offer, and a node's own offer as it is")
    func foreignAgent() {
        for before in [[], Offer(timestamp: RevocationLab.start).octets] {
            var bench = RevocationLab.foreignAgent(Self.off)
            let request = Request(visiting: bench) { $0.before = before }
            let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            var expected = request
            expected.signatures = [(.foreignHomeAuthentication, Lab.ofHomeAgent)]
            #expect(sent?.payload == expected.octets)
        }
    }

    @Test("Revocations and acknowledgments are dropped as unknown types", arguments: Revoker.allCases)
    func messages(agent: Revoker) throws {
        var bench = agent.bench(Self.off)
        let messages = [
            Revocation(fromHome: !agent.isHome, RevocationLab.start).octets, Acknowledgment(RevocationLab.start).octets,
            [7], [15],
        ]
        for message in messages { bench.receive(message, from: agent.peer, to: agent.local) }
        #expect(bench.effects.datagrams.isEmpty)
        #expect(bench.agent.counters.discards[.unknownMessageType] == 4)
        #expect(bench.allDiscarded == 4)
    }

    @Test("The setting takes effect at once, for what is sent and for what is received", arguments: Revoker.allCases)
    func setting(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.made(.signalling(SignallingSettings { $0.revocation = false }))
        let revocation = Revocation(fromHome: !agent.isHome, RevocationLab.start &+ 10).octets
        bench.receive(revocation, from: agent.peer, to: agent.local)
        #expect(bench.agent.counters.discards[.unknownMessageType] == 1)
        #expect(agent.registrations(bench) == 1)
        bench.revoke(Lab.home)
        #expect(bench.sentRevocations.isEmpty)
        #expect(agent.registrations(bench) == 0)
        #expect(bench.exchanges.isEmpty)
    }

    @Test("Nothing is sent again once the setting is off, since no acknowledgment would be read", arguments: Revoker.allCases)
    func waiting(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.revoke(Lab.home)
        #expect(bench.sentRevocations.count == 1)
        bench.made(.signalling(SignallingSettings { $0.revocation = false }))
        bench.advance(seconds: 100)
        #expect(bench.sentRevocations.isEmpty)
    }
}
