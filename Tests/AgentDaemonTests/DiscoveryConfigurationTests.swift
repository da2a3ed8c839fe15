import AgentDaemon
import AgentModel
import DaemonSupport
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Configuration of redirection, identities, host configuration, services and experiments")
struct DiscoveryConfigurationTests {
    private static let home = "name: a\nhomeAgent:\n  addresses: [192.0.2.1]\n  homeNetworks: [10.0.0.0/8]\n"
    private static let foreign = "name: a\nforeignAgent:\n  addresses: [192.0.2.1]\n  careOfAddresses: [192.0.2.1]\n"

    private static func read(_ text: String) throws(ConfigurationMistakes) -> MobilityAgentConfiguration {
        try ConfigurationFile.read(text: text, named: "f.yaml", AgentDaemonConfiguration.init).agent
    }

    @Test("Without any of it, a home agent redirects nobody and offers nothing more, and no experiment is on")
    func defaults() throws {
        let agent = try Self.read(Self.home)
        let role = try #require(agent.homeAgent)
        #expect(role.redirects.isEmpty && role.redirectsWhenFull.isEmpty && role.homeAgentsByIdentity.isEmpty)
        #expect(role.identity == nil && role.aaaIdentity == nil && role.hostConfigurations.isEmpty)
        #expect(role.services.isEmpty && role.defaultService == nil && role.experimental.isEmpty)
        #expect(agent.settings.discovery == DiscoveryPolicy())
    }

    @Test("The settings of all agents are at the top level of the file")
    func settings() throws {
        let lines = "dynamicHomeAgent: false\nhostConfiguration: false\nserviceSelection: false\nexperimental: true\n"
        let policy = try Self.read(lines + Self.foreign).settings.discovery
        #expect(!policy.dynamicHomeAgent && !policy.hostConfiguration && !policy.serviceSelection && policy.experimental)
    }

    @Test("A home agent's redirections are read with their conditions")
    func redirects() throws {
        let role = try Self.read(
            Self.home + """
                  redirects:
                    - {careOfNetwork: 203.0.113.0/24, homeAgents: [192.0.2.2]}
                    - {realm: Example.ORG, above: 90000, homeAgents: [192.0.2.3, 192.0.2.4]}
                  redirectsWhenFull: [192.0.2.2]
                  homeAgentsByIdentity: {ha2@example.net: 192.0.2.2}
                """
        ).homeAgent
        let network = try #require(IPv4Prefix("203.0.113.0/24"))
        let realm = try #require(Realm("example.org"))
        #expect(
            role?.redirects == [
                RedirectRule(careOfNetwork: network, homeAgents: [IPv4Address(192, 0, 2, 2)]),
                RedirectRule(
                    realm: realm, above: 90000, homeAgents: [IPv4Address(192, 0, 2, 3), IPv4Address(192, 0, 2, 4)]),
            ])
        #expect(role?.redirectsWhenFull == [IPv4Address(192, 0, 2, 2)])
        let identity = try #require(NetworkAccessIdentifier("ha2@EXAMPLE.net"))
        #expect(role?.homeAgentsByIdentity == [identity: IPv4Address(192, 0, 2, 2)])
    }

    @Test("What a home agent gives its nodes besides a binding is read")
    func gifts() throws {
        let role = try Self.read(
            Self.home + """
                  identity: ha1@example.net
                  aaaIdentity: aaa1@example.net
                  hostConfigurations:
                    - {network: 10.0.0.0/8, prefixLength: 16, domainNameServers: [10.0.0.53, 10.0.1.53]}
                    - {network: 10.1.0.0/16, dhcpServer: 10.1.0.2, defaultGateway: 10.1.0.1, domainNameSuffix: home.example}
                  services:
                    - {service: voip, addressPool: [10.2.0.0-10.2.0.9], allowed: ["@voip.example", alice@example.net]}
                  defaultService: voip
                  experimental:
                    - {type: 127, subtype: 0, action: accept}
                    - {type: message, action: refuse}
                """
        ).homeAgent
        #expect(role?.identity?.value == "ha1@example.net" && role?.aaaIdentity?.value == "aaa1@example.net")
        let (wide, narrow) = (try #require(IPv4Prefix("10.0.0.0/8")), try #require(IPv4Prefix("10.1.0.0/16")))
        #expect(
            role?.hostConfigurations == [
                HostConfigurationEntry(
                    wide, prefixLength: 16, domainNameServers: [IPv4Address(10, 0, 0, 53), IPv4Address(10, 0, 1, 53)]),
                HostConfigurationEntry(
                    narrow, prefixLength: 16, dhcpServer: IPv4Address(10, 1, 0, 2), defaultGateway: IPv4Address(10, 1, 0, 1),
                    domainNameSuffix: "home.example"),
            ])
        let service = try #require(ServiceIdentifier("voip"))
        #expect(role?.services.map(\.service) == [service] && role?.defaultService == service)
        #expect(role?.services.first?.addressPool.map(\.description) == ["10.2.0.0-10.2.0.9"])
        #expect(role?.services.first?.allowed.map(\.description) == ["@voip.example", "alice@example.net"])
        #expect(
            role?.experimental == [ExperimentalRule(.nonSkippable, subtype: 0, .accept), ExperimentalRule(.message, .refuse)])
    }

    @Test("Where a foreign agent relays requests for any home agent is read, and the service of its visitors")
    func foreignAgent() throws {
        let role = try Self.read(
            Self.foreign + """
                  homeAgentsByIdentity: {ha1@example.net: 192.0.2.10}
                  homeAgentsByRealm:
                    - {realm: example.net, homeAgents: [192.0.2.10, 192.0.2.11]}
                  service: ims
                  experimental: [{type: 255, subtype: 9, action: refuse}]
                """
        ).foreignAgent
        let identity = try #require(NetworkAccessIdentifier("ha1@example.net"))
        let realm = try #require(Realm("EXAMPLE.net"))
        #expect(role?.homeAgentsByIdentity == [identity: IPv4Address(192, 0, 2, 10)])
        #expect(role?.homeAgentsByRealm == [realm: [IPv4Address(192, 0, 2, 10), IPv4Address(192, 0, 2, 11)]])
        #expect(role?.service == ServiceIdentifier("ims"))
        #expect(role?.experimental == [ExperimentalRule(.skippable, subtype: 9, .refuse)])
    }

    @Test(
        "A host configuration that no node would use is a mistake",
        arguments: [
            ("domainNameServers", "[127.0.0.53]"), ("defaultGateway", "0.0.0.5"), ("dhcpServer", "127.0.0.1"),
            ("domainNameSuffix", "home.123"), ("domainNameSuffix", "\"-a..b\""), ("configurationURL", "http://home.example/node"),
        ])
    func unusable(member: String, value: String) {
        let text = Self.home + "  hostConfigurations: [{network: 10.0.0.0/8, \(member): \(value)}]"
        let error = #expect(throws: ConfigurationMistakes.self) { try Self.read(text) }
        #expect(error?.mistakes.count == 1)
        #expect(error?.mistakes.first?.description.contains("homeAgent.hostConfigurations[0].\(member)") == true)
    }

    @Test(
        "A mistake is reported with its position, the value and what is expected",
        arguments: [
            (
                home + "  redirects: [{homeAgents: []}]",
                "f.yaml:5:28: homeAgent.redirects[0].homeAgents is empty; expected at least one element: a unicast IPv4 address such as 192.0.2.1"
            ),
            (
                home + "  redirects: [{homeAgents: [192.0.2.1]}]",
                "f.yaml:5:29: homeAgent.redirects[0].homeAgents[0]: '192.0.2.1' is invalid; expected a unicast address of another home agent, each only once"
            ),
            (
                home + "  redirects: [{realm: a@b, homeAgents: [192.0.2.2]}]",
                "f.yaml:5:23: homeAgent.redirects[0].realm: 'a@b' is invalid; expected a realm such as example.net"
            ),
            (
                home + "  homeAgentsByIdentity: {ha@a.example: 192.0.2.2, ha@A.example: 192.0.2.3}",
                "f.yaml:5:25: homeAgent.homeAgentsByIdentity: 'ha@A.example' is listed twice; the case of a realm does not matter; remove one of them"
            ),
            (
                home + "  addressesByNAI: {al@a.example: 10.0.0.2, al@A.EXAMPLE: 10.0.0.3}",
                "f.yaml:5:19: homeAgent.addressesByNAI: 'al@A.EXAMPLE' is listed twice; the case of a realm does not matter; remove one of them"
            ),
            (
                home + "  hostConfigurations: [{network: 10.0.0.0/8, domainNameSuffix: a b}]",
                "f.yaml:5:64: homeAgent.hostConfigurations[0].domainNameSuffix: 'a b' is invalid; expected a domain name of at most 245 bytes such as home.example"
            ),
            (
                home + "  hostConfigurations: [{domainNameServers: [10.0.0.53]}]",
                "f.yaml:5:24: 'homeAgent.hostConfigurations[0].network' is missing; add 'network:' with an IPv4 prefix with zero host bits such as 192.0.2.0/24"
            ),
            (
                home + "  services: [{service: ims, allowed: ['@a.example', '@A.example']}]",
                "f.yaml:5:53: homeAgent.services[0].allowed[1]: '@a.example' is listed twice; the case of a realm does not matter; remove one of them"
            ),
            (
                home + "  services: [{service: ims, allowed: [a.example]}]",
                "f.yaml:5:39: homeAgent.services[0].allowed[0]: 'a.example' is invalid; expected a network access identifier such as alice@example.net, or a realm with @ before it such as @example.net"
            ),
            (
                home + "  defaultService: ims",
                "f.yaml:5:19: homeAgent.defaultService: 'ims' is invalid; expected one of the services of this home agent"
            ),
            (
                home + "  experimental: [{type: 127, action: accept}]",
                "f.yaml:5:18: 'homeAgent.experimental[0].subtype' is missing; add 'subtype:' with a whole number 0 to 255"
            ),
            (
                home + "  experimental: [{type: 128, subtype: 1, action: accept}]",
                "f.yaml:5:25: homeAgent.experimental[0].type: '128' is invalid; expected one of 127, 255, message"
            ),
            (
                foreign
                    + "  homeAgentsByRealm:\n  - {realm: a.example, homeAgents: [192.0.2.2]}\n  - {realm: A.example, homeAgents: [192.0.2.3]}",
                "f.yaml:7:13: foreignAgent.homeAgentsByRealm[1].realm: 'a.example' is listed twice; the case of a realm does not matter; remove one of them"
            ),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: ConfigurationMistakes.self) { try Self.read(text) }
        #expect(error?.mistakes.map(\.description) == [message])
    }
}
