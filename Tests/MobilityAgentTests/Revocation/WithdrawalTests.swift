import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// Registration is switched off: registrations whose other end can be informed end, all others stay.
@Suite("Withdrawal of registrations")
struct WithdrawalTests {
    @Test("Switching registration off revokes what has been agreed on, with the operator's reason", arguments: Revoker.allCases)
    func off(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        bench.setEnabled(false)
        bench.advance(seconds: 0.5)
        #expect(agent.registrations(bench) == 0)
        #expect(bench.sentRevocations.map(\.informs) == [true])
        #expect(bench.exchanges.map(\.reason) == [.administrativelyRevoked])
        #expect(bench.events.map(\.kind) == [.revoked])
    }

    @Test("A registration without an agreement stays", arguments: Revoker.allCases)
    func notAgreed(agent: Revoker) throws {
        var bench = agent.bench()
        if agent.isHome { try bench.registerAtHome(nil) } else { try bench.registerVisitor(nil) }
        bench.setEnabled(false)
        bench.advance(seconds: 100)
        #expect(agent.registrations(bench) == 1)
        #expect(bench.sentRevocations.isEmpty && bench.effects.notices.isEmpty)
    }

    @Test("Without revocation, switching off ends nothing", arguments: Revoker.allCases)
    func revocationOff(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.made(.signalling(SignallingSettings { $0.revocation = false }))
        bench.setEnabled(false)
        bench.advance(seconds: 100)
        #expect(agent.registrations(bench) == 1)
    }

    @Test("An agent that is switched on again at once has ended nothing", arguments: Revoker.allCases)
    func onAgain(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.setEnabled(false)
        bench.setEnabled(true)
        bench.advance(seconds: 100)
        #expect(agent.registrations(bench) == 1)
        #expect(bench.exchanges.isEmpty)
    }

    @Test("Acknowledgments are accepted, and revocations sent again, while registration is off", arguments: Revoker.allCases)
    func acknowledged(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.setEnabled(false)
        bench.advance(seconds: 1.5)
        #expect(bench.sentRevocations.count == 2)
        let last = try #require(bench.sentRevocations.last)
        agent.acknowledge(&bench, last.identifier)
        #expect(agent.count(bench).acknowledged == 1)
    }

    @Test("Many revocations to one foreign agent are 10 ms apart, and those to another do not wait for them")
    func paced() throws {
        let addresses = (0..<150).map { IPv4Address(192, 0, 2, UInt8(20 + $0)) }
        let associations = addresses.map { Lab.association(.address($0)) }
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(), Lab.ofForeignAgent, RevocationLab.ofOtherForeignAgent] + associations))
        let offer = Offer(timestamp: RevocationLab.start)
        for (address, association) in zip(addresses, associations) {
            try bench.registerAtHome(offer) { ($0.homeAddress, $0.association) = (address, association) }
        }
        try bench.registerAtHome(offer, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent)
        #expect(bench.bindings.count == 151)
        bench.advance(seconds: 1)
        bench.setEnabled(false)
        bench.advance(seconds: 0.095)
        #expect(bench.bindings.isEmpty)
        #expect(bench.sentRevocations.count { $0.destination == Lab.foreignAgent } == 10)
        #expect(bench.sentRevocations.count { $0.destination == RevocationLab.otherForeignAgent } == 1)
        bench.advance(seconds: 1.405)
        #expect(bench.home.revocationsSent == 151)
        bench.advance(seconds: 100)
        #expect(bench.home.revocationsSent == 151)
        #expect(bench.home.revocationsUnacknowledged == 151)
    }
}
