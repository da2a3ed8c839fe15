import AgentDaemon
import AgentModel
import DaemonSupport
import Foundation
import Logging
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

extension AgentDaemon {
    convenience init(text: String) throws {
        self.init(
            configuration: try ConfigurationFile.read(text: text, named: "f.yaml", AgentDaemonConfiguration.init),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

@Suite("Configuration of mip-agentd")
struct ConfigurationTests {
    private static let example = BuiltProducts.repository + "/docs/examples/mip-agentd.yaml"

    private func readExample(withAllSettings isComplete: Bool = false) throws -> AgentDaemonConfiguration {
        let directory = try TemporaryDirectory()
        try directory.write("8c3f0b1e5d7a92c4460fe3b1d95a7c20\n", to: "alice.key")
        let text = try String(contentsOfFile: Self.example, encoding: .utf8)
        return try ConfigurationFile.read(
            try directory.write(isComplete ? text.withAllSettings : text, to: "a.yaml"), AgentDaemonConfiguration.init)
    }

    @Test("The documented example loads")
    func example() throws {
        let configuration = try readExample()
        #expect(configuration.agent.homeAgent?.endpoints == [TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)])
        #expect(configuration.agent.securityAssociations.map(\.association.algorithm) == [.hmacMD5, .hmacSHA256, .hmacMD5])
        #expect(configuration.agent.problems.isEmpty)
    }

    @Test("The documented example, as it is, refuses no node for its service and redirects none")
    func harmless() throws {
        let agent = try readExample().agent
        let home = try #require(agent.homeAgent)
        #expect(home.services.isEmpty && home.defaultService == nil && home.experimental.isEmpty)
        #expect(home.redirects.isEmpty && home.redirectsWhenFull.isEmpty && agent.foreignAgent?.service == nil)
    }

    @Test("The home agents of a foreign agent and the rate for others are read")
    func homeAgents() throws {
        let text = """
            name: foreign
            foreignAgent:
              addresses: [198.51.100.1]
              careOfAddresses: [198.51.100.1]
              homeAgents: [192.0.2.1/32, 203.0.113.0/24]
              unprovenHomeAgentRate: 0
            """
        let role = try ConfigurationFile.read(text: text, named: "f.yaml", AgentDaemonConfiguration.init).agent.foreignAgent
        #expect(role?.homeAgents.map(\.description) == ["192.0.2.1/32", "203.0.113.0/24"])
        #expect(role?.settings.foreignAgent.unprovenHomeAgentRate == 0)
    }

    @Test("The defaults stated in the example are the actual defaults")
    func defaults() throws {
        let text = """
            name: home
            homeAgent:
              addresses: [192.0.2.1]
              homeNetworks: [192.0.2.0/24]
              addressesByNAI: {alice@example.net: 192.0.2.77}
              addressPool: [192.0.2.100-192.0.2.199]
              addressRetention: 86400
              knownVendorExtensions: [4660/1]
              redirects: [{careOfNetwork: 203.0.113.0/24, realm: example.org, above: 90000, homeAgents: [192.0.2.2, 192.0.2.3]}]
              redirectsWhenFull: [192.0.2.2]
              homeAgentsByIdentity: {ha2@example.net: 192.0.2.2}
              identity: ha1@example.net
              aaaIdentity: aaa1@example.net
              hostConfigurations:
                - network: 192.0.2.0/24
                  domainNameServers: [192.0.2.53]
                  dhcpServer: 192.0.2.67
                  defaultGateway: 192.0.2.254
                  domainNameSuffix: home.example
                  configurationURL: https://home.example/node
              services:
                - service: ims
                - {service: voip, addressPool: [192.0.2.200-192.0.2.209], allowed: ["@example.net", bob@example.org]}
              defaultService: ims
              experimental: [{type: 255, subtype: 1, action: accept}]
            foreignAgent:
              challenge: {window: 2}
              addresses: [198.51.100.1]
              careOfAddresses: [198.51.100.1]
              relayAddress: 198.51.100.1
              homeAgentsByIdentity: {ha1@example.net: 192.0.2.1}
              homeAgentsByRealm: [{realm: example.net, homeAgents: [192.0.2.1, 192.0.2.2]}]
              defaultHomeAgent: 192.0.2.1
              service: ims
            interfaces:
              - name: eth1
                address: 192.0.2.1
                services: [homeAgent]
                advertise: {prefixLength: true, nai: home-agent@example.net, challenge: 8}
            forwarding: {device: mip0}
            authenticationServerAssociations: [{peer: alice@example.net, spi: 2, key: "00"}]
            securityAssociations:
              - {peer: 192.0.2.0/24, spi: 256, key: "00"}
              - {peer: alice@example.net, spi: 257, algorithm: hmac-sha256, key: "00"}
              - {peer: 198.51.100.1, peerRole: foreignAgent, ownRole: homeAgent, spi: 1000, key: "00"}
            """
        let least = try ConfigurationFile.read(text: text, named: "f.yaml", AgentDaemonConfiguration.init)
        var (shownLeast, shownExample) = ("", "")
        dump(least, to: &shownLeast)
        dump(try readExample(withAllSettings: true), to: &shownExample)
        #expect(shownLeast == shownExample)
        #expect(!shownExample.contains("8c3f0b1e"))
    }

    private static let base = """
        name: a
        homeAgent: {addresses: [192.0.2.1], homeNetworks: [10.0.0.0/8]}

        """

    @Test(
        "A mistake is reported with its position, the value and what is expected",
        arguments: [
            ("name: a\n", "f.yaml:1:1: this agent has no role; add 'homeAgent:', 'foreignAgent:' or both"),
            (
                "name: a\nhomeAgent: {homeNetworks: [10.0.0.0/8]}",
                "f.yaml:2:12: 'homeAgent.addresses' is missing; add 'addresses:' with a list, each element an IPv4 address with or without a port, such as 192.0.2.1 or 192.0.2.1:434"
            ),
            (
                "name: a\nhomeAgent: {addresses: [192.0.2.1]}",
                "f.yaml:2:12: homeAgent.homeNetworks: 'none' is invalid; expected at least one home network, fixed address or address pool"
            ),
            (
                "name: a\nhomeAgent: {addresses: [192.0.2.1, 192.0.2.1:434], homeNetworks: [10.0.0.0/8]}",
                "f.yaml:2:36: homeAgent.addresses[1]: '192.0.2.1:434' is listed twice; remove one of them"
            ),
            (
                "name: a\nhomeAgent: {addresses: [192.0.2.1], homeNetworks: [10.0.0.0/8], maximumLifetime: 0}",
                "f.yaml:2:82: homeAgent.maximumLifetime: '0' is invalid; expected 1 to 65534 seconds, or infinity"
            ),
            (
                "name: a\nhomeAgent: {addresses: [192.0.2.1], homeNetworks: [10.0.0.0/8], encapsulations: [gre]}",
                "f.yaml:2:81: homeAgent.encapsulations: 'gre' is invalid; expected ipInIp and any others that the tunnels support"
            ),
            (
                "name: a\nhomeAgent: {addresses: [192.0.2.1], addressPool: [10.0.0.9-10.0.0.1]}",
                "f.yaml:2:51: homeAgent.addressPool[0]: '10.0.0.9-10.0.0.1' is invalid; expected addresses such as 192.0.2.10-192.0.2.99 or 192.0.2.0/24"
            ),
            (
                "name: a\nhomeAgent: {addresses: [192.0.2.1], addressesByNAI: {alice: 10.0.0.1}}",
                "f.yaml:2:54: homeAgent.addressesByNAI: 'alice' is invalid; expected a network access identifier such as alice@example.net"
            ),
            (
                "name: a\nforeignAgent: {addresses: [192.0.2.1]}",
                "f.yaml:2:15: 'foreignAgent.careOfAddresses' is missing; add 'careOfAddresses:' with a list, each element a unicast IPv4 address such as 192.0.2.1"
            ),
            (
                "name: a\nforeignAgent: {addresses: [192.0.2.1], careOfAddresses: [192.0.2.1], pendingTimeout: 61}",
                "f.yaml:2:86: foreignAgent.pendingTimeout: '61' is invalid; expected a whole number 1 to 60 seconds"
            ),
            (
                base + "control: /" + String(repeating: "x", count: 107),
                "f.yaml:3:10: control: '/" + String(repeating: "x", count: 79)
                    + "…' is invalid; expected a path of at most 107 bytes"
            ),
            (
                "name: a\nforeignAgent: {addresses: [192.0.2.1], careOfAddresses: [192.0.2.1], relayAddress: 192.0.2.1:435}",
                "f.yaml:2:84: foreignAgent.relayAddress: '192.0.2.1:435' is invalid; expected one of foreignAgent.addresses"
            ),
            (
                base + "receiveBuffer: 1",
                "f.yaml:3:16: receiveBuffer: '1' is invalid; expected a whole number 4096 to 1073741824 bytes"
            ),
            (
                base + "securityAssociations: [{peer: 10.0.0.1, spi: 1, key: 00}]",
                "f.yaml:3:46: securityAssociations[0].spi: '1' is invalid; expected 256 to 4294967295, or 2 for CHAP"
            ),
            (
                base + "securityAssociations: [{peer: 10.0.0, spi: 256, key: 00}]",
                "f.yaml:3:31: securityAssociations[0].peer: '10.0.0' is invalid; expected an address, a prefix with zero host bits, or a network access identifier, such as 192.0.2.7, 192.0.2.0/24 or alice@example.net"
            ),
            (
                base + "securityAssociations: [{peer: 10.0.0.1, spi: 256, key: secret}]",
                "f.yaml:3:56: securityAssociations[0].key: the value (not shown) is invalid; expected pairs of hexadecimal digits, at least one"
            ),
            (
                base + "securityAssociations: [{peer: 10.0.0.1, spi: 256, key: 00, algorithm: md5}]",
                "f.yaml:3:71: securityAssociations[0].algorithm: 'md5' is invalid; expected one of hmac-md5, prefix-suffix-md5, hmac-sha1, hmac-sha256"
            ),
            (
                base + "securityAssociations: [{peer: 10.0.0.1, spi: 256, key: 00}, {peer: 10.0.0.1, spi: 256, key: 01}]",
                "f.yaml:3:61: securityAssociations[1]: '10.0.0.1 SPI 256' is invalid; expected each peer and SPI only once"
            ),
            (
                base + "securityAssociations: [{peer: a@b, peerRole: foreignAgent, spi: 256, key: 00}]",
                "f.yaml:3:31: securityAssociations[0].peer: 'a@b' is invalid; expected an address or a prefix; only mobile nodes have an NAI"
            ),
            (
                "name: a\nhomeAgent: {addresses: [192.0.2.1], addressPool: [10.0.0.01-10.0.0.09]}",
                "f.yaml:2:51: homeAgent.addressPool[0]: '10.0.0.01-10.0.0.09' is invalid; expected addresses such as 192.0.2.10-192.0.2.99 or 192.0.2.0/24; write 10.0.0.1-10.0.0.9"
            ),
            (
                base + "durability: disk",
                "f.yaml:3:13: durability: 'disk' has no effect; expected with 'state', which names the state store"
            ),
            (
                base + "state: /run/a\ndurability: safe",
                "f.yaml:4:13: durability: 'safe' is invalid; expected one of memory, process, disk"
            ),
            (base + "homeAgnet: {}", "f.yaml:3:1: 'homeAgnet' is not a setting of this file; did you mean 'homeAgent'?"),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(text: text, named: "f.yaml", AgentDaemonConfiguration.init)
        }
        #expect(error?.mistakes.map(\.description) == [message])
    }
}
