public import MIPMIB
public import ManagementCore

/// How the MIB is served to SNMP managers.
public struct SNMPAgentConfiguration: Sendable {
    /// The role of libnetsnmp, which has only one per process.
    public enum Mode: Sendable {
        /// A subagent of a running snmpd.
        ///
        /// - socket: AgentX address such as `/var/agentx/master` or `tcp:127.0.0.1:705` (`SNMPAddress.isAgentX`).
        /// - pingInterval: seconds, 1…60; after loss of the master, also the time between attempts to reconnect.
        /// - answersDirectly: whether the requests of the master are answered directly on its socket. Otherwise libnetsnmp
        ///   first forwards each to itself; managers see no difference.
        case agentX(socket: String, pingInterval: Int, answersDirectly: Bool = true)
        /// A standalone SNMP agent, with its own addresses, communities, users and receivers of notifications.
        case standalone(StandaloneConfiguration)
    }

    /// Under snmpd or standalone.
    public var mode: Mode
    /// The folder in which libnetsnmp keeps its files; created if missing.
    public var runtimeDirectory: String
    /// The file with the state that persists across restarts of the daemon: written notification settings, and the engine's identifier and
    /// boots. Its folder is created when something is first written.
    public var stateFile: String
    /// The areas that managers may write; a write to anything else is refused with notWritable.
    public var writable: Set<MIBWriteArea> = []
    /// The notification settings of each agent until a manager writes others.
    public var notifications = NotificationSettings()
    /// The description of the modules in sysORTable.
    public var description = "Mobile IPv4: home agent, foreign agent and mobile node (MIP-MIB, MIPV4-EXT-MIB) by mip-mib"

    public init(mode: Mode, runtimeDirectory: String, stateFile: String) {
        self.mode = mode
        self.runtimeDirectory = runtimeDirectory
        self.stateFile = stateFile
    }
}
