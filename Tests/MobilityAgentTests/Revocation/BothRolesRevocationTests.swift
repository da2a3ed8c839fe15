import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// One agent is the home agent of a node with a co-located care-of address, and the foreign agent of a visitor with the same home address
/// of another home agent.
@Suite("Revocation with both roles in one agent")
struct BothRolesRevocationTests {
    private static let address = Lab.homeAgent
    private static let distant = TransportEndpoint(IPv4Address(198, 51, 100, 9), port: 434)
    private static let ofDistant = Lab.association(
        .address(distant.address), .homeAgent, spi: Lab.foreignSPI, key: Lab.foreignKey)
    private static let offer = Offer(timestamp: RevocationLab.start)

    /// - Parameter isDirect: False for a binding that is made through another foreign agent.
    private static func bench(isDirect: Bool) throws -> Bench {
        var configuration = Lab.homeAgentConfiguration([Lab.association(), Lab.ofForeignAgent, ofDistant])
        configuration.foreignAgent = ForeignAgentConfiguration(endpoints: [address], careOfAddresses: [address.address])
        var bench = Bench(configuration)
        if isDirect { try bench.registerDirectly(offer) } else { try bench.registerAtHome(offer) }
        let request = Request(visiting: bench) { ($0.careOfAddress, $0.homeAgent) = (address.address, distant.address) }
        bench.receive(request.octets, from: Lab.visitor)
        let answer = Answer(to: request) {
            ($0.homeAgent, $0.after, $0.signatures) = (distant.address, offer.octets, [ofDistant])
        }
        bench.receive(answer.octets, from: distant, to: address)
        #expect(bench.bindings.map(\.revocation) == [.agreedInforming])
        #expect(bench.visitors.map(\.revocation) == [.agreedInforming])
        return bench
    }

    @Test("An agent that has neither a binding nor a visit of a home address says so; one with a single role names that")
    func nothingToEnd() throws {
        let end = AgentChange.endBinding(homeAddress: IPv4Address(192, 0, 2, 77), careOfAddress: nil)
        var (both, home, foreign) = (try Self.bench(isDirect: true), RevocationLab.homeAgent(), RevocationLab.foreignAgent())
        let reasons = [both.apply(end), home.apply(end), foreign.apply(end)].compactMap { $0?.reason }
        #expect(reasons == ["binding or visit", "binding", "visit"].map { "192.0.2.77 has no \($0)" })
    }

    @Test("A revocation from a home domain ends the visit, one from a foreign domain the binding", arguments: [true, false])
    func direction(fromHome: Bool) throws {
        var bench = try Self.bench(isDirect: false)
        let source = fromHome ? Self.distant : Lab.foreignAgent
        let revocation = Revocation(fromHome: fromHome, RevocationLab.start &+ 1) {
            if fromHome { ($0.homeAgent, $0.careOfAddress) = (Self.distant.address, Self.address.address) }
        }
        bench.receive(revocation.octets, from: source, to: Self.address)
        #expect(bench.effects.datagrams.map(\.destination) == [source])
        #expect(bench.visitors.isEmpty == fromHome)
        #expect(bench.bindings.isEmpty == !fromHome)
    }

    @Test("An operator ends both, and each peer is informed in the direction of the agent's role")
    func operatorEndsBoth() throws {
        var bench = try Self.bench(isDirect: true)
        bench.advance(seconds: 5)
        let ended = bench.revoke(Lab.home)
        #expect(ended == 2)
        #expect(bench.bindings.isEmpty && bench.visitors.isEmpty)
        let sent = bench.sentRevocations
        #expect(sent.count == 2)
        let toNode = try #require(sent.first { $0.isFromHome })
        let toHomeAgent = try #require(sent.first { !$0.isFromHome })
        #expect(toNode.destination == TransportEndpoint(Lab.careOf, port: 434))
        #expect(toHomeAgent.destination == Self.distant)
        #expect(toNode.identifier != toHomeAgent.identifier)
        Revoker.homeAgent.acknowledge(&bench, toHomeAgent.identifier, from: Self.distant)
        #expect(bench.foreign.revocationsAcknowledged == 1)
        #expect(bench.home.revocationsAcknowledged == 0)
    }

    @Test("An agent's own revocation that comes back to it ends nothing", arguments: [true, false])
    func reflected(isDirect: Bool) throws {
        var bench = try Self.bench(isDirect: isDirect)
        bench.advance(seconds: 5)
        bench.revoke(Lab.home)
        let sent = bench.sentRevocations
        var again = try Self.bench(isDirect: isDirect)
        again.advance(seconds: 5)
        for revocation in sent { again.receive(revocation.octets, from: revocation.destination, to: Self.address) }
        #expect(again.bindings.count == 1 && again.visitors.count == 1)
        #expect(again.effects.datagrams.isEmpty)
        #expect(again.allDiscarded == 2)
    }
}
