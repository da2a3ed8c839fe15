import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Redirection, identities, host configuration and services in the configuration of a home agent")
struct HomeAgentDiscoveryConfigurationTests {
    private static let other = IPv4Address(192, 0, 2, 2)
    private static let identity = NetworkAccessIdentifier(String(repeating: "n", count: 255))

    /// A configuration, and the path of its only problem; nil for none.
    private struct Example: CustomTestStringConvertible, Sendable {
        let path: String?
        let change: @Sendable (inout HomeAgentConfiguration) -> Void

        init(_ path: String?, _ change: @escaping @Sendable (inout HomeAgentConfiguration) -> Void) {
            self.path = path
            self.change = change
        }

        var testDescription: String { path ?? "valid" }
    }

    private static func services(_ names: [String], _ pools: [String] = []) -> [ServicePolicy] {
        names.enumerated().compactMap { index, name in
            let pool = index < pools.count ? IPv4AddressRange(pools[index]).map { [$0] } ?? [] : []
            return ServiceIdentifier(name).map { ServicePolicy($0, addressPool: pool) }
        }
    }

    private static func entries(_ change: (inout HostConfigurationEntry) -> Void) -> [HostConfigurationEntry] {
        Lab.homeNetwork.map {
            var entry = HostConfigurationEntry($0)
            change(&entry)
            return [entry]
        } ?? []
    }

    private static let examples = [
        Example(nil) {
            $0.redirects = [RedirectRule(homeAgents: [other])]
            $0.redirectsWhenFull = [other]
            $0.hostConfigurations = entries {
                $0.domainNameServers = [other]
                ($0.domainNameSuffix, $0.configurationURL) = ("home.example", "https://home.example/node")
            }
            $0.addressPool = IPv4AddressRange("192.0.2.20-192.0.2.29").map { [$0] } ?? []
            $0.services = services(["ims", "voip"], ["192.0.2.30-192.0.2.39", "192.0.2.40-192.0.2.49"])
            $0.defaultService = ServiceIdentifier("ims")
        },
        Example("homeAgent.redirects[0].homeAgents") { $0.redirects = [RedirectRule(homeAgents: [])] },
        Example("homeAgent.redirects[0].homeAgents[1]") { $0.redirects = [RedirectRule(homeAgents: [other, other])] },
        Example("homeAgent.redirectsWhenFull[0]") { $0.redirectsWhenFull = [Lab.homeAgent.address] },
        Example("homeAgent.redirectsWhenFull[0]") { $0.redirectsWhenFull = [IPv4Address(224, 0, 0, 11)] },
        Example("homeAgent.identity") { $0.identity = identity },
        Example("homeAgent.hostConfigurations[1].network") { $0.hostConfigurations = entries { _ in } + entries { _ in } },
        Example("homeAgent.hostConfigurations[0].prefixLength") {
            $0.hostConfigurations = entries { $0.prefixLength = 33 }
        },
        Example("homeAgent.hostConfigurations[0].domainNameServers") {
            $0.hostConfigurations = entries { $0.domainNameServers = [other, other, other] }
        },
        Example("homeAgent.hostConfigurations[0].defaultGateway") {
            $0.hostConfigurations = entries { $0.defaultGateway = .zero }
        },
        Example("homeAgent.hostConfigurations[0].domainNameSuffix") {
            $0.hostConfigurations = entries { $0.domainNameSuffix = "home example" }
        },
        Example("homeAgent.hostConfigurations[0].configurationURL") {
            $0.hostConfigurations = entries { $0.configurationURL = String(repeating: "u", count: 246) }
        },
        Example("homeAgent.services[1].service") { $0.services = services(["ims", "ims"]) },
        Example("homeAgent.services[1].addressPool[0]") {
            $0.services = services(["ims", "voip"], ["192.0.2.20-192.0.2.29", "192.0.2.29-192.0.2.39"])
        },
        Example("homeAgent.services[0].addressPool[0]") {
            $0.addressPool = IPv4AddressRange("192.0.2.20-192.0.2.29").map { [$0] } ?? []
            $0.services = services(["ims"], ["192.0.2.0/24"])
        },
        Example("homeAgent.defaultService") { $0.defaultService = ServiceIdentifier("ims") },
        Example("homeAgent.experimental[1]") {
            $0.experimental = [ExperimentalRule.Action.accept, .refuse].map { ExperimentalRule(.skippable, subtype: 1, $0) }
        },
    ]

    @Test("Each mistake is reported where it is", arguments: examples)
    private func problems(_ example: Example) {
        let problems = Lab.homeAgentConfiguration([Lab.association()], example.change).problems
        #expect(problems.map(\.path) == (example.path.map { [$0] } ?? []))
    }

    @Test(
        "A pattern of identifiers is one of them, or a realm behind @",
        arguments: [
            ("alice@example.net", "alice@EXAMPLE.net", true), ("alice@example.net", "Alice@example.net", false),
            ("@Example.net", "alice@example.NET", true), ("@example.net", "alice@sub.example.net", false),
            ("@example.net", "alice", false), ("alice", "alice", true),
        ])
    func pattern(text: String, identifier: String, matches: Bool) throws {
        let pattern = try #require(NAIPattern(text))
        #expect(pattern.matches(try #require(NetworkAccessIdentifier(identifier))) == matches)
        #expect(NAIPattern(pattern.description) == pattern)
    }

    @Test("A text that is neither is no pattern", arguments: ["", "@", "@a b", "@a@b"])
    func noPattern(text: String) { #expect(NAIPattern(text) == nil) }
}
