import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// The rows by which an operator follows revocations.
@Suite("Exchanges")
struct ExchangeRowsTests {
    @Test("A revocation that waits is a row with its tries and the time of the next one", arguments: Revoker.allCases)
    func waiting(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        let started = bench.time
        bench.revoke(Lab.home)
        var row = Exchange(
            number: 1, kind: .revocation, role: agent.isHome ? .homeAgent : .foreignAgent, peer: agent.peer.address,
            peerRole: agent.isHome ? .foreignAgent : .homeAgent, homeAddress: Lab.home, homeAgent: Lab.homeAgent.address,
            careOfAddress: Lab.foreignAgent.address, state: .waiting, tries: 1, started: started,
            nextTry: started.adding(milliseconds: 1000), reason: .administrativelyRevoked, informsNode: agent.isHome)
        #expect(bench.exchanges == [row])
        #expect(bench.effects.changes.contains(.exchange(row)))
        bench.advance(seconds: 1)
        (row.tries, row.nextTry) = (2, started.adding(milliseconds: 3000))
        #expect(bench.exchanges == [row])
        #expect(bench.effects.changes.contains(.exchange(row)))
        bench.advance(seconds: 29)
        #expect(bench.exchanges.map(\.tries) == [5])
        bench.advance(seconds: 1)
        // The last try.
        #expect(bench.exchanges.map(\.tries) == [6])
        #expect(bench.exchanges.map(\.nextTry) == [nil])
    }

    @Test("A revocation that was received is a row that has ended", arguments: Revoker.allCases)
    func received(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        let revocation = Revocation(fromHome: !agent.isHome, RevocationLab.start &+ 1) { $0.informs = true }
        bench.receive(revocation.octets, from: agent.peer, to: agent.local)
        let row = Exchange(
            number: 1, kind: .revocation, role: agent.isHome ? .homeAgent : .foreignAgent, peer: agent.peer.address,
            peerRole: agent.isHome ? .foreignAgent : .homeAgent, homeAddress: Lab.home, homeAgent: Lab.homeAgent.address,
            careOfAddress: Lab.foreignAgent.address, state: .received, tries: 1, started: bench.time, ended: bench.time,
            informsNode: true)
        #expect(bench.exchanges == [row])
        #expect(bench.effects.changes.contains(.exchange(row)))
    }

    @Test("Why the registration ended is the reason of the row")
    func reason() throws {
        var bench = try Revoker.homeAgent.agreed()
        bench.advance(seconds: 1)
        let offer = Offer(timestamp: RevocationLab.start)
        try bench.registerAtHome(offer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent)
        bench.advance(seconds: 1)
        bench.receive(Request(bench) { ($0.lifetime, $0.careOfAddress) = (0, Lab.home) }.octets, from: Lab.visitor)
        #expect(bench.exchanges.map(\.reason) == [.replaced, .deregistered])
        #expect(bench.exchanges.map(\.peer) == [Lab.foreignAgent.address, RevocationLab.otherForeignAgent.address])
    }

    @Test("The latest 1024 that have ended are remembered; the oldest makes room")
    func bounded() throws {
        var bench = RevocationLab.homeAgent()
        for number: UInt32 in 1...1026 {
            bench.advance(seconds: 1)
            try bench.registerAtHome(Offer(timestamp: RevocationLab.start &+ number))
            let revocation = Revocation(fromHome: false, RevocationLab.start &+ number)
            bench.receive(revocation.octets, from: Lab.foreignAgent)
        }
        #expect(bench.bindings.isEmpty)
        #expect(bench.exchanges.map(\.number) == Array(3...1026))
        #expect(bench.effects.changes.contains(.exchangeRemoved(ExchangeKey(number: 2))))
        #expect(bench.home.revocationsReceived == 1026)
    }

    @Test("A step of the clock moves the times of the rows", arguments: Revoker.allCases)
    func clockStep(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.revoke(Lab.home)
        let row = try #require(bench.exchanges.first)
        bench.set(clockBy: 3600)
        let moved = try #require(bench.exchanges.first)
        #expect(moved.started == row.started.adding(milliseconds: 3_600_000))
        #expect(moved.nextTry == row.nextTry?.adding(milliseconds: 3_600_000))
    }

    @Test("Every datagram has one outcome", arguments: Revoker.allCases)
    func accounts(agent: Revoker) throws {
        var bench = try agent.agreed()
        let before = bench.agent.counters.datagramsReceived
        let revocation = Revocation(fromHome: !agent.isHome, RevocationLab.start &+ 1)
        var received: UInt64 = 0
        func outcomes() -> UInt64 {
            let (home, foreign) = (bench.home, bench.foreign)
            return bench.allDiscarded + home.revocationsReceived + home.revocationsRepeated + home.revocationsAcknowledged
                + foreign.revocationsReceived + foreign.revocationsRepeated + foreign.revocationsAcknowledged
        }
        for octets in [Array(revocation.octets.dropLast()), revocation.octets, revocation.octets, Acknowledgment(1).octets] {
            bench.receive(octets, from: agent.peer, to: agent.local)
            received += 1
            #expect(outcomes() == received)
        }
        #expect(bench.agent.counters.datagramsReceived == before + received)
    }
}
