/// What the operator has chosen of the notifications about one agent (mipExtNotify). The management daemon keeps it over restarts.
public struct NotificationControl: Hashable, Sendable {
    /// The kinds that are sent (mipExtNotifyEnabled).
    public var enabled: Set<NotificationKind>
    /// Seconds between two notifications of one kind about one node, 0…3600; 0 sets none (mipExtNotifyNodeInterval).
    public var nodeInterval: UInt32
    /// Notifications a minute about nodes and offenders, 0…60000; 0 sets no limit (mipExtNotifyMaximumRate).
    public var maximumRate: UInt32
    /// Alarm thresholds by mipExtCapacityResource; those that are not here are the defaults.
    public var thresholds: [Int32: CapacityThresholds]

    /// All kinds but mipAuthFailure, which mipAuthFailure2 replaces; the interval and the rate that MIPV4-EXT-MIB has as DEFVAL.
    public init(
        enabled: Set<NotificationKind> = Set(NotificationKind.allCases).subtracting([.authFailure]), nodeInterval: UInt32 = 10,
        maximumRate: UInt32 = 600, thresholds: [Int32: CapacityThresholds] = [:]
    ) {
        self.enabled = enabled
        self.nodeInterval = nodeInterval
        self.maximumRate = maximumRate
        self.thresholds = thresholds
    }
}

/// When the alarms of one kind of capacity are raised and ended, in percent of the maximum.
public struct CapacityThresholds: Hashable, Sendable, Codable {
    /// 0…100; 0 raises no alarm (mipExtCapacityRising).
    public var rising: UInt32
    /// 0…100, not above `rising` unless that is 0 (mipExtCapacityFalling).
    public var falling: UInt32

    public init(rising: UInt32 = 90, falling: UInt32 = 80) {
        self.rising = rising
        self.falling = falling
    }
}

/// How notifications about one agent stand: what is chosen, and what was counted since the management daemon started.
public struct NotificationState: Hashable, Sendable {
    /// What the operator has chosen.
    public var control: NotificationControl
    /// Notifications sent, by kind (mipExtNotifySent).
    public var sent: [NotificationKind: UInt64]
    /// Notifications held back by the interval or the rate, by kind (mipExtNotifySuppressed).
    public var suppressed: [NotificationKind: UInt64]
    /// The values of mipExtCapacityResource whose alarm is raised (mipExtCapacityAlarm).
    public var alarms: Set<Int32>

    public init(
        control: NotificationControl = NotificationControl(), sent: [NotificationKind: UInt64] = [:],
        suppressed: [NotificationKind: UInt64] = [:], alarms: Set<Int32> = []
    ) {
        self.control = control
        self.sent = sent
        self.suppressed = suppressed
        self.alarms = alarms
    }
}
