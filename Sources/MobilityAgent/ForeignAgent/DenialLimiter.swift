import AgentModel

/// Limits a foreign agent to one denial per second for each mobile node (RFC 5944 §3.7.2.3).
struct DenialLimiter {
    private static let interval: Int64 = 1_000_000_000
    /// Most nodes remembered at once. If more are denied within a second, the others receive no denial.
    private static let limit = 65_536

    private var recent: Set<PeerIdentity> = []
    /// The same nodes in the order of their denials; those before index `first` are forgotten.
    private var order: [(node: PeerIdentity, time: Int64)] = []
    private var first = 0

    /// True when the node may be denied now; this is then recorded as a denial.
    mutating func passes(_ node: PeerIdentity, at uptime: Int64) -> Bool {
        while first < order.count, uptime - order[first].time >= Self.interval {
            recent.remove(order[first].node)
            first += 1
        }
        if first == order.count || first > Self.limit {
            order.removeFirst(first)
            first = 0
        }
        guard recent.count < Self.limit, recent.insert(node).inserted else { return false }
        order.append((node, uptime))
        return true
    }
}
