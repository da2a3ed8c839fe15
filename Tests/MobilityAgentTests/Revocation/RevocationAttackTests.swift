import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// What someone without the key of an agent, or an agent with a key for other registrations, must not achieve.
@Suite("Attempts to end the registrations of others")
struct RevocationAttackTests {
    @Test(
        "A reply that the home agent has not signed ends no visit, whatever is wrong with it",
        arguments: [nil, Lab.association()] as [ConfiguredSecurityAssociation?], [[RevocationLab.ofOtherHomeAgent], []])
    func forgedReply(node: ConfiguredSecurityAssociation?, signatures: [ConfiguredSecurityAssociation]) throws {
        var bench = try Revoker.foreignAgent.agreed()
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let reply = Answer(to: request) {
            $0.association = node
            $0.after = Offer(timestamp: RevocationLab.start).octets
            $0.signatures = signatures
        }
        bench.receive(reply.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.map(\.state) == [.accepted])
        bench.advance(seconds: 5)
        #expect(bench.exchanges.isEmpty)
    }

    @Test("An acceptance that was overtaken by the revocation of what it accepts begins no visit", arguments: [false, true])
    func overtaken(isRenewal: Bool) throws {
        var bench = isRenewal ? try Revoker.foreignAgent.agreed() : RevocationLab.foreignAgent()
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) {
            $0.after = Offer(timestamp: RevocationLab.start &+ 1).octets
            $0.signatures = [Lab.ofHomeAgent]
        }
        bench.advance(seconds: 2)
        bench.receive(
            Revocation(fromHome: true, RevocationLab.start &+ 2).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.sentAcknowledgments.count == 1)
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.allSatisfy { $0.state == .pending })
        #expect(bench.discarded(.replayed) == 1)
    }

    @Test("Another foreign agent that repeats an accepted request does not take over what was agreed on")
    func takenOver() throws {
        var bench = RevocationLab.homeAgent()
        let request = bench.relayed(Offer(timestamp: RevocationLab.start))
        bench.receive(request.octets, from: Lab.foreignAgent)
        var copy = request
        copy.after = Offer(timestamp: RevocationLab.start &+ 0x4000_0000).octets
        copy.signatures = [(.foreignHomeAuthentication, RevocationLab.ofOtherForeignAgent)]
        let sent = bench.receive(copy.octets, from: RevocationLab.otherForeignAgent)
        #expect(try #require(try Reply(sent)).octets.revocationSupport == nil)
        bench.receive(Revocation(fromHome: false, RevocationLab.start &+ 1).octets, from: Lab.foreignAgent)
        #expect(bench.bindings.isEmpty)
    }

    @Test("A copy of an accepted request keeps neither a clock nor a disk busy")
    func copied() throws {
        var bench = RevocationLab.homeAgent()
        let request = bench.relayed(Offer(timestamp: RevocationLab.start)).octets
        let first = bench.receive(request, from: Lab.foreignAgent)
        bench.advance(seconds: 3)
        let again = bench.receive(request, from: Lab.foreignAgent)
        let stamps = try [first, again].map { try #require(try Reply($0)).octets.revocationSupport }
        #expect(stamps[0] != nil && stamps[0] == stamps[1])
        #expect(!bench.agent.hasUnsaved)
    }

    @Test("A foreign agent's key ends no binding that a node has made without it")
    func directNode() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerDirectly(Offer(timestamp: RevocationLab.start)) { $0.careOfAddress = Lab.foreignAgent.address }
        #expect(bench.bindings.map(\.revocation) != [.none])
        bench.receive(Revocation(fromHome: false, RevocationLab.start &+ 1).octets, from: Lab.foreignAgent)
        #expect(bench.bindings.count == 1)
        #expect(bench.discarded(.notAgreed) == 1)
    }

    @Test("Switching registration off for a trial ends nothing, and the withdrawal waits until it is asked for")
    func trial() throws {
        for agent in Revoker.allCases {
            var bench = try agent.agreed()
            bench.made(.enabled(false))
            bench.advance(seconds: 10)
            #expect(agent.registrations(bench) == 1)
            bench.agent.withdraw()
            bench.advance(seconds: 1)
            #expect(agent.registrations(bench) == 0)
        }
    }
}
