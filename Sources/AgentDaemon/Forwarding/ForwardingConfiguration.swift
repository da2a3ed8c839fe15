/// How datagrams are carried through tunnels.
public struct ForwardingConfiguration: Hashable, Sendable {
    /// Which data plane to use.
    public enum Implementation: String, Hashable, Sendable, CaseIterable {
        /// The kernel's tunnel devices if it has them, otherwise user space.
        case automatic
        /// The kernel's tunnel devices.
        case kernel
        /// A TUN device and raw sockets in this process.
        case userSpace
    }

    /// Which data plane to use.
    public var implementation: Implementation
    /// Name of the TUN device, and prefix of the names of tunnel devices: 1 to 10 letters and digits.
    public var device: String
    /// Marks routes, rules and neighbour entries as created by this agent, 1 to 255. Two agents on one machine need different values.
    public var routeProtocol: UInt8
    /// The routing table for reverse tunnelling. Two agents on one machine need different tables.
    public var routeTable: UInt32

    public init(
        implementation: Implementation = .automatic, device: String = "mip0", routeProtocol: UInt8 = 44, routeTable: UInt32 = 44
    ) {
        self.implementation = implementation
        self.device = device
        self.routeProtocol = routeProtocol
        self.routeTable = routeTable
    }
}
