import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// A home agent has accepted a request, but the foreign agent does not accept the reply (RFC 4636 §3).
@Suite("Revocation of a registration that the foreign agent refuses")
struct RefusedReplyTests {
    /// An unknown critical vendor extension, for which the foreign agent refuses a reply with 101.
    private static let refused: [UInt8] = [38, 0, 0, 7, 0, 0, 0, 9, 0, 1, 42]

    /// Relays a request, and the reply that is refused.
    private static func refuse(_ bench: inout Bench, _ change: (inout Answer) -> Void = { _ in }) {
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) {
            $0.after = refused + Offer(timestamp: RevocationLab.start).octets
            $0.signatures = [Lab.ofHomeAgent]
            change(&$0)
        }
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
    }

    @Test("The home agent that has agreed to it is asked to end the binding")
    func agreed() throws {
        var bench = RevocationLab.foreignAgent()
        Self.refuse(&bench)
        #expect(bench.visitors.isEmpty)
        bench.advance(seconds: 1)
        let sent = try #require(bench.sentRevocations.first)
        #expect(sent.octets == Revocation(fromHome: false, sent.identifier).octets)
        #expect(!RevocationLab.start.follows(sent.identifier))
        #expect(sent.source == Lab.foreignAgent && sent.destination == Lab.homeAgent)
        #expect(bench.effects.notices.isEmpty)
        Revoker.foreignAgent.acknowledge(&bench, sent.identifier)
        #expect(bench.exchanges.map(\.state) == [.acknowledged])
    }

    /// Replies whose refusal the home agent is not informed of.
    private static let silent: [(String, @Sendable (inout Answer) -> Void)] = [
        ("no agreement", { $0.after = refused }),
        ("a denial", { $0.code = 129 }),
        ("not signed", { $0.signatures = [] }),
        ("wrongly signed", { $0.signatures = [RevocationLab.ofOtherHomeAgent] }),
    ]

    @Test(
        "Nothing is sent to a home agent that has not agreed, not accepted, or not proven its identity",
        arguments: silent.indices)
    func notAgreed(index: Int) {
        let (name, change) = Self.silent[index]
        var bench = RevocationLab.foreignAgent()
        Self.refuse(&bench, change)
        #expect(bench.visitors.isEmpty, "\(name)")
        #expect(bench.sentRevocations.isEmpty, "\(name)")
        bench.advance(seconds: 100)
        #expect(bench.sentRevocations.isEmpty, "\(name)")
    }

    /// The home address of a request with an NAI, the Home Address and Home Agent fields of the acceptance, and the home address that is
    /// revoked; nil for none.
    private static let lacking: [(IPv4Address, IPv4Address, IPv4Address, IPv4Address?)] = [
        (Lab.home, Lab.home, .zero, Lab.home), (Lab.home, .zero, Lab.homeAgent.address, Lab.home),
        (Lab.home, .zero, .zero, Lab.home), (.zero, Lab.home, .zero, Lab.home), (.zero, .zero, Lab.homeAgent.address, nil),
    ]

    @Test("What an acceptance lacks is revoked as the request had it, unless nobody has named an address", arguments: lacking)
    func incomplete(wish: IPv4Address, homeAddress: IPv4Address, homeAgent: IPv4Address, revoked: IPv4Address?) {
        var bench = RevocationLab.foreignAgent()
        let request = Request(visiting: bench) { ($0.homeAddress, $0.nai) = (wish, Lab.alice) }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) {
            ($0.homeAddress, $0.homeAgent) = (homeAddress, homeAgent)
            $0.after = Offer(timestamp: RevocationLab.start).octets
            $0.signatures = [Lab.ofHomeAgent]
        }
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.isEmpty)
        bench.advance(seconds: 1)
        #expect(bench.sentRevocations.map(\.homeAddress) == (revoked.map { [$0] } ?? []))
        #expect(bench.sentRevocations.allSatisfy { $0.homeAgent == Lab.homeAgent.address })
    }

    @Test("An acceptance without a home address revokes nothing if the request only wished for one")
    func wished() {
        var configuration = RevocationLab.foreignAgentConfiguration()
        configuration.foreignAgent?.defaultHomeAgent = Lab.homeAgent.address
        var bench = Bench(configuration)
        let request = Request(visiting: bench) { ($0.homeAgent, $0.homeAddress, $0.nai) = (.zero, Lab.home, Lab.alice) }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) {
            ($0.homeAddress, $0.homeAgent) = (.zero, Lab.homeAgent.address)
            $0.after = Offer(timestamp: RevocationLab.start).octets
            $0.signatures = [Lab.ofHomeAgent]
        }
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.foreign.repliesSentByCode[ReplyCode(rawValue: 99)] == 1)
        bench.advance(seconds: 1)
        #expect(bench.sentRevocations.isEmpty && bench.visitors.isEmpty)
    }

    @Test("A refused renewal does not leave a visit whose binding the home agent is asked to end")
    func renewal() throws {
        var bench = try Revoker.foreignAgent.agreed()
        bench.advance(seconds: 5)
        Self.refuse(&bench)
        bench.advance(seconds: 1)
        #expect(bench.sentRevocations.count == 1)
        #expect(bench.visitors.isEmpty)
    }

    @Test("A home agent ends the binding that it has just made, though the timestamps are the same")
    func atHome() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(Offer(timestamp: RevocationLab.start))
        bench.receive(Revocation(fromHome: false, RevocationLab.start).octets, from: Lab.foreignAgent)
        #expect(bench.bindings.isEmpty)
        #expect(bench.sentAcknowledgments.count == 1)
    }
}
