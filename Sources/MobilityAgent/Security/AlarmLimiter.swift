import AgentModel

/// Passes a limited number of alarms per second of each kind. Alarms about nodes that the agent knows have a number of their own, so that
/// those about unknown senders do not take their place.
struct AlarmLimiter {
    private struct Group: Hashable {
        let kind: AgentEventKind
        let isKnown: Bool
    }

    let limit: Int
    private var groups: [Group: PerSecondLimiter] = [:]

    init(limit: Int) { self.limit = max(1, limit) }

    mutating func passes(_ kind: AgentEventKind, isKnown: Bool, at uptime: Int64) -> Bool {
        groups[Group(kind: kind, isKnown: isKnown), default: PerSecondLimiter(limit: limit)].passes(at: uptime)
    }
}
