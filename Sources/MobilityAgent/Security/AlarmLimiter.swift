import AgentModel

/// Passes a limited number of alarms per second of each kind. Alarms about nodes that the agent knows have a number of their own, so that
/// those about unknown senders do not take their place.
struct AlarmLimiter {
    private struct Group: Hashable {
        let kind: AgentEventKind
        let isKnown: Bool
    }

    let limit: Int
    private var second: Int64 = .min
    private var passed: [Group: Int] = [:]

    init(limit: Int) { self.limit = max(1, limit) }

    mutating func passes(_ kind: AgentEventKind, isKnown: Bool, at uptime: Int64) -> Bool {
        let now = uptime / 1_000_000_000
        if now != second {
            second = now
            passed.removeAll(keepingCapacity: true)
        }
        let group = Group(kind: kind, isKnown: isKnown)
        guard passed[group, default: 0] < limit else { return false }
        passed[group, default: 0] += 1
        return true
    }
}
