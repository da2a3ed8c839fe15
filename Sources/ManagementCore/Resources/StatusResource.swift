public import AgentControl
public import AgentModel

/// One agent in `/v1/status` and `mip-mib status`.
public struct StatusResource: Encodable, Sendable {
    /// The name under which the agent is managed.
    public let agent: String
    /// The state of the mirror's connection to its agent.
    public let connection: AgentHealth.Connection
    /// Seconds since the agent was last heard from; absent before the first time.
    public let age: Double?
    /// Why the last attempt to connect failed; absent if it did not.
    public let lastError: String?
    /// Connections made since this program started.
    public let connections: UInt64
    /// Restarts of the agent detected since then.
    public let restarts: UInt64
    /// The agent's general information; absent while it is unknown.
    public let information: AgentInformation?
    /// The number of rows that the mirror or the agent holds.
    public let counts: TableCounts
    /// Vocabulary of the agent that is unknown here and was ignored; absent if there is none.
    public let unknown: UnknownVocabulary?
    /// Rows of the agent that cannot be read and are left out; absent if there are none.
    public let faults: RowFaults?

    /// The status in a snapshot of the agent, with the counts that it reported if its tables were not read.
    public init(_ state: AgentState, counts: TableCounts? = nil) {
        agent = state.name
        connection = state.health.connection
        age = state.health.age
        lastError = state.health.lastError
        connections = state.health.connections
        restarts = state.health.restarts
        information = state.information
        unknown = state.health.unknown.isEmpty ? nil : state.health.unknown
        faults = state.health.faults.isEmpty ? nil : state.health.faults
        self.counts =
            counts
            ?? TableCounts(
                bindings: state.bindings.count, visitors: state.visitors.count, associations: state.associations.count,
                violations: state.violations.count)
    }
}
