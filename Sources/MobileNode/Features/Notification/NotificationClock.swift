import AgentModel
import MobileIPv4

/// The Identifications of the node's notifications: NTP timestamps, each later than the one before, also when the clock is set back
/// (RFC 6098 §7.1.1). They have nothing to do with those of registrations.
///
/// To an agent whose clock differs by more than it tolerates, they follow the clock of the agent.
struct NotificationClock {
    /// The least time between two notifications to an agent, in nanoseconds (RFC 6098 §4.3).
    static let shortestGap: Int64 = 1_000_000_000
    /// The most agents whose clocks are remembered. The one remembered for longest is forgotten to make room, and states its clock
    /// again.
    static let agentLimit = 16
    /// Half a second: what is missing in the clock of an agent, which consists of whole seconds.
    private static let half: UInt64 = 1 << 31

    private var latest: Identification?
    /// By how much the timestamps are ahead of the clock, because it stood still or was set back.
    private var lead: UInt64 = 0
    /// By how much the clocks of agents are ahead of the timestamps, modulo 2^64, in the order in which they were stated.
    private var offsets: [(agent: NotificationAgent, offset: UInt64)] = []
    /// When something was sent to an agent last, in `Moment.uptime`; only of the last second.
    private var sent: [NotificationAgent: Int64] = [:]

    /// When a notification may be sent to an agent, in `Moment.uptime`; nil if it may be sent now (RFC 6098 §4.3).
    func turn(of agent: NotificationAgent, at uptime: Int64) -> Int64? {
        guard let last = sent[agent], last + Self.shortestGap > uptime else { return nil }
        return last + Self.shortestGap
    }

    /// The Identification of a notification that is sent now.
    mutating func stamp(for agent: NotificationAgent, at now: Moment) -> Identification {
        let clock = Identification(unixNanoseconds: now.wallClock)
        if let latest {
            if clock.isLater(than: latest) {
                lead = 0
            } else if !Identification(rawValue: clock.rawValue &+ lead).isLater(than: latest) {
                lead = latest.rawValue &- clock.rawValue &+ 1
            }
        }
        let own = clock.rawValue &+ lead
        latest = Identification(rawValue: own)
        sent = sent.filter { $0.value + Self.shortestGap > now.uptime }
        sent[agent] = now.uptime
        return Identification(rawValue: own &+ (offsets.first { $0.agent == agent }?.offset ?? 0))
    }

    /// An agent has refused a timestamp, and stated its clock.
    ///
    /// - Parameter seconds: NTP seconds, the high word of its answer.
    mutating func follow(_ agent: NotificationAgent, _ seconds: UInt32, at now: Moment) {
        let own = Identification(unixNanoseconds: now.wallClock).rawValue &+ lead
        let offset = (UInt64(seconds) << 32 | Self.half) &- own
        offsets.removeAll { $0.agent == agent }
        // Within a second, the clocks may well be the same: then the order was wrong, which the next timestamp mends.
        guard Int64(bitPattern: offset).magnitude > 2 * Self.half else { return }
        if offsets.count >= Self.agentLimit { offsets.removeFirst() }
        offsets.append((agent, offset))
    }
}

extension Identification {
    /// Whether this is after `other` in NTP time, across the wrap of 2036 as well.
    func isLater(than other: Identification) -> Bool { Int64(bitPattern: rawValue &- other.rawValue) > 0 }
}
