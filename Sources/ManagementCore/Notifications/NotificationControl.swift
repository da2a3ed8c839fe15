/// Controls notifications about agents, and how much history of them is kept.
public protocol NotificationControl: Sendable {
    /// Whether notifications are sent at all. If they are not, `historyLimit` is the only setting that can be changed.
    var sendsNotifications: Bool { get }

    /// The state of notifications about an agent; nil for an unknown agent.
    func notifications(of agent: String) -> NotificationState?

    /// Applies new settings, after saving them where they persist across a restart of the daemon.
    func setNotifications(_ settings: NotificationSettings, of agent: String) throws
}
