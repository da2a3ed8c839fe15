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
    /// Calls of the handler; several varbinds of one PDU share a call.
    public var handlerCalls: UInt64
}
