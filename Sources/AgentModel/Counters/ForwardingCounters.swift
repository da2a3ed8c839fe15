/// What a data plane counts that belongs to no single node or tunnel, since the daemon started.
public struct ForwardingCounters: Hashable, Sendable {
    /// Datagrams dropped, by reason; reasons without a count are absent.
    public var drops: [DropReason: UInt64] = [:]
    /// ICMP errors sent about datagrams that did not fit their tunnel (RFC 2003 §5.1).
    public var icmpErrorsSent: UInt64 = 0
    /// Pieces sent of datagrams that were longer than their path takes.
    public var fragmentsSent: UInt64 = 0

    public init() {}

    /// Datagrams dropped for any reason.
    public var dropsTotal: UInt64 { drops.values.reduce(0, &+) }
}

extension ForwardingCounters: Codable {
    private enum Member: String, CodingKey { case drops, icmpErrorsSent, fragmentsSent }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        // Reasons of a newer daemon are not known here and left out.
        for (name, count) in try members.decode([String: UInt64].self, forKey: .drops) {
            if let reason = DropReason(rawValue: name) { drops[reason] = count }
        }
        icmpErrorsSent = try members.decode(UInt64.self, forKey: .icmpErrorsSent)
        fragmentsSent = try members.decode(UInt64.self, forKey: .fragmentsSent)
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        let named = DropReason.allCases.map { ($0.rawValue, drops[$0] ?? 0) }
        try members.encode(Dictionary(uniqueKeysWithValues: named), forKey: .drops)
        try members.encode(icmpErrorsSent, forKey: .icmpErrorsSent)
        try members.encode(fragmentsSent, forKey: .fragmentsSent)
    }
}

extension ForwardingCounters {
    /// Every counter, in the order of the members.
    static let declared: [CounterDescriptor] = {
        let forwarding = CounterDeclarations(.forwarding) { $0.forwarding }
        return [
            forwarding.drops(\.drops, "Datagrams the data plane dropped, by reason."),
            forwarding.count(
                "icmpErrorsSent", \.icmpErrorsSent, "mipExtIcmpErrorsSent",
                "ICMP errors about datagrams that did not fit their tunnel."),
            forwarding.count(
                "fragmentsSent", \.fragmentsSent, "mipExtFragmentsSent",
                "Pieces sent of datagrams longer than their path takes."),
        ]
    }()
}
