public import AgentModel

/// One agent in `/v1/status` and `mip-mib status`.
public struct StatusResource: Encodable, Sendable {
    public struct Counts: Encodable, Sendable {
        public let bindings: Int
        public let visitors: Int
        public let associations: Int
        public let violations: Int
    }

    public let agent: String
    public let connection: AgentHealth.Connection
    /// Seconds since the agent was last heard; absent before the first time.
    public let age: Double?
    public let lastError: String?
    public let connections: UInt64
    public let restarts: UInt64
    /// What the agent says of itself; absent while it is not known.
    public let information: AgentInformation?
    public let counts: Counts

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
