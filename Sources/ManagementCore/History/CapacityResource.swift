public import AgentModel

/// What an agent holds many of (`mipExtCapacityResource`).
public enum CapacityResource: String, Hashable, Sendable, CaseIterable, Codable {
    case bindings, visitors, pendingRegistrations, associations, violators, mobileNodes, tunnels, registrations, foreignAgents
}

/// The most there was of something at one time.
public struct HighWater: Hashable, Sendable, Codable {
    /// How many.
    public var count: UInt32
    /// When there were that many first.
    public var time: Timestamp

    public init(count: UInt32, time: Timestamp) {
        self.count = count
        self.time = time
    }
}

extension AgentState {
    /// How many the agent holds now; nil when none of its roles has that kind.
    public func inUse(_ resource: CapacityResource) -> Int? {
        guard information != nil else { return nil }
        let isAgent = plays(.homeAgent) || plays(.foreignAgent)
        return switch resource {
        case .bindings: plays(.homeAgent) ? bindings.count : nil
        case .visitors: plays(.foreignAgent) ? visitors.count : nil
        case .pendingRegistrations: nil
        case .associations: associations.count
        case .violators: isAgent ? violations.count : nil
        case .mobileNodes: plays(.homeAgent) ? mobileNodes.count : nil
        case .tunnels: information?.dataPlane == nil ? nil : tunnels.count
        case .registrations: plays(.mobileNode) ? registrations.count : nil
        case .foreignAgents: plays(.mobileNode) ? foreignAgents.count : nil
        }
    }

    /// How many the agent may hold; 0 when it sets no limit or does not tell it.
    public func maximum(_ resource: CapacityResource) -> UInt32 {
        switch resource {
        case .bindings: information?.maximumBindings ?? 0
        case .visitors: information?.maximumVisitors ?? 0
        default: 0
        }
    }
}
