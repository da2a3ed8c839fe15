public import MobilityAgent
package import StateStore

/// Everything in the configuration file of `mip-agentd`.
public struct AgentDaemonConfiguration: Sendable {
    /// The agent itself: roles, addresses, associations.
    public var agent: MobilityAgentConfiguration
    /// Path of the Unix socket of the control interface, at most 107 bytes.
    public var controlSocketPath: String
    /// Path of the state store, which keeps bindings, replay memory, assigned addresses and changes made by operators across restarts; nil
    /// to lose them at a restart.
    public var statePath: String?
    /// How safe the state must be before a reply leaves. Without `statePath` it has no effect.
    package var durability = Durability.process
    /// Bytes that the kernel may buffer for each UDP socket until they are read. For a daemon without CAP_NET_ADMIN, the kernel's own
    /// limit applies (net.core.rmem_max).
    public var receiveBufferSize: Int32

    /// The interfaces with mobile nodes on their links; empty for an agent that reaches the nodes by routing only.
    public var links: [LinkConfiguration]
    /// How datagrams are forwarded; nil for an agent that only handles registrations.
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

    /// The default control socket path for a daemon of this name.
    public static func defaultControlSocketPath(name: String) -> String { "/run/mip-mib/\(name).sock" }
}
