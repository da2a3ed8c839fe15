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

    private var timestamps = NotificationTimestamps()
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
        let own = timestamps.next(at: now.wallClock)
        sent = sent.filter { $0.value + Self.shortestGap > now.uptime }
        sent[agent] = now.uptime
        return Identification(rawValue: own.rawValue &+ (offsets.first { $0.agent == agent }?.offset ?? 0))
    }

    /// An agent has refused a timestamp, and stated its clock.
    ///
    /// - Parameter seconds: NTP seconds, the high word of its answer.
    mutating func follow(_ agent: NotificationAgent, _ seconds: UInt32, at now: Moment) {
        offsets.removeAll { $0.agent == agent }
        guard let offset = timestamps.offset(to: seconds, at: now.wallClock) else { return }
        if offsets.count >= Self.agentLimit { offsets.removeFirst() }
        offsets.append((agent, offset))
    }
}
