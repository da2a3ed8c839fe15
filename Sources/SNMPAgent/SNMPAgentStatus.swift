/// How the SNMP side is doing.
public struct SNMPAgentStatus: Sendable, Hashable, Codable {
    /// How the agent stands with its master.
    public enum Connection: String, Sendable, Hashable, Codable {
        /// Not started, or the AgentX master cannot be reached.
        case disconnected
        /// Connected, but the master refused the registration: another subagent serves the same objects.
        case refused
        /// Managers are answered.
        case serving
    }

    /// `agentx` or `standalone`.
    public var mode: String
    /// How the agent stands with its master, or with its own port.
    public var connection: Connection
    /// The library's last complaint.
    public var lastError: String?
    /// Requests answered, by the varbind.
    public var variablesServed: UInt64
    /// Calls that answered them: one for a request of an AgentX master that is answered directly, or one of the library's handler. All
    /// varbinds of one PDU share a call, and so do all repetitions of a GETBULK in standalone operation.
    public var handlerCalls: UInt64

    /// Counts a call that answered so many variables.
    mutating func count(call variables: Int) {
        handlerCalls &+= 1
        variablesServed &+= UInt64(clamping: variables)
    }
}
