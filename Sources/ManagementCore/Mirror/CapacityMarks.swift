public import AgentModel

/// The most that was held of one kind of resource at one time.
public struct CapacityMark: Hashable, Sendable {
    /// How many (`mipExtCapacityHighWater`).
    public var highWater: Int
    /// When that number was first reached, by the agent's clock (`mipExtCapacityHighWaterTime`).
    public var time: Timestamp

    public init(highWater: Int, time: Timestamp) {
        self.highWater = highWater
        self.time = time
    }
}

/// The most that an agent has held of each kind of resource since it started, as far as it was followed.
struct CapacityMarks: Sendable {
    private var marks: [CapacityMark?] = Array(repeating: nil, count: CapacityResource.allCases.count)

    subscript(resource: CapacityResource) -> CapacityMark? { marks[resource.ordinal] }

    /// Records the current number.
    mutating func note(_ resource: CapacityResource, _ count: Int, at time: Timestamp) {
        let index = resource.ordinal
        if let mark = marks[index], mark.highWater >= count { return }
        marks[index] = CapacityMark(highWater: count, time: time)
    }

    /// Moves the times of all marks, because the agent's clock was set.
    mutating func shiftTimes(by step: Int64) {
        for index in marks.indices { marks[index]?.time.shift(by: step) }
    }

    /// Takes over marks of an earlier snapshot of the same agent that are higher or were reached earlier.
    mutating func merge(_ earlier: CapacityMarks) {
        for index in marks.indices {
            guard let old = earlier.marks[index] else { continue }
            if let new = marks[index], new.highWater > old.highWater { continue }
            marks[index] = old
        }
    }
}

extension CapacityResource {
    fileprivate var ordinal: Int {
        switch self {
        case .bindings: 0
        case .visitors: 1
        case .pendingRegistrations: 2
        case .associations: 3
        case .violators: 4
        case .mobileNodes: 5
        case .tunnels: 6
        case .registrations: 7
        case .foreignAgents: 8
        }
    }
}

extension AgentState {
    /// How many the agent holds now (`mipExtCapacityInUse`).
    public func inUse(_ resource: CapacityResource) -> Int {
        switch resource {
        case .bindings: bindings.count
        case .visitors: visitors.count
        case .pendingRegistrations: pendingRegistrations.count
        case .associations: associations.count
        case .violators: violations.count
        case .mobileNodes: mobileNodes.count
        case .tunnels: tunnels.count
        case .registrations: registrations.count
        case .foreignAgents: foreignAgents.count
        }
    }

    /// How many it may hold (`mipExtCapacityMaximum`); 0 if there is no limit or the limit is unknown.
    public func maximum(of resource: CapacityResource) -> UInt32 {
        switch resource {
        case .bindings: information?.maximumBindings ?? 0
        case .visitors: information?.maximumVisitors ?? 0
        case .pendingRegistrations: information?.maximumPending ?? 0
        case .violators: information?.maximumViolators ?? 0
        case .mobileNodes: information?.maximumMobileNodes ?? 0
        case .associations, .tunnels, .registrations, .foreignAgents: 0
        }
    }

    /// The most it has held since it started or since it has been followed; nil if it has held none.
    public func mark(of resource: CapacityResource) -> CapacityMark? { marks[resource] }
}
