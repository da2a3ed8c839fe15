/// How the MIB reaches SNMP managers.
public struct SNMPAgentConfiguration: Sendable {
    /// The role of libnetsnmp, which has one per process.
    public enum Mode: Sendable {
        /// A subagent of a running snmpd.
        ///
        /// - socket: AgentX address such as `/var/agentx/master` or `tcp:127.0.0.1:705`.
        /// - pingInterval: seconds, 1…60; after a loss of the master also the time between attempts to come back.
        case agentX(socket: String, pingInterval: Int)
        /// An SNMP agent of its own, on this transport address, with read-only communities.
        ///
        /// - listen: for example `udp:127.0.0.1:1161`.
        /// - community: serves the default context; each agent's name is a community for its context when `contextCommunities`.
        case standalone(listen: String, community: String, source: String, contextCommunities: Bool)
    }

    /// Under snmpd or by itself.
    public var mode: Mode
    /// Where libnetsnmp keeps its files; made when missing.
    public var runtimeDirectory: String
    /// What sysORTable says of the module.
    public var description = "Mobile IPv4: home agent, foreign agent and mobile node (MIP-MIB, RFC 2006) by mip-mib"

    public init(mode: Mode, runtimeDirectory: String) {
        self.mode = mode
        self.runtimeDirectory = runtimeDirectory
    }
}
