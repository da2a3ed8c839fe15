import AgentModel
import DaemonSupport
import MobileIPv4
import MobileNode
import Testing

@testable import NodeDaemon

@Suite("Configuration of how a node finds its home agent, and of what it asks for")
struct DiscoveryConfigurationTests {
    private static func read(_ text: String) throws(ConfigurationMistakes) -> NodeDaemonConfiguration {
        try ConfigurationFile.read(text: text, named: "f.yaml", NodeDaemonConfiguration.init)
    }

    /// A node that is configured with nothing but its identifier and key.
    private static func searching(_ agent: String = "any", _ more: String = "") -> String {
        """
        name: n
        interface: eth0
        home: {agent: \(agent)}
        nai: alice@example.net
        association: {spi: 256, key: "00"}

        """ + more
    }

    private static let fixed = """
        name: n
        interface: eth0
        home: {agent: 192.0.2.1, address: 192.0.2.10}
        association: {spi: 256, key: "00"}

        """

    @Test(
        "A node may leave the choice of its home agent open",
        arguments: [
            ("any", IPv4Address.zero, 434), ("0.0.0.0", .zero, 434), ("255.255.255.255", .limitedBroadcast, 434),
            ("any:4340", .zero, 4340), ("255.255.255.255:4340", .limitedBroadcast, 4340),
        ] as [(String, IPv4Address, UInt16)])
    func anyHomeAgent(word: String, address: IPv4Address, port: UInt16) throws {
        let node = try Self.read(Self.searching("\"\(word)\"")).node
        #expect(node.homeAgent == TransportEndpoint(address, port: port))
        #expect(node.homeAddress == .zero && node.homeAgentHint == nil && node.fallbackHomeAgent == nil)
        #expect(node.allowedHomeAgents.isEmpty && !node.asksForHostConfiguration)
    }

    @Test("What narrows the search is read, and what the node asks for besides")
    func search() throws {
        let configuration = try Self.read(
            Self.searching(
                "any",
                """
                homeAgentHint: 192.0.2.1
                fallbackHomeAgent: 192.0.2.2
                allowedHomeAgents: [192.0.2.0/24]
                homeAgentIdentity: ha1@example.net
                service: voip
                asksForHostConfiguration: true
                experimentalExtensions: [{subtype: 255, critical: true, for: foreignAgent}]
                hostConfiguration: false
                experimental: true
                """))
        let node = configuration.node
        #expect(node.homeAgentHint == IPv4Address(192, 0, 2, 1) && node.fallbackHomeAgent == IPv4Address(192, 0, 2, 2))
        #expect(node.allowedHomeAgents.map(\.description) == ["192.0.2.0/24"])
        #expect(node.homeAgentIdentity?.value == "ha1@example.net" && node.service?.value == "voip")
        #expect(node.asksForHostConfiguration)
        let experiment = NodeExperimentalExtension(isCritical: true, addressee: .foreignAgent, subtype: 255, content: [])
        #expect(node.experimentalExtensions == [experiment])
        let policy = configuration.settings.discovery
        #expect(policy.dynamicHomeAgent && !policy.hostConfiguration && policy.serviceSelection && policy.experimental)
    }

    @Test(
        "A node whose machine uses the host configuration asks for it",
        arguments: [
            ("{mode: off}", .off), ("{mode: resolvectl}", .resolvectl(program: "/usr/bin/resolvectl")),
            ("{mode: resolvectl, program: /opt/resolvectl}", .resolvectl(program: "/opt/resolvectl")),
            ("{mode: resolvConf}", .resolvConf(path: "/etc/resolv.conf")),
            ("{mode: resolvConf, path: /run/resolv.conf}", .resolvConf(path: "/run/resolv.conf")),
        ] as [(String, HostConfigurationMethod)])
    func resolver(section: String, method: HostConfigurationMethod) throws {
        let configuration = try Self.read(Self.fixed + "resolver: \(section)")
        #expect(configuration.resolver == method)
        #expect(configuration.node.asksForHostConfiguration == (method != .off))
    }

    @Test("What is to be undone after a crash is kept beside the state file, or else beside the control socket")
    func record() throws {
        let lines = "control: /run/n.sock\n"
        #expect(try Self.read(Self.fixed + lines).hostConfigurationRecord == "/run/n.sock.dns")
        let kept = try Self.read(Self.fixed + lines + "state: /var/lib/n.json")
        #expect(kept.hostConfigurationRecord == "/var/lib/n.json.dns")
    }

    private static let mistaken: [(text: String, message: String)] = [
        (
            "name: n\ninterface: eth0\nhome: {agent: any, address: 192.0.2.10}\nassociation: {spi: 256, key: 00}",
            "f.yaml:3:15: home.agent: a home agent knows a node that asks for any by its identifier, and there is no nai; add 'nai:' to this file"
        ),
        (
            searching("any", "dynamicHomeAgent: false"),
            "f.yaml:3:15: home.agent: without dynamicHomeAgent, the node cannot ask for any home agent; name its home agent, or remove 'dynamicHomeAgent: false'"
        ),
        (
            searching("'any:0'"),
            "f.yaml:3:15: home.agent: 'any:0' is invalid; expected any, 255.255.255.255, or an IPv4 address with or without a port, such as 192.0.2.1 or 192.0.2.1:434"
        ),
        (
            searching("any", "homeAgentHint: 203.0.113.1\nallowedHomeAgents: [192.0.2.0/24]"),
            "f.yaml:6:16: homeAgentHint: '203.0.113.1' is invalid; expected an address in allowedHomeAgents"
        ),
        (
            searching("any", "allowedHomeAgents: [192.0.2.0/24]\nfallbackHomeAgent: 203.0.113.1"),
            "f.yaml:7:20: fallbackHomeAgent: '203.0.113.1' is invalid; expected an address in allowedHomeAgents"
        ),
        (
            fixed + "homeAgentHint: 192.0.2.2",
            "f.yaml:5:16: homeAgentHint has no effect for a node whose home agent is named; remove it, or set home.agent to any"
        ),
        (
            fixed + "homeAgentIdentity: \(String(repeating: "a", count: 245))@a.example",
            "f.yaml:5:20: homeAgentIdentity: '\(String(repeating: "a", count: 80))…' is invalid; expected a network access identifier of at most 254 bytes such as ha1@example.net"
        ),
        (
            fixed + "resolver: {mode: resolved}",
            "f.yaml:5:18: resolver.mode: 'resolved' is invalid; expected one of off, resolvectl, resolvConf"
        ),
        (
            fixed + "resolver: {mode: resolvConf, path: resolv.conf}",
            "f.yaml:5:36: resolver.path: 'resolv.conf' is invalid; expected an absolute path"
        ),
        (
            fixed + "resolver: {mode: resolvConf, program: /bin/true}",
            "f.yaml:5:39: resolver.program has no effect with mode resolvConf; remove it, or set the mode to resolvectl"
        ),
        (
            fixed + "resolver: {mode: resolvConf}\nasksForHostConfiguration: false",
            "f.yaml:5:11: resolver has no effect with asksForHostConfiguration: false; remove one of them"
        ),
        (
            fixed + "experimentalExtensions: [{subtype: 1, value: 0a0}]",
            "f.yaml:5:46: experimentalExtensions[0].value: '0a0' is invalid; expected up to 254 bytes in hexadecimal digits"
        ),
    ]

    @Test("A mistake is reported with its position, the value and what is expected", arguments: mistaken)
    func mistakes(text: String, message: String) {
        let error = #expect(throws: ConfigurationMistakes.self) { try Self.read(text) }
        #expect(error?.mistakes.map(\.description) == [message])
    }
}
