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

extension AgentCounters {
    /// Every counter of every role.
    public static let declared =
        daemon + HomeAgentCounters.declared + ForeignAgentCounters.declared + MobileNodeCounters.declared
        + ForwardingCounters.declared

    /// Every counter that belongs to no role, in the order of the members.
    private static let daemon: [CounterDescriptor] = {
        let daemon = CounterDeclarations(.daemon) { $0 }
        return [
            daemon.count(
                "datagramsReceived", \.datagramsReceived, "mipExtDatagramsReceived", "UDP datagrams that reached the agent."),
            daemon.count(
                "eventsSuppressed", \.eventsSuppressed, "mipExtEventsSuppressed",
                "Events that the agent left out because of its limit."),
            daemon.count(
                "securityViolations", \.securityViolations, "mipSecTotalViolations",
                "Security violations by all peers together."),
            daemon.discards(\.discards, "Datagrams that no role dropped or saw, by reason."),
        ]
    }()
}
