import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Requests for any home agent where a home agent and a foreign agent listen on one endpoint")
struct SharedEndpointTests {
    private static let other = IPv4Address(203, 0, 113, 80)

    private static func bench(
        acceptsAnyHomeAgent: Bool = true, _ change: (inout ForeignAgentConfiguration) -> Void = { _ in }
    ) -> Bench {
        var configuration = Lab.homeAgentConfiguration { $0.acceptsAnyHomeAgent = acceptsAnyHomeAgent }
        var role = ForeignAgentConfiguration(
            endpoints: [Lab.homeAgent], careOfAddresses: [Lab.foreignAgent.address], defaultHomeAgent: other)
        change(&role)
        configuration.foreignAgent = role
        #expect(configuration.problems.isEmpty)
        return Bench(configuration)
    }

    /// Extension 139, Sub-Type 1 (RFC 4433 §3.4).
    private static func requested(_ address: IPv4Address) -> [UInt8] {
        let (a, b, c, d) = address.octets
        return [139, 1, 0, 4, a, b, c, d]
    }

    private struct Example: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let isForHomeAgent: Bool
        var flags: RegistrationFlags = []
        var careOfAddress = Lab.foreignAgent.address
        var lifetime: UInt16 = 600
        var before: [UInt8] = []
    }

    private static let examples = [
        Example(testDescription: "a visitor", isForHomeAgent: false),
        Example(testDescription: "a visitor that leaves", isForHomeAgent: false, lifetime: 0),
        Example(testDescription: "a visitor that asks for another one", isForHomeAgent: false, before: requested(other)),
        Example(
            testDescription: "a visitor that asks for the home agent here", isForHomeAgent: true,
            before: requested(Lab.homeAgent.address)),
        Example(
            testDescription: "co-located", isForHomeAgent: true, flags: .decapsulationByMN, careOfAddress: Lab.careOf),
        Example(
            testDescription: "co-located, asks for another one", isForHomeAgent: false, flags: .decapsulationByMN,
            careOfAddress: Lab.careOf, before: requested(other)),
        Example(
            testDescription: "co-located, asks for the home agent here", isForHomeAgent: true, flags: .decapsulationByMN,
            careOfAddress: Lab.careOf, before: requested(Lab.homeAgent.address)),
        Example(testDescription: "at another foreign agent", isForHomeAgent: true, careOfAddress: Lab.careOf),
        Example(testDescription: "at home", isForHomeAgent: true, careOfAddress: Lab.home, lifetime: 0),
    ]

    @Test(
        "The home agent gets those that ask for it or do not use the foreign agent, which gets all others",
        arguments: examples, [.zero, .limitedBroadcast] as [IPv4Address])
    private func role(_ example: Example, field: IPv4Address) throws {
        var bench = Self.bench()
        let request = Request(visiting: bench) {
            ($0.homeAgent, $0.flags, $0.careOfAddress) = (field, example.flags, example.careOfAddress)
            ($0.lifetime, $0.before) = (example.lifetime, example.before)
        }
        let sent = bench.receive(request.octets, from: Lab.visitor)
        if example.isForHomeAgent {
            #expect(try Reply(sent)?.code == 0)
            #expect(sent?.destination == Lab.visitor)
            #expect(bench.home.requestsReceived == 1 && bench.foreign.requestsRelayed == 0)
        } else {
            #expect(sent?.payload == request.octets)
            #expect(sent?.destination == TransportEndpoint(Self.other, port: 434))
            #expect(bench.home.requestsReceived == 0 && bench.foreign.requestsRelayed == 1)
        }
    }

    @Test("A request for another home agent is relayed to that one, even if its Home Agent field has the one here")
    func otherThanField() {
        for (flags, acceptsAny) in [([], true), (.decapsulationByMN, true), ([], false)] as [(RegistrationFlags, Bool)] {
            var bench = Self.bench(acceptsAnyHomeAgent: acceptsAny)
            let request = Request(visiting: bench) { ($0.flags, $0.before) = (flags, Self.requested(Self.other)) }
            #expect(request.homeAgent == Lab.homeAgent.address)
            let sent = bench.receive(request.octets, from: Lab.visitor)
            #expect(sent?.payload == request.octets)
            #expect(sent?.destination == TransportEndpoint(Self.other, port: 434))
        }
    }

    /// The choice of the foreign agent for alice: the home agent here.
    private static let choices: [@Sendable (inout ForeignAgentConfiguration) -> Void] = [
        { $0.defaultHomeAgent = Lab.homeAgent.address },
        { if let realm = Realm("example.net") { $0.homeAgentsByRealm = [realm: [Lab.homeAgent.address]] } },
        { if let known = NetworkAccessIdentifier("ha1@x") { $0.homeAgentsByIdentity = [known: Lab.homeAgent.address] } },
    ]

    @Test("A visitor for which the foreign agent would choose the home agent here is served by it", arguments: choices.indices)
    func chosen(index: Int) throws {
        var bench = Self.bench(Self.choices[index])
        let request = Request(visiting: bench) {
            ($0.homeAgent, $0.nai) = (.zero, Lab.alice)
            $0.before = [136, 6, 1] + Array("ha1@x".utf8)
        }
        let sent = bench.receive(request.octets, from: Lab.visitor)
        #expect(try Reply(sent)?.code == 0)
        #expect(sent?.destination == Lab.visitor)
        #expect(bench.home.requestsReceived == 1 && bench.foreign.requestsRelayed == 0)
    }
}
