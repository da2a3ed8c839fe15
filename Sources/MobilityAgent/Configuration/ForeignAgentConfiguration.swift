public import AgentModel
public import MobileIPv4

/// What a foreign agent offers and how far it goes.
public struct ForeignAgentConfiguration: Sendable {
    /// The unicast addresses and ports requests and replies arrive on, at least one.
    public var endpoints: [TransportEndpoint]
    /// Care-of addresses offered, in the order of adverts, at least one.
    public var careOfAddresses: [IPv4Address]
    /// Where requests are relayed from; nil means the endpoint they arrived on.
    public var relayEndpoint: TransportEndpoint?
    /// UDP port of home agents, 1 to 65535.
    public var homeAgentPort: UInt16
    /// Where requests for any home agent go (0.0.0.0 or 255.255.255.255, RFC 4433); nil refuses them with 90.
    public var defaultHomeAgent: IPv4Address?
    /// Longest lifetime a visitor may ask for in seconds (69), 1 to 65535 (65535 = any).
    public var maximumLifetime: UInt16
    /// Most requests waiting for a home agent (66), at least 1.
    public var maximumPending: UInt32
    /// How long a home agent has to answer in seconds (78), 1 to 60.
    public var pendingTimeout: UInt16
    /// What an operator can change while the agent runs, as far as it belongs to this role. How many challenges are good is `challenge`'s.
    public var settings: AgentSettings
    /// What the tunnel end can undo (72); IP in IP must be among them.
    public var encapsulations: Set<Encapsulation>
    /// Whether reverse tunnels are refused (74), served or demanded (75).
    public var reverseTunnel: ReverseTunnelPolicy
    /// Whether the encapsulating delivery style is served (79, RFC 3024 §3.3).
    public var encapsulatingDelivery: Bool
    /// Whether every mobile node must authenticate itself here (67), not only those that share an association.
    public var requiresMobileForeignAuthentication: Bool
    /// What is demanded of answers to challenges (104, 105, 106); nil hands out no challenges and demands none (RFC 4721).
    public var challenge: ChallengePolicy?
    /// Whether nodes must bring a home address along (96) instead of asking their home agent for one (RFC 2794).
    public var requiresHomeAddress: Bool
    /// Vendor extensions that are taken for known; others are refused when critical (100, 101) and passed over when not (RFC 3115).
    public var knownVendorExtensions: Set<VendorExtensionKind>
    /// Whether set reserved flags are refused (70) instead of ignored.
    public var rejectsReservedFlags: Bool

    public init(
        endpoints: [TransportEndpoint], careOfAddresses: [IPv4Address], relayEndpoint: TransportEndpoint? = nil,
        homeAgentPort: UInt16 = TransportEndpoint.registrationPort, defaultHomeAgent: IPv4Address? = nil,
        maximumLifetime: UInt16 = 1800, maximumPending: UInt32 = 1024, pendingTimeout: UInt16 = 7,
        settings: AgentSettings = AgentSettings(),
        encapsulations: Set<Encapsulation> = [.ipInIp], reverseTunnel: ReverseTunnelPolicy = .available,
        encapsulatingDelivery: Bool = false, requiresMobileForeignAuthentication: Bool = false, challenge: ChallengePolicy? = nil,
        requiresHomeAddress: Bool = false, knownVendorExtensions: Set<VendorExtensionKind> = [],
        rejectsReservedFlags: Bool = false
    ) {
        self.endpoints = endpoints
        self.careOfAddresses = careOfAddresses
        self.relayEndpoint = relayEndpoint
        self.homeAgentPort = homeAgentPort
        self.defaultHomeAgent = defaultHomeAgent
        self.maximumLifetime = maximumLifetime
        self.maximumPending = maximumPending
        self.pendingTimeout = pendingTimeout
        self.settings = settings
        self.encapsulations = encapsulations
        self.reverseTunnel = reverseTunnel
        self.encapsulatingDelivery = encapsulatingDelivery
        self.requiresMobileForeignAuthentication = requiresMobileForeignAuthentication
        self.challenge = challenge
        self.requiresHomeAddress = requiresHomeAddress
        self.knownVendorExtensions = knownVendorExtensions
        self.rejectsReservedFlags = rejectsReservedFlags
    }

    var problems: [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ path: String, _ isRight: Bool, _ value: String, _ expected: String) {
            if !isRight { problems.append(ConfigurationProblem(path: "foreignAgent." + path, value: value, expected: expected)) }
        }
        check("endpoints", !endpoints.isEmpty, "none", "at least one address")
        for (index, endpoint) in endpoints.enumerated() {
            check("endpoints[\(index)]", endpoint.address.isUnicast, "\(endpoint)", "a unicast address")
        }
        check("careOfAddresses", !careOfAddresses.isEmpty, "none", "at least one address")
        for (index, address) in careOfAddresses.enumerated() {
            check("careOfAddresses[\(index)]", address.isUnicast, "\(address)", "a unicast address")
        }
        check("homeAgentPort", homeAgentPort >= 1, "\(homeAgentPort)", "1 to 65535")
        check("maximumLifetime", maximumLifetime >= 1, "\(maximumLifetime)", "1 to 65535 seconds, 65535 without end")
        problems += settings.problems(of: .foreignAgent)
        check("maximumPending", maximumPending >= 1, "\(maximumPending)", "1 to 4294967295")
        check("pendingTimeout", (1...60).contains(pendingTimeout), "\(pendingTimeout)", "1 to 60 seconds")
        check(
            "encapsulations", encapsulations.contains(.ipInIp), encapsulations.map(\.rawValue).sorted().joined(separator: ", "),
            "ipInIp and what else the tunnel end can undo")
        problems += challenge?.problems(at: "foreignAgent.challenge") ?? []
        return problems
    }
}
