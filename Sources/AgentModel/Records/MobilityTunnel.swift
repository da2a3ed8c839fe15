public import JSON
public import MobileIPv4

/// The key of a tunnel: its two ends and its encapsulation.
public struct MobilityTunnelKey: Hashable, Sendable, Comparable, Codable {
    /// This machine's address in the outer headers.
    public var localAddress: IPv4Address
    /// The far end.
    public var remoteAddress: IPv4Address
    /// How datagrams are carried.
    public var encapsulation: Encapsulation

    public init(localAddress: IPv4Address, remoteAddress: IPv4Address, encapsulation: Encapsulation) {
        self.localAddress = localAddress
        self.remoteAddress = remoteAddress
        self.encapsulation = encapsulation
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.localAddress, a.remoteAddress, a.encapsulation) < (b.localAddress, b.remoteAddress, b.encapsulation)
    }
}

/// A tunnel used by bindings or visits, with its traffic. Bytes are those of the inner datagrams.
public struct MobilityTunnel: Hashable, Sendable, Codable {
    /// This machine's address in the outer headers.
    public var localAddress: IPv4Address
    /// The far end: a care-of address or a home agent.
    public var remoteAddress: IPv4Address
    /// How datagrams are carried.
    public var encapsulation: Encapsulation
    /// Datagrams sent into it.
    public var packetsSent: UInt64
    /// Bytes in these datagrams.
    public var octetsSent: UInt64
    /// Datagrams that came out of it and passed the source checks.
    public var packetsReceived: UInt64
    /// Bytes in these datagrams.
    public var octetsReceived: UInt64
    /// When its counters started from zero; nil if unknown.
    public var since: Timestamp?

    public init(
        localAddress: IPv4Address, remoteAddress: IPv4Address, encapsulation: Encapsulation, packetsSent: UInt64 = 0,
        octetsSent: UInt64 = 0, packetsReceived: UInt64 = 0, octetsReceived: UInt64 = 0, since: Timestamp? = nil
    ) {
        self.localAddress = localAddress
        self.remoteAddress = remoteAddress
        self.encapsulation = encapsulation
        self.packetsSent = packetsSent
        self.octetsSent = octetsSent
        self.packetsReceived = packetsReceived
        self.octetsReceived = octetsReceived
        self.since = since
    }

    /// Identifies this tunnel among all others.
    public var key: MobilityTunnelKey {
        MobilityTunnelKey(localAddress: localAddress, remoteAddress: remoteAddress, encapsulation: encapsulation)
    }
}

extension MobilityTunnelKey: Record {
    public static var typeName: String { "TunnelRemoved" }

    public static var blank: MobilityTunnelKey {
        MobilityTunnelKey(localAddress: .zero, remoteAddress: .zero, encapsulation: .ipInIp)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("localAddress", &localAddress)
        try visitor.member("remoteAddress", &remoteAddress)
        try visitor.member("encapsulation", &encapsulation)
    }
}

extension MobilityTunnel: Record {
    public static var typeName: String { "Tunnel" }

    public static var blank: MobilityTunnel {
        MobilityTunnel(localAddress: .zero, remoteAddress: .zero, encapsulation: .ipInIp)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("localAddress", &localAddress)
        try visitor.member("remoteAddress", &remoteAddress)
        try visitor.member("encapsulation", &encapsulation)
        try visitor.member("packetsSent", &packetsSent)
        try visitor.member("octetsSent", &octetsSent)
        try visitor.member("packetsReceived", &packetsReceived)
        try visitor.member("octetsReceived", &octetsReceived)
        try visitor.member("since", &since)
    }
}
