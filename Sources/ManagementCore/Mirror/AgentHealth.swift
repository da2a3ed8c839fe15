public import AgentControl
public import AgentModel

/// How current the mirror's knowledge of its agent is.
public struct AgentHealth: Sendable, Hashable {
    /// The state of the mirror's connection to its agent.
    public enum Connection: String, Sendable, Hashable, CaseIterable, Codable {
        /// No state yet, and no connection.
        case connecting
        /// Connected; the first snapshot is being read.
        case synchronizing
        /// The snapshot follows the agent.
        case synchronized
        /// The connection is lost; the last snapshot is still served.
        case stale
        /// The connection is lost and the snapshot has been withdrawn.
        case down
    }

    /// The state of the mirror's connection to its agent.
    public var connection: Connection
    /// Seconds since the agent was last heard from; nil before the first time.
    public var age: Double?
    /// Why the last connection failed or ended; nil if none has.
    public var lastError: String?
    /// Connections made, including the first.
    public var connections: UInt64
    /// When the agent last started, by its own clock as it is set now. Its counters count from then.
    public var discontinuity: Timestamp?
    /// What the agent reports to distinguish its runs; empty if it reports nothing.
    var instance = ""
    /// How often a different instance of the agent was found than before.
    public var restarts: UInt64
    /// Vocabulary that the agent has used since it has been managed and that is unknown to this software, which ignored it.
    public var unknown = UnknownVocabulary()
    /// Rows that the agent has sent on the current connection and that cannot be read; they are left out.
    public var faults = RowFaults()

    /// The run of the agent that the snapshot is of; nil before the first one.
    var run: AgentRun? { discontinuity.map { AgentRun(instance: instance, start: $0) } }
}
