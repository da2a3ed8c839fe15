import AgentModel
import MIPMIB
import ManagementCore
import NIOConcurrencyHelpers

/// The notifications of one agent: what is chosen, what was counted, and the decision whether one is sent. Any thread.
final class NotificationDesk: Sendable {
    private struct Contents {
        var state: NotificationState
        var limiter = NotificationLimiter()
    }

    private let contents: NIOLockedValueBox<Contents>
    private let outbox: NotificationOutbox
    /// The agent's place in the list of agents.
    private let agent: Int

    init(agent: Int, settings: NotificationSettings, outbox: NotificationOutbox) {
        self.agent = agent
        self.outbox = outbox
        contents = NIOLockedValueBox(Contents(state: NotificationState(settings: settings)))
    }

    /// What is chosen and counted.
    var state: NotificationState { contents.withLockedValue { $0.state } }

    /// Puts another choice in the place of the present one.
    func setSettings(_ settings: NotificationSettings) { contents.withLockedValue { $0.state.settings = settings } }

    /// Remembers which alarms are raised.
    func setAlarms(_ alarms: Set<CapacityResource>) { contents.withLockedValue { $0.state.alarms = alarms } }

    /// Sends a notification if its kind is chosen and neither interval nor rate holds it back.
    ///
    /// - Parameter now: milliseconds of a clock that does not step.
    func post(
        _ kind: NotificationKind, of snapshot: AgentState, content: PendingNotification.Content, role: AgentRole = .homeAgent,
        node: String = "", at now: Int64
    ) {
        let isAdmitted = contents.withLockedValue { contents in
            let settings = contents.state.settings
            guard settings.enabled.contains(kind) else { return false }
            let subject = NotificationLimiter.Subject(kind: kind, role: role, node: node)
            guard contents.limiter.admits(subject, at: now, settings: settings) else {
                contents.state.suppressed[kind, default: 0] += 1
                return false
            }
            return true
        }
        guard isAdmitted else { return }
        let pending = PendingNotification(agent: agent, kind: kind, snapshot: snapshot, content: content, time: now)
        if !outbox.add(pending) { contents.withLockedValue { $0.state.suppressed[kind, default: 0] += 1 } }
    }

    /// Counts one that is chosen and cannot be sent.
    func countHeldBack(_ kind: NotificationKind) {
        contents.withLockedValue { contents in
            if contents.state.settings.enabled.contains(kind) { contents.state.suppressed[kind, default: 0] += 1 }
        }
    }

    /// Counts one that the library has taken.
    func countSent(_ kind: NotificationKind) { contents.withLockedValue { $0.state.sent[kind, default: 0] += 1 } }
}

/// A notification on its way to the SNMP thread, with the snapshot its objects are read from.
struct PendingNotification: Sendable {
    /// What the snapshot alone does not tell.
    enum Content: Sendable {
        /// What happened to a node.
        case event(AgentEvent)
        /// A security violation, and the row that tells of it.
        case violation(SecurityViolation)
        case capacity(CapacityResource)
        case reachability
    }

    var agent: Int
    var kind: NotificationKind
    var snapshot: AgentState
    var content: Content
    /// Milliseconds, when it was posted.
    var time: Int64
}

/// Notifications waiting for the SNMP thread; bounded. Any thread.
final class NotificationOutbox: Sendable {
    /// As many as may wait, for instance while the AgentX master is away.
    static let capacity = 2048

    private struct Contents {
        var waiting: [PendingNotification] = []
        var first = 0
    }

    private let contents = NIOLockedValueBox(Contents())
    private let wake: @Sendable () -> Void

    /// - Parameter wake: called after something was added to an empty box.
    init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// False when the box is full.
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

    /// The oldest ones, at most `limit`, and whether there are more.
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
