public import MIPMIB

/// The control of notifications, by whoever sends them.
public protocol NotificationControl: Sendable {
    /// How notifications about an agent stand; nil for an agent that is not known.
    func notifications(of agent: String) -> NotificationState?

    /// Puts other settings in force, once they are written where they outlive the daemon.
    func setNotifications(_ settings: NotificationSettings, of agent: String) throws
}
