package import MobileIPv4

/// A network device as the kernel describes it.
package struct NetworkInterface: Hashable, Sendable {
    package var index: CInt
    package var name: String
    /// Nil for devices without an Ethernet address.
    package var linkLayerAddress: LinkLayerAddress?
    package var mtu: Int
    package var isUp: Bool
    /// Whether there is a link behind it.
    package var hasCarrier: Bool
    /// How often that has changed, which tells a link that went and came in between.
    package var carrierChanges: UInt32
}

/// A route of one table. Equal routes are one and the same for the kernel.
package struct Route: Hashable, Sendable {
    package var destination: IPv4Prefix
    /// Index of the device.
    package var interface: CInt
    package var table: UInt32
    /// The router on the link, which need not be in any of its prefixes; nil when the destination itself is there.
    package var gateway: IPv4Address?
    /// The own address that datagrams get when their sender has bound none.
    package var source: IPv4Address?
    /// Lower wins among routes to the same destination.
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
    /// In place of a table: datagrams are thrown away.
    package static let discard: UInt32 = 0

    /// Lower comes first.
    package var priority: UInt32
    /// A routing table, or `discard`.
    package var table: UInt32
    /// Only datagrams from this address.
    package var source: IPv4Address?
    /// Only datagrams to this address.
    package var destination: IPv4Address?
    /// Only datagrams that came by this interface.
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

/// An entry of the neighbour table, or of the addresses answered for on a link.
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
