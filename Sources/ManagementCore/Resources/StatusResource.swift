public import AgentControl
public import AgentModel

/// One agent in `/v1/status` and `mip-mib status`.
public struct StatusResource: Encodable, Sendable {
    /// The name this management gives the agent.
    public let agent: String
    /// How the mirror stands with its agent.
    public let connection: AgentHealth.Connection
    /// Seconds since the agent was last heard; absent before the first time.
    public let age: Double?
    /// Why the last attempt to connect failed; absent when it did not.
    public let lastError: String?
    /// Connections made since this management started.
    public let connections: UInt64
    /// Restarts of the agent noticed since then.
    public let restarts: UInt64
    /// What the agent says of itself; absent while it is not known.
    public let information: AgentInformation?
    /// How many rows the mirror, or the agent, holds.
    public let counts: TableCounts
    /// What of the agent's words is not known here and was passed over; absent while all is known.
    public let unknown: UnknownVocabulary?

    /// The status in a snapshot of the agent, with the counts it told when its tables were not read.
    public init(_ state: AgentState, counts: TableCounts? = nil) {
        agent = state.name
        connection = state.health.connection
        age = state.health.age
        lastError = state.health.lastError
        connections = state.health.connections
        restarts = state.health.restarts
        information = state.information
        unknown = state.health.unknown.isEmpty ? nil : state.health.unknown
        self.counts =
            counts
            ?? TableCounts(
                bindings: state.bindings.count, visitors: state.visitors.count, associations: state.associations.count,
                violations: state.violations.count)
    }
}
