/// What a data plane has counted since the daemon started that does not belong to a single node or tunnel.
public struct ForwardingCounters: Hashable, Sendable {
    /// Datagrams dropped, by reason; reasons that did not occur are absent.
    public var drops: [DropReason: UInt64] = [:]
    /// ICMP errors sent for datagrams too large for their tunnel (RFC 2003 §5.1).
    public var icmpErrorsSent: UInt64 = 0
    /// Fragments sent of datagrams too large for their path.
    public var fragmentsSent: UInt64 = 0
    /// ICMP errors that lowered the path MTU of a tunnel, because a datagram such as they quote was sent lately.
    public var pathMTUErrorsAccepted: UInt64 = 0
    /// ICMP errors about a tunnel that match no datagram sent lately.
    public var pathMTUErrorsIgnored: UInt64 = 0

    public init() {}

    /// Datagrams dropped for any reason.
    public var dropsTotal: UInt64 { drops.values.reduce(0, &+) }
}

extension ForwardingCounters: Codable {
    private enum Member: String, CodingKey {
        case drops, icmpErrorsSent, fragmentsSent, pathMTUErrorsAccepted, pathMTUErrorsIgnored
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        // Skip reasons of a newer daemon, which are unknown here.
        for (name, count) in try members.decode([String: UInt64].self, forKey: .drops) {
            if let reason = DropReason(rawValue: name) { drops[reason] = count }
        }
        icmpErrorsSent = try members.decode(UInt64.self, forKey: .icmpErrorsSent)
        fragmentsSent = try members.decode(UInt64.self, forKey: .fragmentsSent)
        pathMTUErrorsAccepted = try members.decode(UInt64.self, forKey: .pathMTUErrorsAccepted)
        pathMTUErrorsIgnored = try members.decode(UInt64.self, forKey: .pathMTUErrorsIgnored)
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        let named = DropReason.allCases.map { ($0.rawValue, drops[$0] ?? 0) }
        try members.encode(Dictionary(uniqueKeysWithValues: named), forKey: .drops)
        try members.encode(icmpErrorsSent, forKey: .icmpErrorsSent)
        try members.encode(fragmentsSent, forKey: .fragmentsSent)
        try members.encode(pathMTUErrorsAccepted, forKey: .pathMTUErrorsAccepted)
        try members.encode(pathMTUErrorsIgnored, forKey: .pathMTUErrorsIgnored)
    }
}

extension ForwardingCounters {
    /// Every counter, in the order of the members.
    static let declared: [CounterDescriptor] = {
        let forwarding = CounterDeclarations(.forwarding) { $0.forwarding }
        return [
            forwarding.drops(\.drops, "Datagrams dropped by the data plane, by reason."),
            forwarding.count(
                "icmpErrorsSent", \.icmpErrorsSent, "mipExtIcmpErrorsSent",
                "ICMP errors sent for datagrams too large for their tunnel."),
            forwarding.count(
                "fragmentsSent", \.fragmentsSent, "mipExtFragmentsSent",
                "Fragments sent of datagrams too large for their path."),
            forwarding.count(
                "pathMTUErrorsAccepted", \.pathMTUErrorsAccepted, "mipExtPathMtuErrorsAccepted",
                "ICMP errors that lowered the path MTU of a tunnel.", since: 2),
            forwarding.count(
                "pathMTUErrorsIgnored", \.pathMTUErrorsIgnored, "mipExtPathMtuErrorsIgnored",
                "ICMP errors about a tunnel that match no datagram sent lately.", since: 2),
        ]
    }()
}
