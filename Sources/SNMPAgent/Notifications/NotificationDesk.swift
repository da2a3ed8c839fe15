import AgentModel
import MIPMIB
import ManagementCore
import NIOConcurrencyHelpers

/// The notifications of one agent: the settings, the counts, and the decision whether to send one. Use it from any thread.
final class NotificationDesk: Sendable {
    private struct Contents {
        var state: NotificationState
        var limiter = NotificationLimiter()
    }

    private let contents: NIOLockedValueBox<Contents>
    private let outbox: NotificationOutbox
    /// The agent's index in the list of agents.
    private let agent: Int

    init(agent: Int, settings: NotificationSettings, outbox: NotificationOutbox) {
        self.agent = agent
        self.outbox = outbox
        contents = NIOLockedValueBox(Contents(state: NotificationState(settings: settings)))
    }

    /// The settings and counts.
    var state: NotificationState { contents.withLockedValue { $0.state } }

    /// Replaces the current settings.
    func setSettings(_ settings: NotificationSettings) { contents.withLockedValue { $0.state.settings = settings } }

    /// Records which alarms are raised.
    func setAlarms(_ alarms: Set<CapacityResource>) { contents.withLockedValue { $0.state.alarms = alarms } }

    /// Posts a notification if its kind is enabled and neither the interval nor the rate suppresses it.
    ///
    /// - Parameter now: milliseconds on a clock that does not step.
    func post(
        _ kind: NotificationKind, of snapshot: AgentState, content: PendingNotification.Content, role: AgentRole = .homeAgent,
        node: String = "", at now: Int64
    ) {
        let isAdmitted = contents.withLockedValue { contents in
            let settings = contents.state.settings
            guard settings.enabled.contains(kind) else { return false }
            let subject = NotificationLimiter.Subject(kind: kind, role: role, node: node)
            if let cause = contents.limiter.suppresses(subject, at: now, settings: settings) {
                contents.state.suppressed[kind, default: SuppressionCounts()][cause] += 1
                return false
            }
            return true
        }
        guard isAdmitted else { return }
        let pending = PendingNotification(agent: agent, kind: kind, snapshot: snapshot, content: content)
        if !outbox.add(pending) {
            contents.withLockedValue { $0.state.suppressed[kind, default: SuppressionCounts()][.queue] += 1 }
        }
    }

    /// Counts a notification that is enabled and could not be made in time.
    func countHeldBack(_ kind: NotificationKind) {
        contents.withLockedValue { contents in
            if contents.state.settings.enabled.contains(kind) {
                contents.state.suppressed[kind, default: SuppressionCounts()][.queue] += 1
            }
        }
    }

    /// Counts a notification that the library has accepted.
    func countSent(_ kind: NotificationKind) { contents.withLockedValue { $0.state.sent[kind, default: 0] += 1 } }
}

/// A notification on its way to the SNMP thread, with the snapshot from which its objects are read.
struct PendingNotification: Sendable {
    /// Information that the snapshot alone does not provide.
    enum Content: Sendable {
        /// An event about a node.
        case event(AgentEvent)
        /// The row of a security violation.
        case violation(SecurityViolation)
        case capacity(CapacityResource)
        case reachability
    }

    var agent: Int
    var kind: NotificationKind
    var snapshot: AgentState
    var content: Content
}

/// The bounded queue of notifications waiting for the SNMP thread. Use it from any thread.
final class NotificationOutbox: Sendable {
    /// The most that may wait, for example while the AgentX master is unreachable.
    static let capacity = 2048

    private struct Contents {
        var waiting: [PendingNotification] = []
        var first = 0
    }

    private let contents = NIOLockedValueBox(Contents())
    private let wake: @Sendable () -> Void

    /// - Parameter wake: called after something was added to an empty queue.
    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// Returns false if the queue is full.
    func add(_ notification: PendingNotification) -> Bool {
        let (isAdded, wasEmpty) = contents.withLockedValue { contents in
            guard contents.waiting.count - contents.first < Self.capacity else { return (false, false) }
            let wasEmpty = contents.first == contents.waiting.count
            contents.waiting.append(notification)
            return (true, wasEmpty)
        }
        if wasEmpty { wake() }
        return isAdded
    }

    /// Removes the oldest ones, at most `limit`, and returns them and whether there are more.
    func take(_ limit: Int) -> (notifications: [PendingNotification], hasMore: Bool) {
        contents.withLockedValue { contents in
            let end = min(contents.waiting.count, contents.first + limit)
            let taken = Array(contents.waiting[contents.first..<end])
            contents.first = end
            if end == contents.waiting.count {
                contents.waiting.removeAll(keepingCapacity: contents.waiting.count <= 64)
                contents.first = 0
            } else if contents.first >= 256 {
                contents.waiting.removeFirst(contents.first)
                contents.first = 0
            }
            return (taken, contents.first < contents.waiting.count)
        }
    }
}
