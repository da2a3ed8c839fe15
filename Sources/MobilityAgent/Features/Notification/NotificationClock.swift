import AgentModel
internal import DequeModule
import MobileIPv4

/// One with whom this agent exchanges notifications.
struct NotificationPeer: Hashable {
    /// The role in which this agent does.
    var ownRole: AgentRole
    var role: AgentRole
    /// The home address of a mobile node; the address of an agent.
    var address: IPv4Address
    /// The home agent of a mobile node, because nodes of different home agents may have the same address; zero for an agent.
    var homeAgent: IPv4Address = .zero
}

/// The Identifications of an agent's notifications: NTP timestamps, each later than the one before, also when the clock is set back
/// (RFC 6098 §7.1.1). They belong to notifications alone; those of registrations and revocations have nothing to do with them.
///
/// To a peer whose clock differs by more than it tolerates, they follow the clock of the peer.
struct NotificationClock {
    /// The most peers whose clocks are remembered. The one remembered for longest is forgotten to make room, and states its clock
    /// again.
    static let peerLimit = 1024

    private var timestamps = NotificationTimestamps()
    /// By how much the clocks of peers are ahead of the timestamps, modulo 2^64.
    private var offsets: [NotificationPeer: UInt64] = [:]
    private var order: Deque<NotificationPeer> = []
    /// When something was sent to a peer last, in `Moment.uptime`; older than the shortest gap only until they are many.
    private var sent: [NotificationPeer: Int64] = [:]
    private var sentLimit = peerLimit

    /// When a notification may be sent to a peer, in `Moment.uptime`; nil if it may be sent now (RFC 6098 §4.3).
    func turn(of peer: NotificationPeer, at uptime: Int64) -> Int64? {
        guard let last = sent[peer], last + OutgoingExchange.shortestGap > uptime else { return nil }
        return last + OutgoingExchange.shortestGap
    }

    /// The Identification of a notification that is sent now.
    mutating func stamp(for peer: NotificationPeer, at now: Moment) -> Identification {
        let own = timestamps.next(at: now.wallClock)
        note(peer, at: now.uptime)
        return Identification(rawValue: own.rawValue &+ (offsets[peer] ?? 0))
    }

    private mutating func note(_ peer: NotificationPeer, at uptime: Int64) {
        sent[peer] = uptime
        guard sent.count > sentLimit else { return }
        sent = sent.filter { $0.value + OutgoingExchange.shortestGap > uptime }
        sentLimit = max(Self.peerLimit, 2 * sent.count)
    }

    /// The peer has refused a timestamp, and stated its clock.
    ///
    /// - Parameter seconds: NTP seconds, the high word of its answer.
    mutating func follow(_ peer: NotificationPeer, _ seconds: UInt32, at now: Moment) {
        guard let offset = timestamps.offset(to: seconds, at: now.wallClock) else {
            if offsets.removeValue(forKey: peer) != nil { order.removeAll { $0 == peer } }
            return
        }
        if offsets.updateValue(offset, forKey: peer) == nil { order.append(peer) }
        while order.count > Self.peerLimit { offsets[order.removeFirst()] = nil }
    }
}
