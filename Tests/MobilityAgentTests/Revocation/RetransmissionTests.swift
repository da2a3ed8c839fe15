import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Retransmission of revocations")
struct RetransmissionTests {
    /// Lets time pass in steps of half a second; returns when revocations were sent, in seconds, and their identifiers.
    private static func collect(_ bench: inout Bench, seconds: Double) -> [(time: Double, revocation: SentRevocation)] {
        var found: [(time: Double, revocation: SentRevocation)] = []
        for step in 1...Int(seconds * 2) {
            bench.advance(seconds: 0.5)
            found += bench.sentRevocations.map { (Double(step) / 2, $0) }
        }
        return found
    }

    @Test(
        "An unacknowledged revocation is sent again after 1, 2, 4, 8 and 16 seconds, six times in all",
        arguments: Revoker.allCases)
    func schedule(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        #expect(bench.sentRevocations.count == 1)
        let again = Self.collect(&bench, seconds: 100)
        #expect(again.map(\.time) == [1, 3, 7, 15, 31])
        #expect(agent.count(bench) == RevocationCount(sent: 1, resent: 5, acknowledged: 0, unacknowledged: 1))
    }

    @Test(
        "Each try has a later identifier and an authenticator of its own, and is otherwise the same",
        arguments: Revoker.allCases)
    func identifiers(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        let first = try #require(bench.sentRevocations.first)
        var previous = first.identifier
        let again = Self.collect(&bench, seconds: 100).map(\.revocation)
        #expect(again.count == 5)
        for sent in again {
            #expect(sent.identifier.follows(previous))
            previous = sent.identifier
            let expected = Revocation(fromHome: agent.isHome, sent.identifier) { $0.informs = true }
            #expect(sent.octets == expected.octets)
            #expect(sent.destination == first.destination && sent.source == first.source)
        }
    }

    /// Seconds until the first retransmission, tries, and when the later ones are sent.
    private static let timings: [(UInt8, UInt8, [Double])] = [(3, 3, [3, 9]), (1, 1, []), (60, 2, [60])]

    @Test("The first wait and the number of tries are settings", arguments: timings)
    func timing(timeout: UInt8, tries: UInt8, times: [Double]) throws {
        for agent in Revoker.allCases {
            var bench = try agent.agreed { ($0.retransmissionTimeout, $0.retransmissionTries) = (timeout, tries) }
            bench.revoke(Lab.home)
            #expect(Self.collect(&bench, seconds: 200).map(\.time) == times)
            #expect(agent.count(bench).unacknowledged == 1)
        }
    }

    @Test("Nothing is sent after the registration would have ended by itself", arguments: Revoker.allCases)
    func life(agent: Revoker) throws {
        var bench = try agent.agreed(lifetime: 10)
        bench.revoke(Lab.home)
        #expect(Self.collect(&bench, seconds: 100).map(\.time) == [1, 3, 7])
        #expect(bench.exchanges.map(\.state) == [.unanswered])
    }

    @Test("After the last try, a revocation is given up with an event", arguments: Revoker.allCases)
    func givenUp(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.revoke(Lab.home)
        #expect(agent.registrations(bench) == 0)
        bench.advance(seconds: 62.9)
        #expect(!bench.events.contains { $0.kind == .revocationUnacknowledged })
        #expect(bench.exchanges.map(\.state) == [.waiting])
        bench.advance(seconds: 0.2)
        let event = try #require(bench.events.first)
        #expect(bench.events.count == 1)
        #expect(event.kind == .revocationUnacknowledged)
        #expect(event.homeAddress == Lab.home)
        #expect(event.sourceAddress == agent.peer.address)
        #expect(bench.exchanges.map(\.state) == [.unanswered])
        #expect(bench.exchanges.map(\.tries) == [6])
    }

    @Test("An acknowledgment ends the retransmissions", arguments: Revoker.allCases)
    func acknowledged(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.revoke(Lab.home)
        bench.advance(seconds: 1)
        let sent = try #require(bench.sentRevocations.first)
        agent.acknowledge(&bench, sent.identifier)
        #expect(Self.collect(&bench, seconds: 100).isEmpty)
        #expect(agent.count(bench) == RevocationCount(sent: 1, resent: 1, acknowledged: 1, unacknowledged: 0))
    }
}
