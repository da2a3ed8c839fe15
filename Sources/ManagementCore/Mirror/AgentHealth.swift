public import AgentControl
public import AgentModel

/// How well the mirror knows its agent.
public struct AgentHealth: Sendable, Hashable {
    /// How the mirror stands with its agent.
    public enum Connection: String, Sendable, Hashable, CaseIterable, Codable {
        /// No state yet, and no connection.
        case connecting
        /// Connected; the first snapshot is being read.
        case synchronizing
        /// The snapshot follows the agent.
        case synchronized
        /// The connection is lost; the last snapshot is still served.
        case stale
        /// The connection is lost and the snapshot withdrawn.
        case down
    }

    /// How the mirror stands with its agent.
    public var connection: Connection
    /// Seconds since the agent was last heard; nil before the first time.
    public var age: Double?
    /// Why the last connection failed or ended; nil while there was no failure.
    public var lastError: String?
    /// Connections that were made, the first included.
    public var connections: UInt64
    /// On the agent's clock: when it started last, that is since when its counters count.
    public var discontinuity: Timestamp?
    /// How often another instance of the agent was found than before.
    public var restarts: UInt64
    /// What of the agent's words, since it is managed, this management does not know and has passed over.
    public var unknown = UnknownVocabulary()
}
