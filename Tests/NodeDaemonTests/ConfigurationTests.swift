import AgentModel
import DaemonSupport
import Foundation
import MIPTesting
import MobileIPv4
import MobileNode
import NodeDaemon
import Testing

@Suite("Configuration of mip-node run")
struct ConfigurationTests {
    static let example = BuiltProducts.repository + "/docs/examples/mip-node.yaml"

    /// The minimal configuration of a node.
    static let base = """
        name: n
        interface: eth0
        home: {agent: 192.0.2.1, address: 192.0.2.10}
        association: {spi: 256, key: "00"}

        """

    /// The example without the mode of its file, which depends on how the repository was cloned.
    static func readExample() throws -> NodeDaemonConfiguration {
        try read(try String(contentsOfFile: example, encoding: .utf8))
    }

    static func read(_ text: String) throws(ConfigurationMistakes) -> NodeDaemonConfiguration {
        try ConfigurationFile.read(text: text, named: "f.yaml", NodeDaemonConfiguration.init)
    }

    @Test("The documented example loads with the values it contains")
    func example() throws {
        let configuration = try Self.readExample()
        #expect(configuration.name == "node")
        #expect(configuration.controlSocketPath == "/run/mip-mib/node.sock")
        #expect(configuration.interface == "eth0")
        #expect(configuration.homeGateway == IPv4Address(192, 0, 2, 1))
        let node = configuration.node
        #expect(node.homeAgent == TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434))
        #expect(node.homeAddress == IPv4Address(192, 0, 2, 10))
        #expect(node.homeNetwork == IPv4Prefix(containing: IPv4Address(192, 0, 2, 0), length: 24))
        #expect(node.nai == NetworkAccessIdentifier("alice@example.net"))
        #expect(node.spi == SecurityParameterIndex(rawValue: 256))
        #expect(node.mobileForeign?.spi == SecurityParameterIndex(rawValue: 300))
        #expect(node.authenticationServer?.spi == .chap)
        #expect(node.vendorExtensions.map(\.content.value) == [[0x0A, 0x0B]])
        #expect(node.vendorExtensions.map(\.addressee) == [.homeAgent])
        #expect(node.knownVendorExtensions.count == 1)
        #expect(node.otherHomeAgents == [IPv4Address(192, 0, 2, 2)])
        #expect(configuration.movement.homeAgent == node.homeAgent.address)
        #expect(configuration.movement.homeNetwork == node.homeNetwork)
    }

    @Test("The documented example, as it is, changes no resolver and selects no service")
    func harmless() throws {
        let configuration = try Self.readExample()
        #expect(configuration.resolver == .off)
        #expect(configuration.node.service == nil && configuration.node.experimentalExtensions.isEmpty)
    }

    @Test("The defaults documented in the example are the defaults, and no key is shown")
    func defaults() throws {
        let least = try Self.read(
            """
            name: node
            interface: eth0
            home: {agent: 192.0.2.1, address: 192.0.2.10, network: 192.0.2.0/24, gateway: 192.0.2.1}
            nai: alice@example.net
            association: {spi: 256, key: "00"}
            foreignAgentAssociation: {spi: 300, key: "00"}
            authenticationServerAssociation: {spi: 2, key: "00"}
            vendorExtensions: [{vendor: 9, type: 1, value: 0a0b}]
            knownVendorExtensions: [4660/1]
            otherHomeAgents: [192.0.2.2]
            homeAgentIdentity: ha1@example.net
            service: ims
            resolver: {mode: resolvConf}
            experimentalExtensions: [{subtype: 1, value: 0a0b}]
            """)
        var (shownLeast, shownExample) = ("", "")
        dump(least, to: &shownLeast)
        dump(try Self.read(try String(contentsOfFile: Self.example, encoding: .utf8).withAllSettings), to: &shownExample)
        #expect(shownLeast == shownExample)
        #expect(!shownExample.contains("00112233"))
    }

    @Test("Settings are read with their given values")
    func settings() throws {
        let configuration = try Self.read(
            Self.base + """
                lifetime: infinity
                reverseTunnel: encapsulating
                adaptsReverseTunnel: false
                encapsulation: minEnc
                tries: 20
                eager: false
                foreignAgentPort: 4340
                device: tun9
                routeProtocol: 254
                routeTable: 4294967295
                vendorExtensions: [{vendor: 16777215, type: 65535, value: ff, critical: true, for: foreignAgent}]
                """)
        #expect(configuration.node.lifetime == .max)
        #expect(configuration.node.reverseTunnel == .encapsulating)
        #expect(!configuration.node.adaptsReverseTunnel)
        #expect(configuration.node.flags == .minEnc)
        #expect(configuration.node.tries == 20)
        #expect(!configuration.movement.isEager)
        #expect(configuration.movement.foreignAgentPort == 4340)
        #expect(configuration.device == "tun9")
        #expect(configuration.routeProtocol == 254)
        #expect(configuration.routeTable == .max)
        #expect(configuration.node.vendorExtensions.first?.isCritical == true)
        #expect(configuration.node.vendorExtensions.first?.addressee == .foreignAgent)
    }

    @Test(
        "A mistake is reported with its place, the value and what is expected",
        arguments: [
            (
                "interface: eth0\nhome: {agent: 192.0.2.1, address: 192.0.2.10}\nassociation: {spi: 256, key: 00}",
                "f.yaml:1:1: 'name' is missing; add 'name:' with 1 to 32 letters, digits, '.', '_' or '-', beginning with a letter or digit"
            ),
            (
                "name: n\nhome: {agent: 192.0.2.1, address: 192.0.2.10}\nassociation: {spi: 256, key: 00}",
                "f.yaml:1:1: 'interface' is missing; add 'interface:' with the name of an interface such as eth0"
            ),
            (
                "name: n\ninterface: eth0\nassociation: {spi: 256, key: 00}",
                "f.yaml:1:1: 'home' is missing; add 'home:' with agent and address"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2.1, address: 192.0.2.10}",
                "f.yaml:1:1: 'association' is missing; add 'association:' with spi and key"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2.1}\nassociation: {spi: 256, key: 00}",
                "f.yaml:3:7: the node has neither home address nor nai; add 'address:' here, or 'nai:' to be assigned one"
            ),
            (
                "name: n\ninterface: a-name-too-long-\nhome: {agent: 192.0.2.1, address: 192.0.2.10}\nassociation: {spi: 256, key: 00}",
                "f.yaml:2:12: interface: 'a-name-too-long-' is invalid; expected the name of an interface such as eth0"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2, address: 192.0.2.10}\nassociation: {spi: 256, key: 00}",
                "f.yaml:3:15: home.agent: '192.0.2' is invalid; expected any, 255.255.255.255, or an IPv4 address with or without a port, such as 192.0.2.1 or 192.0.2.1:434"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2.1, address: 224.0.0.1}\nassociation: {spi: 256, key: 00}",
                "f.yaml:3:35: home.address: '224.0.0.1' is invalid; expected a unicast IPv4 address such as 192.0.2.1"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2.1, address: 192.0.2.10, network: 192.0.2.1/24}\nassociation: {spi: 256, key: 00}",
                "f.yaml:3:56: home.network: '192.0.2.1/24' is invalid; expected an IPv4 prefix with zero host bits such as 192.0.2.0/24"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2.1, address: 192.0.3.10, network: 192.0.2.0/24}\nassociation: {spi: 256, key: 00}",
                "f.yaml:3:35: home.address: '192.0.3.10' is invalid; expected an address of 192.0.2.0/24"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2.1, address: 192.0.2.10}\nassociation: {spi: 255, key: 00}",
                "f.yaml:4:20: association.spi: '255' is invalid; expected 256 to 4294967295, or 2 for CHAP"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2.1, address: 192.0.2.10}\nassociation: {spi: 256, key: secret}",
                "f.yaml:4:30: association.key: the value (not shown) is invalid; expected pairs of hexadecimal digits, at least one"
            ),
            (
                "name: n\ninterface: eth0\nhome: {agent: 192.0.2.1, address: 192.0.2.10}\nassociation: {spi: 256}",
                "f.yaml:4:14: 'association.key' is missing; add 'key:' with pairs of hexadecimal digits, at least one, or 'keyFile:' with a path"
            ),
            (base + "lifetime: 0", "f.yaml:5:11: lifetime: '0' is invalid; expected 1 to 65534 seconds, or infinity"),
            (
                base + "reverseTunnel: both",
                "f.yaml:5:16: reverseTunnel: 'both' is invalid; expected one of none, direct, encapsulating"
            ),
            (
                base + "encapsulation: ipip",
                "f.yaml:5:16: encapsulation: 'ipip' is invalid; expected one of ipInIp, gre, minEnc"
            ),
            (base + "tries: 21", "f.yaml:5:8: tries: '21' is invalid; expected a whole number 1 to 20"),
            (base + "eager: perhaps", "f.yaml:5:8: eager: 'perhaps' is invalid; expected true or false"),
            (
                base + "foreignAgentPort: 0",
                "f.yaml:5:19: foreignAgentPort: '0' is invalid; expected a port number 1 to 65535"
            ),
            (
                base + "device: elevenchars",
                "f.yaml:5:9: device: 'elevenchars' is invalid; expected 1 to 10 letters and digits such as mip0"
            ),
            (base + "routeProtocol: 255", "f.yaml:5:16: routeProtocol: '255' is invalid; expected a whole number 5 to 254"),
            (base + "routeTable: 0", "f.yaml:5:13: routeTable: '0' is invalid; expected a whole number 1 to 4294967295"),
            (
                base + "nai: alice",
                "f.yaml:5:6: nai: 'alice' is invalid; expected a network access identifier such as alice@example.net"
            ),
            (
                base + "vendorExtensions: [{vendor: 9, type: 70000, value: 0a}]",
                "f.yaml:5:38: vendorExtensions[0].type: '70000' is invalid; expected a whole number 0 to 65535"
            ),
            (
                base + "vendorExtensions: [{vendor: 9, type: 1, value: 0a0}]",
                "f.yaml:5:48: vendorExtensions[0].value: '0a0' is invalid; expected up to 247 bytes in hexadecimal digits"
            ),
            (
                base + "vendorExtensions: [{vendor: 9, type: 1, value: 0a, for: anybody}]",
                "f.yaml:5:57: vendorExtensions[0].for: 'anybody' is invalid; expected one of homeAgent, foreignAgent"
            ),
            (
                base + "knownVendorExtensions: [9/x]",
                "f.yaml:5:25: knownVendorExtensions[0]: '9/x' is invalid; expected a vendor's number (up to 16777215) with or without a type, such as 9/14"
            ),
            (
                base + "otherHomeAgents: [0.0.0.0]",
                "f.yaml:5:19: otherHomeAgents[0]: '0.0.0.0' is invalid; expected a unicast IPv4 address such as 192.0.2.1"
            ),
            (
                base + "foreignAgentAssociation: {key: 00}",
                "f.yaml:5:26: 'foreignAgentAssociation.spi' is missing; add 'spi:' with 256 to 4294967295, or 2 for CHAP"
            ),
            (base + "lifetme: 3", "f.yaml:5:1: 'lifetme' is not a setting of this file; did you mean 'lifetime'?"),
            (base + "name: m", "f.yaml:1:1: 'name' is given more than once in this section; keep one of them"),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: ConfigurationMistakes.self) { try Self.read(text) }
        #expect(error?.mistakes.map(\.description) == [message])
    }

    @Test("All mistakes of a file are reported at once, in the order of their places")
    func several() {
        let error = #expect(throws: ConfigurationMistakes.self) {
            try Self.read(Self.base + "tries: 0\nlifetime: long\nnetwork: 10.0.0.0/8")
        }
        #expect(
            error?.mistakes.map(\.description).map { $0.prefix(12) }
                == ["f.yaml:5:8: t", "f.yaml:6:11:", "f.yaml:7:1: "].map { $0.prefix(12) })
    }
}
