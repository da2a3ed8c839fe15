public import AgentModel
public import MobileIPv4

/// The services and limits of a foreign agent.
public struct ForeignAgentConfiguration: Sendable {
    /// The unicast addresses and ports on which requests and replies arrive, at least one.
    public var endpoints: [TransportEndpoint]
    /// The care-of addresses offered, in advertisement order, at least one.
    public var careOfAddresses: [IPv4Address]
    /// The endpoint from which requests are relayed; nil means the endpoint on which they arrived.
    public var relayEndpoint: TransportEndpoint?
    /// UDP port of home agents, 1 to 65535.
    public var homeAgentPort: UInt16
    /// The destination of requests for any home agent (0.0.0.0 or 255.255.255.255, RFC 4433) that name none and for which neither
    /// `homeAgentsByIdentity` nor `homeAgentsByRealm` has one; nil refuses them with 90.
    public var defaultHomeAgent: IPv4Address?
    /// The destination of requests for any home agent by the home agent's identity in them (136, Sub-Type 1, RFC 3846 §4).
    public var homeAgentsByIdentity: [NetworkAccessIdentifier: IPv4Address] = [:]
    /// The destinations of requests for any home agent by the realm of the node's NAI, at least one for each realm. A node always gets the
    /// same one of them.
    public var homeAgentsByRealm: [Realm: [IPv4Address]] = [:]
    /// The home agents to which requests are relayed, in addition to those named above and those with an association; requests for others
    /// are refused with 65. Empty relays to any, but to those that have never answered only at `unprovenHomeAgentRate`.
    public var homeAgents: [IPv4Prefix]
    /// The longest lifetime that a visitor may request, in seconds (69), 1 to 65535 (65535 = any).
    public var maximumLifetime: UInt16
    /// Most requests that may wait for a home agent (66), at least 1.
    public var maximumPending: UInt32
    /// How long a home agent has to answer, in seconds (78), 1 to 60.
    public var pendingTimeout: UInt16
    /// The settings of this role that an operator can change while the agent runs. The number of valid challenges is in `challenge`.
    public var settings: AgentSettings
    /// The encapsulations that the tunnel endpoint can decapsulate (72); must include IP in IP.
    public var encapsulations: Set<Encapsulation>
    /// Whether reverse tunnels are refused (74), supported or required (75).
    public var reverseTunnel: ReverseTunnelPolicy
    /// Whether the encapsulating delivery style is supported (79, RFC 3024 §3.3).
    public var encapsulatingDelivery: Bool
    /// Whether every mobile node must authenticate itself to this agent (67), not only those that share an association.
    public var requiresMobileForeignAuthentication: Bool
    /// What is required of answers to challenges (104, 105, 106); nil issues and requires no challenges (RFC 4721).
    public var challenge: ChallengePolicy?
    /// Whether a node must supply its home address (96) instead of requesting one from its home agent (RFC 2794).
    public var requiresHomeAddress: Bool
    /// Vendor extensions that are accepted as known; others are refused if critical (100, 101) and skipped otherwise (RFC 3115).
    public var knownVendorExtensions: Set<VendorExtensionKind>
    /// Whether reserved flags that are set are refused (70) instead of ignored.
    public var rejectsReservedFlags: Bool
    /// The texts added to replies for the users of mobile nodes (RFC 4917).
    public var messages = MessageTexts()
    /// The service requested for nodes that select none, of home agents that share an association (RFC 5446); nil requests none.
    public var service: ServiceIdentifier?
    /// What is done with experimental extensions and messages (RFC 4064). Nothing unless `DiscoveryPolicy.experimental` is on.
    public var experimental: [ExperimentalRule] = []

    public init(
        endpoints: [TransportEndpoint], careOfAddresses: [IPv4Address], relayEndpoint: TransportEndpoint? = nil,
        homeAgentPort: UInt16 = TransportEndpoint.registrationPort, defaultHomeAgent: IPv4Address? = nil,
        homeAgents: [IPv4Prefix] = [], maximumLifetime: UInt16 = 1800, maximumPending: UInt32 = 1024, pendingTimeout: UInt16 = 7,
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
        self.homeAgents = homeAgents
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
        func check(_ path: String, _ isValid: Bool, _ value: String, _ expected: String) {
            if !isValid { problems.append(ConfigurationProblem(path: "foreignAgent." + path, value: value, expected: expected)) }
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
        check("maximumLifetime", maximumLifetime >= 1, "\(maximumLifetime)", "1 to 65535 seconds, 65535 for infinity")
        problems += settings.problems(of: .foreignAgent)
        problems += messages.problems(at: "foreignAgent.messages", of: .foreignAgent)
        check("maximumPending", maximumPending >= 1, "\(maximumPending)", "1 to 4294967295")
        check("pendingTimeout", (1...60).contains(pendingTimeout), "\(pendingTimeout)", "1 to 60 seconds")
        check(
            "encapsulations", encapsulations.contains(.ipInIp), encapsulations.map(\.rawValue).sorted().joined(separator: ", "),
            "ipInIp and any others that the tunnel endpoint can decapsulate")
        problems += challenge?.problems(at: "foreignAgent.challenge") ?? []
        problems += experimental.problems(at: "foreignAgent.experimental")
        return problems
    }
}
