public import AgentModel

/// The management daemon's state of notifications about one agent.
public struct NotificationState: Hashable, Sendable {
    /// The operator's settings.
    public var settings: NotificationSettings
    /// Notifications sent since the daemon started (`mipExtNotifySent`).
    public var sent: [NotificationKind: UInt64]
    /// Notifications that were enabled but not sent since the daemon started.
    public var suppressed: [NotificationKind: SuppressionCounts]
    /// Resources with a rising alarm that no falling alarm has ended yet (`mipExtCapacityAlarm`).
    public var alarms: Set<CapacityResource>

    public init(
        settings: NotificationSettings = NotificationSettings(), sent: [NotificationKind: UInt64] = [:],
        suppressed: [NotificationKind: SuppressionCounts] = [:], alarms: Set<CapacityResource> = []
    ) {
        self.settings = settings
        self.sent = sent
        self.suppressed = suppressed
        self.alarms = alarms
    }
}
