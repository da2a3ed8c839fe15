public import JSON
public import MobileIPv4

/// The key of the traffic forwarded for a mobile node: the role it was forwarded in, and the node's home address.
public struct ForwardedTrafficKey: Hashable, Sendable, Comparable, Codable {
    /// The role it was forwarded in.
    public var role: AgentRole
    /// The mobile node's home address.
    public var homeAddress: IPv4Address

    public init(role: AgentRole, homeAddress: IPv4Address) {
        self.role = role
        self.homeAddress = homeAddress
    }

    public static func < (a: Self, b: Self) -> Bool { (a.homeAddress, a.role.rawValue) < (b.homeAddress, b.role.rawValue) }
}

/// The traffic forwarded for one mobile node since its binding or visit began.
public struct ForwardedTraffic: Hashable, Sendable, Codable {
    /// As the home agent of a node with a binding, as the foreign agent of a visitor, or as the node itself.
    public var role: AgentRole
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// Datagrams to the node. One sent to several care-of addresses counts once.
    public var packetsToNode: UInt64
    /// Bytes in these datagrams.
    public var octetsToNode: UInt64
    /// Datagrams from the node through a reverse tunnel.
    public var packetsFromNode: UInt64
    /// Bytes in these datagrams.
    public var octetsFromNode: UInt64

    public init(
        role: AgentRole, homeAddress: IPv4Address, packetsToNode: UInt64 = 0, octetsToNode: UInt64 = 0,
        packetsFromNode: UInt64 = 0, octetsFromNode: UInt64 = 0
    ) {
        self.role = role
        self.homeAddress = homeAddress
        self.packetsToNode = packetsToNode
        self.octetsToNode = octetsToNode
        self.packetsFromNode = packetsFromNode
        self.octetsFromNode = octetsFromNode
    }

    /// Identifies this row among all others.
    public var key: ForwardedTrafficKey { ForwardedTrafficKey(role: role, homeAddress: homeAddress) }
}

extension ForwardedTrafficKey: Record {
    public static var typeName: String { "TrafficRemoved" }

    public static var blank: ForwardedTrafficKey { ForwardedTrafficKey(role: .homeAgent, homeAddress: .zero) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("role", &role)
        try visitor.member("homeAddress", &homeAddress)
    }
}

extension ForwardedTraffic: Record {
    public static var typeName: String { "Traffic" }

    public static var blank: ForwardedTraffic { ForwardedTraffic(role: .homeAgent, homeAddress: .zero) }

    @inlinable public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("role", &role)
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("packetsToNode", &packetsToNode)
        try visitor.member("octetsToNode", &octetsToNode)
        try visitor.member("packetsFromNode", &packetsFromNode)
        try visitor.member("octetsFromNode", &octetsFromNode)
    }
}
