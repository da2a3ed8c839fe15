/// The control of notifications about agents, and of how much history is kept of them.
public protocol NotificationControl: Sendable {
    /// Whether notifications are sent at all. Where they are not, `historyLimit` is the only setting that can be changed.
    var sendsNotifications: Bool { get }

    /// How notifications about an agent stand; nil for an agent that is not known.
    func notifications(of agent: String) -> NotificationState?

    /// Puts other settings in force, once they are written where they outlive the daemon.
    func setNotifications(_ settings: NotificationSettings, of agent: String) throws
}
