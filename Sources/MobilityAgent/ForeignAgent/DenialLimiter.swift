import AgentModel
import MobileIPv4

/// Limits a foreign agent to one denial per second for each mobile node (RFC 5944 §3.7.2.3), and to few denials per second for lack of room
/// (66) to one sender: those are what a flood of requests causes.
struct DenialLimiter {
    /// A mobile node at the address that the denial is sent to: a request from elsewhere takes no denial away from it.
    private struct Addressee: Hashable {
        let node: PeerIdentity
        let address: IPv4Address
    }

    private static let interval: Int64 = 1_000_000_000
    /// Most nodes remembered at once. If more are denied within a second, the first of them may be denied again.
    static let limit = 65_536
    /// Most denials for lack of room to one sender in a second.
    static let perSender = 64

    private var recent: Set<Addressee> = []
    /// The same nodes in the order of their denials; those before index `first` are forgotten.
    private var order: [(node: Addressee, time: Int64)] = []
    private var first = 0
    /// Denials for lack of room in the current second, by sender.
    private var bySender: [UInt64: Int] = [:]
    private var second = Int64.min

    /// True when the node at this address may be denied now; this is then recorded as a denial.
    ///
    /// - Parameter crowding: the sender of a request that is denied for lack of room; nil for any other request.
    mutating func passes(_ node: PeerIdentity, at address: IPv4Address, crowding: UInt64?, at uptime: Int64) -> Bool {
        while first < order.count, uptime - order[first].time >= Self.interval || order.count - first >= Self.limit {
            recent.remove(order[first].node)
            first += 1
        }
        if first == order.count || first > Self.limit {
            order.removeFirst(first)
            first = 0
        }
        let addressee = Addressee(node: node, address: address)
        guard !recent.contains(addressee), passes(crowding, at: uptime) else { return false }
        recent.insert(addressee)
        order.append((addressee, uptime))
        return true
    }

    private mutating func passes(_ sender: UInt64?, at uptime: Int64) -> Bool {
        guard let sender else { return true }
        if uptime / Self.interval != second || bySender.count >= Self.limit {
            second = uptime / Self.interval
            bySender.removeAll(keepingCapacity: true)
        }
        guard bySender[sender, default: 0] < Self.perSender else { return false }
        bySender[sender, default: 0] += 1
        return true
    }
}
