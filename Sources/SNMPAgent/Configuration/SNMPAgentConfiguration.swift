public import MIPMIB
public import ManagementCore

/// How the MIB reaches SNMP managers.
public struct SNMPAgentConfiguration: Sendable {
    /// The role of libnetsnmp, which has one per process.
    public enum Mode: Sendable {
        /// A subagent of a running snmpd.
        ///
        /// - socket: AgentX address such as `/var/agentx/master` or `tcp:127.0.0.1:705`.
        /// - pingInterval: seconds, 1…60; after a loss of the master also the time between attempts to come back.
        /// - answersDirectly: whether Get and GetNext requests of the master are answered from its socket at once. Otherwise libnetsnmp
        ///   passes each on to itself first; what managers see is the same.
        case agentX(socket: String, pingInterval: Int, answersDirectly: Bool = true)
        /// An SNMP agent of its own, with its own addresses, communities, users and receivers of notifications.
        case standalone(StandaloneConfiguration)
    }

    /// Under snmpd or by itself.
    public var mode: Mode
    /// Where libnetsnmp keeps its files; made when missing.
    public var runtimeDirectory: String
    /// The file that holds what outlives the daemon: written notification settings, the engine's identifier and boots. Its folder is
    /// made when something is first written.
    public var stateFile: String
    /// What managers may write; everything else answers notWritable.
    public var writable: Set<MIBWriteArea> = []
    /// What is sent until a manager writes otherwise, for each agent.
    public var notifications = NotificationSettings()
    /// What sysORTable says of the modules.
    public var description = "Mobile IPv4: home agent, foreign agent and mobile node (MIP-MIB, MIPV4-EXT-MIB) by mip-mib"

    public init(mode: Mode, runtimeDirectory: String, stateFile: String) {
        self.mode = mode
        self.runtimeDirectory = runtimeDirectory
        self.stateFile = stateFile
    }
}
