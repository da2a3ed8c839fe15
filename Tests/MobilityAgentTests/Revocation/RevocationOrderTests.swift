import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// The order of timestamps in offers and revocations: what is older than a registration must not end it.
@Suite("The order of revocations and registrations")
struct RevocationOrderTests {
    @Test("A peer's revocation that was captured before a registration does not end it", arguments: Revoker.allCases)
    func captured(agent: Revoker) throws {
        var bench = try agent.agreed()
        let revocation = Revocation(fromHome: !agent.isHome, RevocationLab.start &+ 5).octets
        bench.advance(seconds: 5)
        bench.receive(revocation, from: agent.peer, to: agent.local)
        #expect(agent.registrations(bench) == 0)
        bench.advance(seconds: 5)
        let offer = Offer(timestamp: RevocationLab.start &+ 6)
        if agent.isHome { try bench.registerAtHome(offer) } else { try bench.registerVisitor(offer) }
        bench.receive(revocation, from: agent.peer, to: agent.local)
        #expect(agent.registrations(bench) == 1)
        #expect(bench.effects.datagrams.isEmpty)
        #expect(bench.discarded(.replayed) == 1)
    }

    @Test(
        "A copy of the accepted revocation does not end a registration of the same second, whose timestamp may be the same",
        arguments: Revoker.allCases)
    func capturedInTheSameSecond(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        let revocation = Revocation(fromHome: !agent.isHome, RevocationLab.start &+ 5).octets
        bench.receive(revocation, from: agent.peer, to: agent.local)
        bench.advance(seconds: 0.1)
        let offer = Offer(timestamp: RevocationLab.start &+ 5)
        if agent.isHome { try bench.registerAtHome(offer) } else { try bench.registerVisitor(offer) }
        bench.receive(revocation, from: agent.peer, to: agent.local)
        #expect(agent.registrations(bench) == 1)
    }

    @Test(
        "The timestamp of a registration is later than every revocation of the one before it, acknowledged or not",
        arguments: Revoker.allCases)
    func laterThanRevocation(agent: Revoker) throws {
        for isAcknowledged in [true, false] {
            var bench = try agent.agreed()
            bench.advance(seconds: 5)
            bench.revoke(Lab.home)
            let sent = try #require(bench.sentRevocations.first)
            if isAcknowledged { agent.acknowledge(&bench, sent.identifier) }
            bench.advance(seconds: 0.1)
            let stamp = try agent.register(&bench)
            #expect(stamp.follows(sent.identifier), "acknowledged: \(isAcknowledged)")
        }
    }

    @Test(
        "An unacknowledged revocation is not sent again once the same registration has been made anew",
        arguments: Revoker.allCases)
    func renewedMeanwhile(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        #expect(bench.sentRevocations.count == 1)
        bench.advance(seconds: 0.5)
        let stamp = try agent.register(&bench)
        for _ in 0..<100 {
            bench.advance(seconds: 1)
            // One that is later than the new registration would end it at the peer.
            #expect(bench.sentRevocations.allSatisfy { stamp.follows($0.identifier) })
        }
        #expect(agent.registrations(bench) == 1)
        #expect(bench.exchanges.map(\.state) == [.superseded])
        #expect(bench.exchanges.map(\.tries) == [1])
    }

    @Test(
        "A revocation has at least the timestamp of the registration, also if the clock was set back",
        arguments: Revoker.allCases)
    func clockSetBack(agent: Revoker) throws {
        var bench = agent.bench()
        let stamp = try agent.register(&bench)
        bench.set(clockBy: -3600)
        bench.advance(seconds: 1)
        bench.revoke(Lab.home)
        var newest = try #require(bench.sentRevocations.first).identifier
        #expect(!stamp.follows(newest))
        for _ in 0..<3 {
            bench.advance(seconds: 4)
            for sent in bench.sentRevocations {
                #expect(sent.identifier.follows(newest))
                newest = sent.identifier
            }
        }
    }

    @Test("Timestamps go on across the end of the era in 2036, when they begin at 0 again", arguments: Revoker.allCases)
    func wrap(agent: Revoker) throws {
        let configuration = agent.isHome ? RevocationLab.homeAgentConfiguration() : RevocationLab.foreignAgentConfiguration()
        // Four seconds before the end.
        let start: Int64 = (1 << 32) - 2_208_988_800 - 4
        func bench() throws -> Bench {
            var bench = Bench(configuration, start: start)
            let offer = Offer(timestamp: UInt32.max - 3)
            if agent.isHome { try bench.registerAtHome(offer) } else { try bench.registerVisitor(offer) }
            bench.advance(seconds: 6)
            return bench
        }
        var sending = try bench()
        sending.revoke(Lab.home)
        #expect(sending.sentRevocations.map(\.identifier) == [2])
        for (identifier, counts) in [(2, true), (UInt32.max, true), (UInt32.max - 4, false)] as [(UInt32, Bool)] {
            var receiving = try bench()
            receiving.receive(Revocation(fromHome: !agent.isHome, identifier).octets, from: agent.peer, to: agent.local)
            #expect((agent.registrations(receiving) == 0) == counts, "identifier \(identifier)")
        }
    }

    @Test("The identifiers of different peers are not compared with each other")
    func differentPeers() throws {
        var bench = RevocationLab.homeAgent()
        let early = Offer(timestamp: 1000)
        try bench.registerAtHome(early) { $0.flags.insert(.simultaneousBindings) }
        bench.advance(seconds: 1)
        try bench.registerAtHome(
            Offer(timestamp: RevocationLab.start), through: RevocationLab.ofOtherForeignAgent,
            from: RevocationLab.otherForeignAgent
        ) { $0.flags.insert(.simultaneousBindings) }
        let other = Revocation(fromHome: false, RevocationLab.start) {
            ($0.careOfAddress, $0.association) = (RevocationLab.otherForeignAgent.address, RevocationLab.ofOtherForeignAgent)
        }
        bench.receive(other.octets, from: RevocationLab.otherForeignAgent)
        #expect(bench.bindings.count == 1)
        bench.receive(Revocation(fromHome: false, 1000).octets, from: Lab.foreignAgent)
        #expect(bench.bindings.isEmpty)
    }

    @Test("Revocations of both ends that cross each other are both acknowledged", arguments: Revoker.allCases)
    func crossing(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        let sent = try #require(bench.sentRevocations.first)
        bench.receive(
            Revocation(fromHome: !agent.isHome, RevocationLab.start &+ 5).octets, from: agent.peer, to: agent.local)
        #expect(bench.sentAcknowledgments.count == 1)
        agent.acknowledge(&bench, sent.identifier)
        #expect(agent.count(bench).acknowledged == 1)
        #expect(bench.allDiscarded == 0)
    }
}
