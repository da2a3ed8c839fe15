public import AgentModel
public import MobileIPv4

/// What a home agent serves and how far it goes.
public struct HomeAgentConfiguration: Sendable {
    /// The unicast addresses and ports requests arrive on, at least one. The first is the address told to nodes that do not know one.
    public var endpoints: [TransportEndpoint]
    /// Home addresses served are those inside; the subnet-directed broadcast address of each finds this agent (code 136).
    public var homeNetworks: [IPv4Prefix]
    /// Fixed home addresses of nodes that ask for one by NAI (RFC 2794).
    public var addressesByNAI: [NetworkAccessIdentifier: IPv4Address]
    /// Where home addresses are taken from for nodes that ask by NAI and have no fixed one.
    public var addressPool: [IPv4AddressRange]
    /// Seconds after the end of a node's last binding from which on its address of the pool may go to another node, once no unused
    /// one is left; until then it comes back to the same node. Nil keeps every assignment for good.
    public var addressRetention: UInt32?
    /// Longest lifetime granted in seconds, 1 to 65535 (65535 = infinity).
    public var maximumLifetime: UInt16
    /// What an operator can change while the agent runs, as far as it belongs to this role.
    public var settings: AgentSettings
    /// Most bindings of one node at once (135), at least 1.
    public var maximumBindingsPerNode: UInt32
    /// Most nodes remembered; never fewer than bindings are held. The longest quiet one without a binding makes room.
    public var maximumMobileNodes: UInt32
    /// Whether the S flag is honoured; otherwise such a request is accepted with code 1.
    public var simultaneousBindings: Bool
    /// What the tunnels can do (139); IP in IP must be among them (RFC 5944 §3.8.2).
    public var encapsulations: Set<Encapsulation>
    /// Whether reverse tunnels are refused (137), served or demanded (138).
    public var reverseTunnel: ReverseTunnelPolicy
    /// Whether requests for any home agent (0.0.0.0 or 255.255.255.255, RFC 4433) are served by this one; otherwise they are answered
    /// with 136 and this agent's address.
    public var acceptsAnyHomeAgent: Bool
    /// Vendor extensions that are taken for known; others are refused when critical (140, 141) and passed over when not (RFC 3115).
    public var knownVendorExtensions: Set<VendorExtensionKind>
    /// Whether set reserved flags are refused (134) instead of ignored.
    public var rejectsReservedFlags: Bool
    /// Whether a wrong authenticator is answered with 131 even when no foreign agent vouches for the sender.
    public var answersFailedAuthentication: Bool

    public init(
        endpoints: [TransportEndpoint], homeNetworks: [IPv4Prefix] = [],
        addressesByNAI: [NetworkAccessIdentifier: IPv4Address] = [:], addressPool: [IPv4AddressRange] = [],
        addressRetention: UInt32? = nil,
        maximumLifetime: UInt16 = 1800, settings: AgentSettings = AgentSettings(), maximumBindingsPerNode: UInt32 = 8,
        maximumMobileNodes: UInt32 = 100_000, simultaneousBindings: Bool = true,
        encapsulations: Set<Encapsulation> = [.ipInIp], reverseTunnel: ReverseTunnelPolicy = .available,
        acceptsAnyHomeAgent: Bool = true, knownVendorExtensions: Set<VendorExtensionKind> = [],
        rejectsReservedFlags: Bool = false, answersFailedAuthentication: Bool = true
    ) {
        self.endpoints = endpoints
        self.homeNetworks = homeNetworks
        self.addressesByNAI = addressesByNAI
        self.addressPool = addressPool
        self.addressRetention = addressRetention
        self.maximumLifetime = maximumLifetime
        self.settings = settings
        self.maximumBindingsPerNode = maximumBindingsPerNode
        self.maximumMobileNodes = maximumMobileNodes
        self.simultaneousBindings = simultaneousBindings
        self.encapsulations = encapsulations
        self.reverseTunnel = reverseTunnel
        self.acceptsAnyHomeAgent = acceptsAnyHomeAgent
        self.knownVendorExtensions = knownVendorExtensions
        self.rejectsReservedFlags = rejectsReservedFlags
        self.answersFailedAuthentication = answersFailedAuthentication
    }

    /// Most nodes remembered, one for each binding included.
    var nodesRemembered: UInt32 { max(maximumMobileNodes, settings.limits.maximumBindings) }

    var problems: [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ path: String, _ isRight: Bool, _ value: String, _ expected: String) {
            if !isRight { problems.append(ConfigurationProblem(path: "homeAgent." + path, value: value, expected: expected)) }
        }
        check("endpoints", !endpoints.isEmpty, "none", "at least one address")
        for (index, endpoint) in endpoints.enumerated() {
            check("endpoints[\(index)]", endpoint.address.isUnicast, "\(endpoint)", "a unicast address")
        }
        check(
            "homeNetworks", !(homeNetworks.isEmpty && addressesByNAI.isEmpty && addressPool.isEmpty), "none",
            "at least one home network, fixed address or address pool")
        for (nai, address) in addressesByNAI {
            check("addressesByNAI[\(nai)]", address.isUnicast, "\(address)", "a unicast address")
        }
        check(
            "addressesByNAI", Set(addressesByNAI.values).count == addressesByNAI.count, "an address twice",
            "one node for each address")
        check("maximumLifetime", maximumLifetime >= 1, "\(maximumLifetime)", "1 to 65535 seconds, 65535 without end")
        problems += settings.problems(of: .homeAgent)
        check("maximumBindingsPerNode", maximumBindingsPerNode >= 1, "\(maximumBindingsPerNode)", "1 to 4294967295")
        check("maximumMobileNodes", maximumMobileNodes >= 1, "\(maximumMobileNodes)", "1 to 4294967295")
        check(
            "encapsulations", encapsulations.contains(.ipInIp), encapsulations.map(\.rawValue).sorted().joined(separator: ", "),
            "ipInIp and what else the tunnels can do")
        return problems
    }
}

extension IPv4Address {
    /// An address one host can have: neither unspecified, nor multicast, nor of class E, broadcast included.
    var isUnicast: Bool { self != .zero && rawValue >> 28 < 0xE }
}
