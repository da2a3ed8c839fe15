public import AgentModel
public import MobileIPv4

/// The services and limits of a home agent.
public struct HomeAgentConfiguration: Sendable {
    /// The unicast addresses and ports on which requests arrive, at least one. The first address is given to nodes that do not know one.
    public var endpoints: [TransportEndpoint]
    /// The networks whose home addresses are served; the subnet-directed broadcast address of each is used to discover this agent (code
    /// 136).
    public var homeNetworks: [IPv4Prefix]
    /// Fixed home addresses for nodes that request one by NAI (RFC 2794).
    public var addressesByNAI: [NetworkAccessIdentifier: IPv4Address]
    /// The pool of home addresses for nodes that request one by NAI and have no fixed one.
    public var addressPool: [IPv4AddressRange]
    /// Seconds from the end of a node's last binding until its pool address may go to another node if no unused address is left; until then
    /// the same node gets it again. Nil keeps every assignment permanently.
    public var addressRetention: UInt32?
    /// The longest lifetime granted, in seconds, 1 to 65535 (65535 = infinity).
    public var maximumLifetime: UInt16
    /// The settings of this role that an operator can change while the agent runs.
    public var settings: AgentSettings
    /// Most simultaneous bindings of one node (135), at least 1.
    public var maximumBindingsPerNode: UInt32
    /// Most nodes remembered, but never fewer than the maximum number of bindings. The node without a binding that has been quiet longest
    /// is evicted.
    public var maximumMobileNodes: UInt32
    /// Whether the S flag is honoured; otherwise a request with it is accepted with code 1.
    public var simultaneousBindings: Bool
    /// The encapsulations that the tunnels support (139); must include IP in IP (RFC 5944 §3.8.2).
    public var encapsulations: Set<Encapsulation>
    /// Whether reverse tunnels are refused (137), supported or required (138).
    public var reverseTunnel: ReverseTunnelPolicy
    /// Whether this agent serves requests for any home agent (0.0.0.0 or 255.255.255.255, RFC 4433), as long as
    /// `DiscoveryPolicy.dynamicHomeAgent` is on as well; otherwise it answers them with 136 and its own address.
    public var acceptsAnyHomeAgent: Bool
    /// Vendor extensions that are accepted as known; others are refused if critical (140, 141) and skipped otherwise (RFC 3115).
    public var knownVendorExtensions: Set<VendorExtensionKind>
    /// Whether reserved flags that are set are refused (134) instead of ignored.
    public var rejectsReservedFlags: Bool
    /// The texts added to replies for the users of mobile nodes (RFC 4917).
    public var messages = MessageTexts()
    /// Which nodes without a binding are sent to other home agents if they ask for any (143, RFC 4433). The first rule that is about a
    /// request applies.
    public var redirects: [RedirectRule] = []
    /// Where such nodes are sent while the maximum number of bindings is reached; empty refuses them with 130.
    public var redirectsWhenFull: [IPv4Address] = []
    /// Where such nodes are sent whose request has the identity of another home agent (136, Sub-Type 1, RFC 3846 §4).
    public var homeAgentsByIdentity: [NetworkAccessIdentifier: IPv4Address] = [:]
    /// The identity of this home agent, which nodes that register learn (RFC 3846 §4); nil for none. At most 254 bytes.
    public var identity: NetworkAccessIdentifier?
    /// The identity of the AAA server of the home domain, which nodes that register learn (RFC 3846 §5); nil for none. At most 254 bytes.
    public var aaaIdentity: NetworkAccessIdentifier?
    /// What nodes that ask for host configuration get, by home network (RFC 4332); empty gives none.
    public var hostConfigurations: [HostConfigurationEntry] = []
    /// The services that nodes may select (151, RFC 5446); empty does not act on a selection.
    public var services: [ServicePolicy] = []
    /// The service of nodes that select none, one of `services`; nil for none of them.
    public var defaultService: ServiceIdentifier?
    /// What is done with experimental extensions and messages (RFC 4064). Nothing unless `DiscoveryPolicy.experimental` is on.
    public var experimental: [ExperimentalRule] = []
    /// Whether a wrong authenticator is answered with 131 even if no foreign agent vouches for the sender.
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

    /// Most nodes remembered, at least one for each possible binding.
    var nodesRemembered: UInt32 { max(maximumMobileNodes, settings.limits.maximumBindings) }

    /// Whether the agent acts on the identities in requests: it has one, or knows those of other home agents.
    var usesIdentities: Bool { identity != nil || aaaIdentity != nil || !homeAgentsByIdentity.isEmpty }

    var problems: [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ path: String, _ isValid: Bool, _ value: String, _ expected: String) {
            if !isValid { problems.append(ConfigurationProblem(path: "homeAgent." + path, value: value, expected: expected)) }
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
            "addressesByNAI", Set(addressesByNAI.values).count == addressesByNAI.count, "a duplicate address",
            "a different address for each node")
        check("maximumLifetime", maximumLifetime >= 1, "\(maximumLifetime)", "1 to 65535 seconds, 65535 for infinity")
        problems += settings.problems(of: .homeAgent)
        problems += messages.problems(at: "homeAgent.messages", of: .homeAgent)
        check("maximumBindingsPerNode", maximumBindingsPerNode >= 1, "\(maximumBindingsPerNode)", "1 to 4294967295")
        check("maximumMobileNodes", maximumMobileNodes >= 1, "\(maximumMobileNodes)", "1 to 4294967295")
        check(
            "encapsulations", encapsulations.contains(.ipInIp), encapsulations.map(\.rawValue).sorted().joined(separator: ", "),
            "ipInIp and any others that the tunnels support")
        return problems + discoveryProblems
    }

    /// What is wrong with redirection, identities, host configuration, services and experiments.
    private var discoveryProblems: [ConfigurationProblem] {
        let own = Set(endpoints.map(\.address))
        var problems: [ConfigurationProblem] = []
        func check(_ path: String, _ isValid: Bool, _ value: String, _ expected: String) {
            if !isValid { problems.append(ConfigurationProblem(path: "homeAgent." + path, value: value, expected: expected)) }
        }
        for (index, rule) in redirects.enumerated() {
            check("redirects[\(index)].homeAgents", !rule.homeAgents.isEmpty, "none", "at least one address")
            problems += rule.homeAgents.problems(asHomeAgentsAt: "homeAgent.redirects[\(index)].homeAgents", beside: own)
        }
        problems += redirectsWhenFull.problems(asHomeAgentsAt: "homeAgent.redirectsWhenFull", beside: own)
        for (identity, address) in homeAgentsByIdentity.sorted(by: { $0.key < $1.key }) {
            check("homeAgentsByIdentity[\(identity)]", address.isUnicast, "\(address)", "a unicast address")
        }
        for (member, identity) in [("identity", identity), ("aaaIdentity", aaaIdentity)] {
            guard let identity else { continue }
            let longest = NAICarrying.longestNAI
            check(member, identity.octets.count <= longest, "\(identity)", "at most \(longest) bytes")
        }
        var seen: Set<IPv4Prefix> = []
        for (index, entry) in hostConfigurations.enumerated() {
            let path = "hostConfigurations[\(index)]"
            check(path + ".network", seen.insert(entry.network).inserted, "\(entry.network)", "each network only once")
            problems += entry.problems(at: "homeAgent." + path)
        }
        problems += services.problems(default: defaultService, beside: addressPool)
        return problems + experimental.problems(at: "homeAgent.experimental")
    }
}

extension IPv4Address {
    /// True for an address that a single host can have: not unspecified, not multicast, and not of class E, which includes broadcast.
    var isUnicast: Bool { self != .zero && rawValue >> 28 < 0xE }
}
