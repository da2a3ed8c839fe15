package import AgentModel
package import MobileIPv4

/// Datagrams and their octets. Octets are those of the tunnelled datagrams, without the tunnel's own headers.
package struct TrafficCount: Hashable, Sendable, Codable {
    package var packets: UInt64 = 0
    package var octets: UInt64 = 0

    package init(packets: UInt64 = 0, octets: UInt64 = 0) {
        self.packets = packets
        self.octets = octets
    }

    mutating func add(octets count: Int) {
        packets &+= 1
        octets &+= UInt64(truncatingIfNeeded: count)
    }

    static func + (a: Self, b: Self) -> Self { Self(packets: a.packets &+ b.packets, octets: a.octets &+ b.octets) }
}

/// What tunnels have carried for one home address since it was set.
package struct NodeTraffic: Hashable, Sendable, Codable {
    /// To the mobile node. A datagram that was sent to several care-of addresses is counted once.
    package var toNode = TrafficCount()
    /// From the mobile node: reverse tunnelling.
    package var fromNode = TrafficCount()

    package init(toNode: TrafficCount = .init(), fromNode: TrafficCount = .init()) {
        self.toNode = toNode
        self.fromNode = fromNode
    }
}

/// What one tunnel has carried since it came into use.
package struct TunnelTraffic: Hashable, Sendable, Codable {
    package var sent = TrafficCount()
    package var received = TrafficCount()

    package init(sent: TrafficCount = .init(), received: TrafficCount = .init()) {
        self.sent = sent
        self.received = received
    }
}

/// One count for each reason.
package struct DropCounts: Hashable, Sendable {
    private var counts = [UInt64](repeating: 0, count: DropReason.allCases.count)

    package init() {}

    package subscript(reason: DropReason) -> UInt64 {
        get { counts[Self.index(of: reason)] }
        set { counts[Self.index(of: reason)] = newValue }
    }

    package var total: UInt64 { counts.reduce(0, &+) }

    private static func index(of reason: DropReason) -> Int {
        switch reason {
        case .malformed: 0
        case .unknownSource: 1
        case .unknownDestination: 2
        case .sourceMismatch: 3
        case .ttlExpired: 4
        case .tooBig: 5
        case .unsupportedEncapsulation: 6
        case .loop: 7
        case .sendFailed: 8
        }
    }
}

/// The progress of a data plane's counters. Two marks are equal when nothing was counted between them and the rows are the same.
package struct CountersMark: Hashable, Sendable {
    /// Changes of the forwarding table, including traffic.
    var table: UInt64
    /// Counts that belong to no row.
    var events: UInt64
    /// Packets counted by tunnel devices of the kernel, and the number of those devices.
    var packets: UInt64 = 0
    var devices = 0

    init(_ state: borrowing PlaneState) {
        table = state.table.changes
        events = state.counters.events
    }
}

/// Everything the data plane counts, at one moment.
package struct DataPlaneCounters: Hashable, Sendable {
    /// By home address, for nodes whose home agent this is.
    package var homes: [IPv4Address: NodeTraffic] = [:]
    /// By home address, for visitors.
    package var visitors: [IPv4Address: NodeTraffic] = [:]
    /// By home address, for this mobile node.
    package var nodes: [IPv4Address: NodeTraffic] = [:]
    package var tunnels: [MobilityTunnelKey: TunnelTraffic] = [:]
    /// Datagrams that were dropped. A kernel data plane cannot count all of them.
    package var drops = DropCounts()
    /// Gratuitous ARPs sent, including repetitions (`haGratuitiousARPsSent`).
    package var gratuitousARPsSent: UInt64 = 0
    /// ARP requests answered for nodes away from home (`haProxyARPsSent`).
    package var proxyARPsSent: UInt64 = 0
    /// ICMP errors sent about datagrams that did not fit.
    package var icmpErrorsSent: UInt64 = 0
    /// Fragments sent of outer datagrams that exceeded the MTU of their path.
    package var fragmentsSent: UInt64 = 0
    /// ICMP errors that lowered the path MTU of a tunnel.
    package var pathMTUErrorsAccepted: UInt64 = 0
    /// ICMP errors about a tunnel that match no datagram sent lately.
    package var pathMTUErrorsIgnored: UInt64 = 0

    package init() {}

    /// The sum of the counts that belong to no row.
    var events: UInt64 {
        drops.total &+ gratuitousARPsSent &+ proxyARPsSent &+ icmpErrorsSent &+ fragmentsSent &+ pathMTUErrorsAccepted
            &+ pathMTUErrorsIgnored
    }
}
