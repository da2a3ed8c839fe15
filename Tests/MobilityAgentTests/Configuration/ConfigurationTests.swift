import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite struct ConfigurationTests {
    private static let mistakes: [(String, @Sendable (inout MobilityAgentConfiguration) -> Void)] = [
        ("name", { $0.name = "" }),
        ("maximumViolators", { $0.maximumViolators = 0 }),
        ("maximumAlarmsPerSecond", { $0.maximumAlarmsPerSecond = 0 }),
        ("roles", { ($0.homeAgent, $0.foreignAgent) = (nil, nil) }),
        ("homeAgent.endpoints", { $0.homeAgent?.endpoints = [] }),
        ("homeAgent.endpoints[0]", { $0.homeAgent?.endpoints = [TransportEndpoint(.zero, port: 434)] }),
        ("homeAgent.homeNetworks", { $0.homeAgent?.homeNetworks = [] }),
        ("homeAgent.maximumLifetime", { $0.homeAgent?.maximumLifetime = 0 }),
        ("homeAgent.maximumBindings", { $0.homeAgent?.settings.limits.maximumBindings = 0 }),
        ("homeAgent.maximumBindingsPerNode", { $0.homeAgent?.maximumBindingsPerNode = 0 }),
        ("homeAgent.maximumMobileNodes", { $0.homeAgent?.maximumMobileNodes = 0 }),
        ("homeAgent.encapsulations", { $0.homeAgent?.encapsulations = [.gre] }),
        ("foreignAgent.endpoints", { $0.foreignAgent?.endpoints = [] }),
        ("foreignAgent.careOfAddresses", { $0.foreignAgent?.careOfAddresses = [] }),
        ("foreignAgent.careOfAddresses[0]", { $0.foreignAgent?.careOfAddresses = [.limitedBroadcast] }),
        ("foreignAgent.homeAgentPort", { $0.foreignAgent?.homeAgentPort = 0 }),
        ("foreignAgent.maximumLifetime", { $0.foreignAgent?.maximumLifetime = 0 }),
        ("foreignAgent.maximumVisitors", { $0.foreignAgent?.settings.limits.maximumVisitors = 0 }),
        ("foreignAgent.maximumPending", { $0.foreignAgent?.maximumPending = 0 }),
        ("foreignAgent.pendingTimeout", { $0.foreignAgent?.pendingTimeout = 61 }),
        ("foreignAgent.encapsulations", { $0.foreignAgent?.encapsulations = [] }),
        (
            "securityAssociations[1]", { $0.securityAssociations.append($0.securityAssociations[0]) }
        ),
        (
            "securityAssociations[0].spi",
            { $0.securityAssociations = [Lab.association(spi: SecurityParameterIndex(rawValue: 255))] }
        ),
        ("securityAssociations[0].key", { $0.securityAssociations = [Lab.association(key: AuthenticationKey(octets: []))] }),
        ("securityAssociations[0].replayTolerance", { $0.securityAssociations = [Lab.association(tolerance: 0)] }),
        ("securityAssociations[0].ownRole", { $0.securityAssociations = [Lab.association(ownRole: .mobileNode)] }),
        (
            "securityAssociations[0].peer",
            { $0.securityAssociations = Lab.alice.map { [Lab.association(.nai($0), .foreignAgent)] } ?? [] }
        ),
    ]

    private static var right: MobilityAgentConfiguration {
        var configuration = Lab.homeAgentConfiguration([Lab.association()])
        configuration.foreignAgent = Lab.foreignAgentConfiguration().foreignAgent
        return configuration
    }

    @Test("A valid configuration has no problems")
    func noProblem() {
        #expect(Self.right.problems.isEmpty)
    }

    @Test("Each error is reported with its path, and does not make an agent trap", arguments: mistakes)
    func problem(path: String, change: @Sendable (inout MobilityAgentConfiguration) -> Void) {
        var configuration = Self.right
        change(&configuration)
        #expect(configuration.problems.map(\.path) == [path])
        var bench = Bench(configuration)
        bench.receive(Request(bench).octets)
        bench.receive(Request(visiting: bench).octets, to: Lab.foreignAgent)
        bench.advance(seconds: 1000)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("An agent's information follows its configuration")
    func information() {
        let information = Bench(Self.right).agent.information
        #expect(information.roles == [.foreignAgent, .homeAgent])
        #expect(information.addresses.map(\.address) == [Lab.homeAgent.address, Lab.foreignAgent.address])
        #expect(information.careOfAddresses == [Lab.foreignAgent.address])
        #expect(information.encapsulations == [.ipInIp])
        #expect(information.maximumBindings == 100_000)
        #expect(information.enabled)
        #expect(!information.busy)
    }
}
