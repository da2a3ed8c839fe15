public import AgentModel

/// What the management daemon holds of the notifications about one agent.
public struct NotificationState: Hashable, Sendable {
    /// What the operator set.
    public var settings: NotificationSettings
    /// Notifications sent since the daemon started (`mipExtNotifySent`).
    public var sent: [NotificationKind: UInt64]
    /// Notifications held back by the limits since the daemon started (`mipExtNotifySuppressed`).
    public var suppressed: [NotificationKind: UInt64]
    /// Kinds between a rising alarm and the falling one that ends it (`mipExtCapacityAlarm`).
    public var alarms: Set<CapacityResource>

    public init(
        settings: NotificationSettings = NotificationSettings(), sent: [NotificationKind: UInt64] = [:],
        suppressed: [NotificationKind: UInt64] = [:], alarms: Set<CapacityResource> = []
    ) {
        self.settings = settings
        self.sent = sent
        self.suppressed = suppressed
        self.alarms = alarms
    }
}
