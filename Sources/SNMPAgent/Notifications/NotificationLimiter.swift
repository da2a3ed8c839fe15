import AgentModel
import ManagementCore

/// Suppresses notifications that one node, or all nodes together, would cause too often. It has no clock of its own.
struct NotificationLimiter {
    /// What a notification is about.
    struct Subject: Hashable {
        var kind: NotificationKind
        var role: AgentRole
        /// The node or offender as text; empty if it is unknown.
        var node: String
    }

    /// When each subject was last notified, in two generations. When the newer one is full, the older one is discarded, so that names
    /// invented by an attacker cannot fill the memory.
    private var recent: [Subject: Int64] = [:]
    private var older: [Subject: Int64] = [:]
    /// Times of the notifications admitted within the last minute, ascending from `first`.
    private var times: [Int64] = []
    private var first = 0

    static let generation = 32_768
    private static let minute: Int64 = 60_000

    /// Why a notification may not be sent now, in milliseconds on any clock that does not step; nil if it may, and then it counts as sent.
    mutating func suppresses(_ subject: Subject, at now: Int64, settings: NotificationSettings) -> SuppressionCause? {
        guard subject.kind.descriptor.isLimited else { return nil }
        if settings.nodeInterval > 0, let last = recent[subject] ?? older[subject],
            now - last < Int64(settings.nodeInterval) * 1000
        {
            return .nodeInterval
        }
        while first < times.count, now - times[first] >= Self.minute { first += 1 }
        if settings.maximumRate > 0, times.count - first >= Int(settings.maximumRate) { return .maximumRate }
        if settings.maximumRate > 0 { remember(now) }
        if settings.nodeInterval > 0 {
            if recent.count >= Self.generation { (recent, older) = ([:], recent) }
            recent[subject] = now
        }
        return nil
    }

    private mutating func remember(_ now: Int64) {
        if first > 1024, first * 2 > times.count {
            times.removeFirst(first)
            first = 0
        }
        times.append(now)
    }
}
