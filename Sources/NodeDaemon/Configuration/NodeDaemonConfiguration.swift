public import MobileIPv4
public import MobileNode

/// Everything `mip-node run` is told by its configuration file.
public struct NodeDaemonConfiguration: Sendable {
    /// The node's name among the agents of this machine.
    public var name: String
    /// Path of the Unix socket of the control interface, at most 107 bytes.
    public var controlSocketPath: String
    /// Path of the file in which changes made by operators are kept over a restart; nil forgets them.
    public var statePath: String?
    /// The interface that goes from network to network.
    public var interface: String
    /// What the node registers with. Care-of address and foreign agent are found out.
    public var node: MobileNodeConfiguration
    /// How it finds out where it is.
    public var movement: MovementDetector.Configuration
    /// The router of the home network; nil for the home agent.
    public var homeGateway: IPv4Address?
    /// Name of the TUN device for a care-of address of its own.
    public var device: String
    /// Marks routes and neighbour entries as made by this node, 5 to 254; the data plane's are marked with the next number.
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
}
