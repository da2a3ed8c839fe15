/// The status of the management daemon's SNMP side, in `/v1/status` and in metrics.
public struct SNMPAgentStatus: Sendable, Hashable, Codable {
    /// The state of the connection to the master.
    public enum Connection: String, Sendable, Hashable, Codable, CaseIterable {
        /// Not started, or the AgentX master is unreachable.
        case disconnected
        /// Connected, but the master refused the registration in the default context: another subagent serves the same objects.
        case refused
        /// Requests of managers are answered.
        case serving
    }

    /// `agentx` or `standalone`.
    public var mode: String
    /// The state of the connection to the master, or of the agent's own port.
    public var connection: Connection
    /// The last error that the library logged.
    public var lastError: String?
    /// Number of varbinds answered.
    public var variablesServed: UInt64
    /// Number of calls that answered them. A request of an AgentX master that is answered directly counts as one call, as does a call of
    /// the library's handler. All varbinds of one PDU share a call, and so do all repetitions of a GETBULK in standalone operation.
    public var handlerCalls: UInt64

    /// Before anything was answered.
    public init(mode: String, connection: Connection) {
        self.mode = mode
        self.connection = connection
        (variablesServed, handlerCalls) = (0, 0)
    }

    /// Counts a call that answered this many variables.
    package mutating func count(call variables: Int) {
        handlerCalls &+= 1
        variablesServed &+= UInt64(clamping: variables)
    }
}
