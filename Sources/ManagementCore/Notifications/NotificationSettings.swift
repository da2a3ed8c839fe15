public import AgentModel

/// An operator's settings for notifications about one agent, which the management daemon keeps across its restarts.
public struct NotificationSettings: Hashable, Sendable, Codable {
    /// The kinds that are sent (`mipExtNotifyEnabled`).
    public var enabled: Set<NotificationKind>
    /// Seconds between two notifications of one kind about one node or offender; 0 for none (`mipExtNotifyNodeInterval`, 0…3600).
    public var nodeInterval: UInt32
    /// Most notifications about nodes and offenders per minute; 0 for no limit (`mipExtNotifyMaximumRate`, 0…60000).
    public var maximumRate: UInt32
    /// The shares of capacity at which alarms are sent, where they differ from the defaults (`mipExtCapacityRising`, `…Falling`).
    public var thresholds: [CapacityResource: CapacityThreshold]
    /// How many ended registrations are kept in the history (`mipExtHistoryLimit`, 0…1000000).
    public var historyLimit: UInt32

    /// - Parameter enabled: by default all but `authFailure`, which is for managers that do not support `authFailure2`
    ///   (`NotificationDescriptor.isEnabledAtFirst`).
    public init(
        enabled: Set<NotificationKind> = Set(NotificationKind.allCases.filter(\.descriptor.isEnabledAtFirst)),
        nodeInterval: UInt32 = 10,
        maximumRate: UInt32 = 600, thresholds: [CapacityResource: CapacityThreshold] = [:], historyLimit: UInt32 = 1000
    ) {
        self.enabled = enabled
        self.nodeInterval = nodeInterval
        self.maximumRate = maximumRate
        self.thresholds = thresholds
        self.historyLimit = historyLimit
    }

    /// The shares for one kind of resource that the agent holds.
    public func threshold(_ resource: CapacityResource) -> CapacityThreshold { thresholds[resource] ?? CapacityThreshold() }
}

/// Shares of capacity in percent, 0…100.
public struct CapacityThreshold: Hashable, Sendable, Codable {
    /// An alarm is sent when use rises to this share; 0 for no alarm.
    public var rising: UInt32
    /// The alarm ends when use falls to this share.
    public var falling: UInt32

    public init(rising: UInt32 = 90, falling: UInt32 = 80) {
        self.rising = rising
        self.falling = falling
    }
}
