public import AgentModel

/// What the mirror has seen of an agent over time: registrations that ended, why, and the most there was of each kind. It is of this
/// process: what happens while the agent is not connected is not in it.
public struct AgentHistory: Sendable {
    /// Registrations that ended last, by home address.
    public private(set) var ended = OrderedTable<EndedRegistrationKey, EndedRegistration>()
    /// The most rows that `ended` keeps; a new one then takes the place of the oldest.
    public private(set) var limit: UInt32 = 1000
    /// The keys of `ended` from the oldest to the latest.
    private var order = OrderedTable<UInt64, EndedRegistrationKey>()
    private var serial: UInt64 = 0
    private var ends: [AgentRole: [EndReason: UInt64]] = [:]
    private var highWaters: [CapacityResource: HighWater] = [:]

    /// How many bindings (`homeAgent`) or visits (`foreignAgent`) ended for a reason since the agent started.
    public func endCount(_ role: AgentRole, _ reason: EndReason) -> UInt64 { ends[role]?[reason] ?? 0 }

    /// The most there was since the agent started; nil while nothing is known.
    public func highWater(_ resource: CapacityResource) -> HighWater? { highWaters[resource] }

    /// Counts an end, and keeps its row.
    mutating func add(_ row: EndedRegistration) {
        ends[row.role, default: [:]][row.reason, default: 0] += 1
        guard limit > 0 else { return }
        serial += 1
        // 1…4294967295, and then from 1 again.
        let index = UInt32(truncatingIfNeeded: (serial - 1) % UInt64(UInt32.max)) + 1
        let key = EndedRegistrationKey(homeAddress: row.homeAddress, index: index)
        ended[key] = row
        order[serial] = key
        forget()
    }

    /// Keeps no more than the limit.
    private mutating func forget() {
        while ended.count > Int(limit), let oldest = order.first {
            ended.remove(oldest.row)
            order.remove(oldest.key)
        }
    }

    /// Sets how many rows are kept; the oldest go at once when there are more.
    mutating func setLimit(_ limit: UInt32) {
        self.limit = limit
        forget()
    }

    /// Notes how much the agent holds now.
    mutating func note(_ count: Int, of resource: CapacityResource, at time: Timestamp) {
        let count = UInt32(clamping: count)
        if highWaters[resource].map({ $0.count < count }) ?? true { highWaters[resource] = HighWater(count: count, time: time) }
    }

    /// Begins counting anew, because the agent was restarted; what ended before stays.
    mutating func restart() {
        ends = [:]
        highWaters = [:]
    }
}

extension AgentState {
    /// Applies a change that happened now, and notes what it ended and how much there is after it.
    mutating func follow(_ change: StateChange, at time: Timestamp) {
        if let ended = ended(by: change, at: time) { history.add(ended) }
        apply(change)
        noteCapacity(at: time)
    }

    /// Notes how much the agent holds now.
    mutating func noteCapacity(at time: Timestamp) {
        for resource in CapacityResource.allCases {
            if let count = inUse(resource) { history.note(count, of: resource, at: time) }
        }
    }

    private func ended(by change: StateChange, at time: Timestamp) -> EndedRegistration? {
        switch change {
        case .bindingRemoved(let key, let reason):
            let traffic = traffic[ForwardedTrafficKey(role: .homeAgent, homeAddress: key.homeAddress)]
            return bindings[key].map { EndedRegistration($0, reason, at: time, traffic: traffic) }
        case .visitorRemoved(let key, let reason):
            let traffic = traffic[ForwardedTrafficKey(role: .foreignAgent, homeAddress: key.homeAddress)]
            return visitors[key].map { EndedRegistration($0, reason, at: time, traffic: traffic) }
        default: return nil
        }
    }
}
