/// The counters of a daemon. Roles it does not play have none.
public struct AgentCounters: Hashable, Sendable, Codable {
    /// Counters of the home agent; nil if the daemon is not a home agent.
    public var homeAgent: HomeAgentCounters?
    /// Counters of the foreign agent; nil if the daemon is not a foreign agent.
    public var foreignAgent: ForeignAgentCounters?
    /// Counters of the mobile node; nil if the daemon is not a mobile node.
    public var mobileNode: MobileNodeCounters?
    /// Counters of the data plane; nil if the daemon forwards nothing.
    public var forwarding: ForwardingCounters?
    /// UDP datagrams handed to the agent. Each was answered, relayed or counted once in a `discards`.
    public var datagramsReceived: UInt64 = 0
    /// Events not reported because more than the agent's limit occurred within a second.
    public var eventsSuppressed: UInt64 = 0
    /// Security violations by all offenders together (`mipSecTotalViolations`).
    public var securityViolations: UInt64 = 0
    /// Datagrams dropped before any role saw them, and drop reasons that belong to no role.
    public var discards = DiscardCounts()
    /// Log lines that were not written because the log did not accept them in time (`mipExtLogLinesLost`).
    public var logLinesLost: UInt64 = 0
    /// Steps of the wall clock that the daemon has noticed (`mipExtClockSteps`).
    public var clockSteps: UInt64 = 0

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

    /// The counters that belong to no role, in the order of the members.
    private static let daemon: [CounterDescriptor] = {
        let daemon = CounterDeclarations(.daemon) { $0 }
        return [
            daemon.count(
                "datagramsReceived", \.datagramsReceived, "mipExtDatagramsReceived", "UDP datagrams received by the agent."),
            daemon.count(
                "eventsSuppressed", \.eventsSuppressed, "mipExtEventsSuppressed",
                "Events not reported because they exceeded the agent's limit per second."),
            daemon.count(
                "securityViolations", \.securityViolations, "mipSecTotalViolations",
                "Security violations by all peers together."),
            daemon.discards(\.discards, "Datagrams dropped before reaching any role, by reason."),
            daemon.count(
                "logLinesLost", \.logLinesLost, "mipExtLogLinesLost",
                "Log lines lost because the log did not accept them in time.", since: 2),
            daemon.count(
                "clockSteps", \.clockSteps, "mipExtClockSteps",
                "Steps of the wall clock that the daemon has noticed since it started.", since: 2),
        ]
    }()
}
