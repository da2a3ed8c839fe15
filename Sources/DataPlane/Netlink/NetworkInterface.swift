package import MobileIPv4

/// A network device as the kernel describes it.
package struct NetworkInterface: Hashable, Sendable {
    package var index: CInt
    package var name: String
    /// Nil for devices without an Ethernet address.
    package var linkLayerAddress: LinkLayerAddress?
    package var mtu: Int
    package var isUp: Bool
    /// Whether a link is connected.
    package var hasCarrier: Bool
    /// How often `hasCarrier` has changed; shows that a link was lost and came back between two readings.
    package var carrierChanges: UInt32
}

/// A route of one table. The kernel treats equal routes as the same route.
package struct Route: Hashable, Sendable {
    package var destination: IPv4Prefix
    /// Index of the device.
    package var interface: CInt
    package var table: UInt32
    /// The router on the link, which need not be in any of the link's prefixes; nil when the destination itself is on the link.
    package var gateway: IPv4Address?
    /// The source address of datagrams whose sender has bound none.
    package var source: IPv4Address?
    /// Among routes to the same destination, the lowest metric wins.
    package var metric: UInt32

    package init(
        destination: IPv4Prefix, interface: CInt, table: UInt32, gateway: IPv4Address? = nil, source: IPv4Address? = nil,
        metric: UInt32 = 0
    ) {
        self.destination = destination
        self.interface = interface
        self.table = table
        self.gateway = gateway
        self.source = source
        self.metric = metric
    }
}

/// A policy rule: which table routes a datagram.
package struct PolicyRule: Hashable, Sendable {
    /// Used in place of a table: datagrams are discarded.
    package static let discard: UInt32 = 0

    /// Rules with a lower priority value are applied first.
    package var priority: UInt32
    /// A routing table, or `discard`.
    package var table: UInt32
    /// Only datagrams from this address.
    package var source: IPv4Address?
    /// Only datagrams to this address.
    package var destination: IPv4Address?
    /// Only datagrams that arrived on this interface.
    package var incomingInterface: String?
    /// Only datagrams with this firewall mark.
    package var mark: UInt32?

    package init(
        priority: UInt32, table: UInt32, source: IPv4Address? = nil, destination: IPv4Address? = nil,
        incomingInterface: String? = nil, mark: UInt32? = nil
    ) {
        self.priority = priority
        self.table = table
        self.source = source
        self.destination = destination
        self.incomingInterface = incomingInterface
        self.mark = mark
    }
}

/// An entry of the neighbour table, or an address that the kernel answers for on a link.
package struct Neighbor: Hashable, Sendable {
    package var address: IPv4Address
    /// Index of the device.
    package var interface: CInt
    /// Nil for an address that the kernel answers for (proxy).
    package var linkLayerAddress: LinkLayerAddress?

    package init(address: IPv4Address, interface: CInt, linkLayerAddress: LinkLayerAddress?) {
        self.address = address
        self.interface = interface
        self.linkLayerAddress = linkLayerAddress
    }
}
