import AgentModel
public import DaemonSupport
import MobileIPv4
import MobileNode

extension NodeDaemonConfiguration {
    /// Reads the settings of `docs/examples/mip-node.yaml`. Mistakes are recorded in the section.
    public init(_ root: ConfigurationSection) {
        let name = root.value("name", .name)
        let home = root.section("home")
        let homeAgent = home?.value("agent", .homeAgent)
        let address: IPv4Address? = home?.optional("address", .unicastAddress)
        let network: IPv4Prefix? = home?.optional("network", .ipv4Prefix)
        if home == nil { root.missing("home", "add 'home:' with agent and address") }
        let association = root.section("association")
        if association == nil { root.missing("association", "add 'association:' with spi and key") }
        var node = MobileNodeConfiguration(
            homeAddress: address ?? .zero, homeAgent: homeAgent ?? TransportEndpoint(.zero, port: 0), careOfAddress: .zero,
            nai: root.optional("nai", .nai), spi: association?.value("spi", .spi) ?? .chap,
            key: association?.key() ?? AuthenticationKey(octets: []))
        if let association {
            node.algorithm = association.value("algorithm", .anyWord(standIn: .hmacMD5), default: node.algorithm)
            node.replayMethod = association.value("replayMethod", .anyWord(standIn: .timestamps), default: node.replayMethod)
        }
        node.mobileForeign = root.section("foreignAgentAssociation").map(NodeAssociation.init)
        node.authenticationServer = root.section("authenticationServerAssociation").map(NodeAssociation.init)
        node.homeNetwork = network
        node.lifetime = root.value("lifetime", .lifetime, default: 300)
        node.reverseTunnel = root.value("reverseTunnel", .anyWord(standIn: .none), default: .none)
        node.adaptsReverseTunnel = root.value("adaptsReverseTunnel", .bool, default: true)
        switch root.value("encapsulation", .anyWord(standIn: Encapsulation.ipInIp), default: .ipInIp) {
        case .ipInIp: break
        case .gre: node.flags.insert(.gre)
        case .minEnc: node.flags.insert(.minEnc)
        }
        node.vendorExtensions = root.sections("vendorExtensions").map(NodeVendorExtension.init)
        node.knownVendorExtensions = Set(root.list("knownVendorExtensions", .vendorExtension))
        node.otherHomeAgents = root.list("otherHomeAgents", .unicastAddress)
        node.tries = root.value("tries", .integer(in: 1...20), default: node.tries)
        let resolver = root.section("resolver").map(HostConfigurationMethod.init) ?? .off
        node.readDiscovery(from: root, asksForHostConfiguration: resolver != .off)
        if resolver != .off, !node.asksForHostConfiguration {
            root.mistake(
                about: "resolver", "resolver has no effect with asksForHostConfiguration: false", "remove one of them")
        }
        if let home, address == nil, !home.has("address"), node.nai == nil, !root.has("nai") {
            home.mistake("the node has neither home address nor nai", "add 'address:' here, or 'nai:' to be assigned one")
        }
        if let home, let address, let network, !network.contains(address) {
            home.mistake(about: "address", "home.address: '\(address)' is invalid", "expected an address of \(network)")
        }
        var movement = MovementDetector.Configuration(homeAgent: node.homeAgent.address, homeNetwork: network)
        movement.isEager = root.value("eager", .bool, default: movement.isEager)
        movement.foreignAgentPort = root.value("foreignAgentPort", .port, default: movement.foreignAgentPort)
        self.init(
            name: name,
            controlSocketPath: root.socket("control", default: "/run/mip-mib/\(name).sock"),
            interface: root.value("interface", .interfaceName), node: node, movement: movement,
            homeGateway: home?.optional("gateway", .unicastAddress))
        device = root.value("device", .deviceName, default: device)
        self.resolver = resolver
        settings.readShared(from: root)
        if let home { refuseImpossibleSearch(root, home) }
        statePath = root.stateFile("state")
        routeProtocol = root.value("routeProtocol", .integer(in: 5...254), default: routeProtocol)
        routeTable = root.value("routeTable", .integer(in: 1...UInt32.max), default: routeTable)
    }
}

extension NodeVendorExtension {
    init(_ section: ConfigurationSection) {
        self.init(
            isCritical: section.value("critical", .bool, default: false),
            addressee: section.value("for", .anyWord(standIn: .homeAgent), default: .homeAgent),
            content: VendorSpecific(
                vendor: section.value("vendor", .integer(in: 0...VendorSpecific.lastVendor)),
                vendorType: section.value("type", .integer(in: 0...UInt16.max)), value: section.value("value", .bytes(upTo: 247)))
        )
    }
}

extension NodeAssociation {
    init(_ section: ConfigurationSection) {
        self.init(
            spi: section.value("spi", .spi), key: section.key(),
            algorithm: section.value("algorithm", .anyWord(standIn: .hmacMD5), default: .hmacMD5))
    }
}
