public import MobilityAgent

/// Everything `mip-agentd` is told by its configuration file.
public struct AgentDaemonConfiguration: Sendable {
    /// The agent itself: roles, addresses, associations.
    public var agent: MobilityAgentConfiguration
    /// Path of the Unix socket of the control interface, at most 107 bytes.
    public var controlSocketPath: String
    /// Path of the file in which changes made by operators are kept over a restart; nil forgets them.
    public var statePath: String?
    /// Bytes the kernel may keep for each UDP socket until they are read. The kernel's own limit (net.core.rmem_max) holds for a
    /// daemon without CAP_NET_ADMIN.
    public var receiveBufferSize: Int32

    /// The interfaces with mobile nodes behind them; none for an agent that is told of them by routing alone.
    public var links: [LinkConfiguration]
    /// How datagrams are forwarded; nil for an agent that registers only.
    public var forwarding: ForwardingConfiguration?

    public init(
        agent: MobilityAgentConfiguration, controlSocketPath: String, receiveBufferSize: Int32 = 4 << 20,
        links: [LinkConfiguration] = [], forwarding: ForwardingConfiguration? = nil, statePath: String? = nil
    ) {
        self.agent = agent
        self.controlSocketPath = controlSocketPath
        self.receiveBufferSize = receiveBufferSize
        self.statePath = statePath
        self.links = links
        self.forwarding = forwarding
    }

    /// Where a daemon of this name puts its control socket unless told otherwise.
    public static func defaultControlSocketPath(name: String) -> String { "/run/mip-mib/\(name).sock" }
}
