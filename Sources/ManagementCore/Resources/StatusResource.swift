public import AgentModel

/// One agent in `/v1/status` and `mip-mib status`.
public struct StatusResource: Encodable, Sendable {
    /// Rows of each table.
    public struct Counts: Encodable, Sendable {
        /// Mobility bindings.
        public let bindings: Int
        /// Visitors, pending ones included.
        public let visitors: Int
        /// Security associations.
        public let associations: Int
        /// Violators.
        public let violations: Int
    }

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
    /// How many rows the mirror holds.
    public let counts: Counts

    /// The status in a picture of the agent.
    public init(_ state: AgentState) {
        agent = state.name
        connection = state.health.connection
        age = state.health.age
        lastError = state.health.lastError
        connections = state.health.connections
        restarts = state.health.restarts
        information = state.information
        counts = Counts(
            bindings: state.bindings.count, visitors: state.visitors.count, associations: state.associations.count,
            violations: state.violations.count)
    }
}
