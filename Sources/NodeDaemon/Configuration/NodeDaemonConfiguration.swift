public import AgentModel
public import MobileIPv4
public import MobileNode

/// The contents of the configuration file of `mip-node run`.
public struct NodeDaemonConfiguration: Sendable {
    /// The node's name among the agents of this machine.
    public var name: String
    /// Path of the Unix socket of the control interface, at most 107 bytes.
    public var controlSocketPath: String
    /// Path of the file that keeps operators' changes across restarts; with nil they are lost.
    public var statePath: String?
    /// The interface that moves from network to network.
    public var interface: String
    /// What the node registers with. Care-of address and foreign agent are detected.
    public var node: MobileNodeConfiguration
    /// How the node detects where it is.
    public var movement: MovementDetector.Configuration
    /// The settings that an operator can change while the node runs, with their initial values.
    public var settings = AgentSettings()
    /// How the machine uses the name servers and the domain that the home agent sends (RFC 4332).
    public var resolver = HostConfigurationMethod.off
    /// The router of the home network; nil if that is the home agent.
    public var homeGateway: IPv4Address?
    /// Name of the TUN device used with a co-located care-of address.
    public var device: String
    /// Marks routes and neighbour entries as created by this node, 5 to 254; the data plane marks its own with the next number.
    public var routeProtocol: UInt8
    /// The routing table for reverse tunnelling.
    public var routeTable: UInt32

    public init(
        name: String, controlSocketPath: String, interface: String, node: MobileNodeConfiguration,
        movement: MovementDetector.Configuration, homeGateway: IPv4Address? = nil, device: String = "mip0",
        routeProtocol: UInt8 = 45, routeTable: UInt32 = 45
    ) {
        self.name = name
        self.controlSocketPath = controlSocketPath
        self.interface = interface
        self.node = node
        self.movement = movement
        self.homeGateway = homeGateway
        self.device = device
        self.routeProtocol = routeProtocol
        self.routeTable = routeTable
    }

    /// Path of the file that keeps, across a crash, what is to be undone of the host configuration.
    var hostConfigurationRecord: String { (statePath ?? controlSocketPath) + ".dns" }
}
