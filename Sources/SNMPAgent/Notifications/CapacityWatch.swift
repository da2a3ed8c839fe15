import AgentModel
import MIPMIB
import ManagementCore

/// Detects when an agent's use of a resource approaches its maximum, and when it has fallen again.
struct CapacityWatch {
    struct Change: Equatable {
        var resource: CapacityResource
        var isRising: Bool
    }

    /// The resources with a rising alarm that has not ended.
    private(set) var alarms: Set<CapacityResource> = []

    /// The alarms that change with this snapshot. An agent whose state is unknown changes nothing.
    mutating func observe(_ snapshot: AgentState, settings: NotificationSettings) -> [Change] {
        guard snapshot.information != nil else { return [] }
        return CapacityResource.allCases.compactMap { resource in
            observe(
                resource, inUse: snapshot.inUse(resource), maximum: snapshot.maximum(of: resource),
                threshold: settings.threshold(resource))
        }
    }

    mutating func observe(_ resource: CapacityResource, inUse: Int, maximum: UInt32, threshold: CapacityThreshold) -> Change? {
        guard maximum > 0 else { return nil }
        let percentage = Double(inUse) * 100 / Double(maximum)
        if alarms.contains(resource) {
            guard percentage <= Double(threshold.falling) else { return nil }
            alarms.remove(resource)
            return Change(resource: resource, isRising: false)
        }
        guard threshold.rising > 0, percentage >= Double(threshold.rising) else { return nil }
        alarms.insert(resource)
        return Change(resource: resource, isRising: true)
    }
}
