/// What a home agent counts since it started.
public struct HomeAgentCounters: Hashable, Sendable, Codable {
    /// Every Registration Request received, deregistrations included (`haRegRequestsReceived`).
    public var requestsReceived: UInt64 = 0
    /// Of which with lifetime 0 (`haDeRegRequestsReceived`).
    public var deregistrationRequestsReceived: UInt64 = 0
    /// Every Registration Reply sent (`haRegRepliesSent`).
    public var repliesSent: UInt64 = 0
    /// Of which answers to requests with lifetime 0 (`haDeRegRepliesSent`).
    public var deregistrationRepliesSent: UInt64 = 0
    /// Replies sent, by code.
    public var repliesSentByCode = CodeCounts()
    /// Requests that repeated an accepted one and were answered again without a change.
    public var duplicateRequests: UInt64 = 0
    /// Unknown extensions of types 128 to 255 that were skipped.
    public var extensionsSkipped: UInt64 = 0
    /// Normal vendor extensions of mobile nodes that were passed over (`haNvsesFromMnIgnored`).
    public var normalVendorExtensionsFromMobileNodeIgnored: UInt64 = 0
    /// Normal vendor extensions of foreign agents that were passed over (`haNvsesFromFaIgnored`).
    public var normalVendorExtensionsFromForeignAgentIgnored: UInt64 = 0
    /// Accepted requests that were given a reverse tunnel.
    public var reverseTunnelsGranted: UInt64 = 0
    /// What became of requests, by kind (`mipExtOutcomeTable`).
    public var outcomes = RegistrationOutcomes()
    /// Moves of nodes from one care-of address to another without a time between (`mipExtHaHandoffs`).
    public var handoffs: UInt64 = 0
    /// Bindings whose lifetime ran out.
    public var bindingsExpired: UInt64 = 0
    /// Gratuitous ARPs for nodes away from home (`haGratuitiousARPsSent`).
    public var gratuitousARPsSent: UInt64 = 0
    /// Proxy ARP answers for nodes away from home (`haProxyARPsSent`).
    public var proxyARPsSent: UInt64 = 0
    /// Datagrams dropped without an answer, by reason.
    public var discards = DiscardCounts()

    public init() {}
}

/// What a foreign agent counts since it started.
public struct ForeignAgentCounters: Hashable, Sendable, Codable {
    /// Well-formed requests received from mobile nodes (`faRegRequestsReceived`).
    public var requestsReceived: UInt64 = 0
    /// Of which with lifetime 0.
    public var deregistrationRequestsReceived: UInt64 = 0
    /// Requests passed to a home agent (`faRegRequestsRelayed`).
    public var requestsRelayed: UInt64 = 0
    /// Well-formed replies received from home agents (`faRegRepliesRecieved`).
    public var repliesReceived: UInt64 = 0
    /// Replies passed to the mobile node (`faRegRepliesRelayed`).
    public var repliesRelayed: UInt64 = 0
    /// Replies received from home agents, by their code.
    public var repliesReceivedByCode = CodeCounts()
    /// Replies sent to mobile nodes by this foreign agent itself, by code.
    public var repliesSentByCode = CodeCounts()
    /// Requests that repeated a pending one and were relayed again.
    public var duplicateRequests: UInt64 = 0
    /// Unknown extensions of types 128 to 255 that were skipped.
    public var extensionsSkipped: UInt64 = 0
    /// Normal vendor extensions of mobile nodes that were passed over (`faNvsesFromMnIgnored`).
    public var normalVendorExtensionsFromMobileNodeIgnored: UInt64 = 0
    /// Normal vendor extensions of home agents that were passed over (`faNvsesFromHaIgnored`).
    public var normalVendorExtensionsFromHomeAgentIgnored: UInt64 = 0
    /// Accepted requests that were given a reverse tunnel.
    public var reverseTunnelsGranted: UInt64 = 0
    /// Of which with the encapsulating delivery style.
    public var encapsulatingDeliveriesGranted: UInt64 = 0
    /// Challenges handed out for advertisements (RFC 4721).
    public var challengesAdvertised: UInt64 = 0
    /// Challenges put into replies.
    public var challengesInReplies: UInt64 = 0
    /// Requests whose challenge was good.
    public var challengesAccepted: UInt64 = 0
    /// Pending requests that no home agent answered in time (code 78).
    public var pendingTimeouts: UInt64 = 0
    /// What became of requests, by kind (`mipExtOutcomeTable`).
    public var outcomes = RegistrationOutcomes()
    /// Visits whose lifetime ran out.
    public var visitorsExpired: UInt64 = 0
    /// Datagrams dropped without an answer, by reason.
    public var discards = DiscardCounts()

    public init() {}
}

/// The counters of a daemon; a role it does not play has none.
public struct AgentCounters: Hashable, Sendable, Codable {
    /// Counters of the home agent; nil when the daemon is none.
    public var homeAgent: HomeAgentCounters?
    /// Counters of the foreign agent; nil when the daemon is none.
    public var foreignAgent: ForeignAgentCounters?
    /// What the mobile node counted.
    public var mobileNode: MobileNodeCounters?
    /// Counters of the data plane; nil when the daemon forwards nothing.
    public var forwarding: ForwardingCounters?
    /// Every UDP datagram handed to the agent. Each was answered, relayed or counted in one `discards`.
    public var datagramsReceived: UInt64 = 0
    /// Events left out because more than the agent's limit came within a second.
    public var eventsSuppressed: UInt64 = 0
    /// Security violations of every offender together (`mipSecTotalViolations`).
    public var securityViolations: UInt64 = 0
    /// Datagrams dropped before any role saw them, and reasons that no role owns.
    public var discards = DiscardCounts()

    public init(
        homeAgent: HomeAgentCounters? = nil, foreignAgent: ForeignAgentCounters? = nil, mobileNode: MobileNodeCounters? = nil
    ) {
        self.homeAgent = homeAgent
        self.foreignAgent = foreignAgent
        self.mobileNode = mobileNode
    }
}
