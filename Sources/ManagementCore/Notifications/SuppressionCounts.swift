/// Why an enabled notification was not sent.
public enum SuppressionCause: String, Sendable, Hashable, CaseIterable {
    /// Another of its kind about the same node was sent within the shortest interval (`mipExtNotifyNodeInterval`).
    case nodeInterval
    /// There were as many as may be sent within a minute (`mipExtNotifyMaximumRate`).
    case maximumRate
    /// Notifications were made or sent more slowly than events arrived, and the queue was full.
    case queue
}

/// How many notifications of one kind were not sent, by cause.
public struct SuppressionCounts: Sendable, Hashable {
    private var nodeInterval: UInt64 = 0
    private var maximumRate: UInt64 = 0
    private var queue: UInt64 = 0

    /// - Parameter counts: the numbers by cause; by default none.
    public init(_ counts: [SuppressionCause: UInt64] = [:]) {
        for (cause, count) in counts { self[cause] = count }
    }

    /// The number for one cause.
    public subscript(cause: SuppressionCause) -> UInt64 {
        get {
            switch cause {
            case .nodeInterval: nodeInterval
            case .maximumRate: maximumRate
            case .queue: queue
            }
        }
        set {
            switch cause {
            case .nodeInterval: nodeInterval = newValue
            case .maximumRate: maximumRate = newValue
            case .queue: queue = newValue
            }
        }
    }

    /// The number for all causes (`mipExtNotifySuppressed`).
    public var total: UInt64 { nodeInterval &+ maximumRate &+ queue }
}
