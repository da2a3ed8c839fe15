public import AgentModel

/// What an operator sets of the notifications about one agent: the part that the management daemon keeps over its restart.
public struct NotificationSettings: Hashable, Sendable, Codable {
    /// The kinds that are sent (`mipExtNotifyEnabled`).
    public var enabled: Set<NotificationKind>
    /// Seconds between two notifications of one kind about one node or offender; 0 for none (`mipExtNotifyNodeInterval`, 0…3600).
    public var nodeInterval: UInt32
    /// Notifications about nodes and offenders in a minute; 0 sets no limit (`mipExtNotifyMaximumRate`, 0…60000).
    public var maximumRate: UInt32
    /// The shares of capacity at which alarms are sent, where they are not the usual ones (`mipExtCapacityRising`, `…Falling`).
    public var thresholds: [CapacityResource: CapacityThreshold]
    /// How many registrations that ended are kept to be read (`mipExtHistoryLimit`, 0…1000000).
    public var historyLimit: UInt32

    /// - Parameter enabled: by default all but `authFailure`, which is for managers that do not know `authFailure2`
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

    /// The shares for a kind of thing that the agent holds.
    public func threshold(_ resource: CapacityResource) -> CapacityThreshold { thresholds[resource] ?? CapacityThreshold() }
}

/// Shares of capacity in percent, 0…100.
public struct CapacityThreshold: Hashable, Sendable, Codable {
    /// An alarm is sent when this is reached from below; 0 for none.
    public var rising: UInt32
    /// The alarm ends when use falls to this.
    public var falling: UInt32

    public init(rising: UInt32 = 90, falling: UInt32 = 80) {
        self.rising = rising
        self.falling = falling
    }
}
