import AgentModel
import ManagementCore

/// mipExtCapacity, 1.2 of MIPV4-EXT-MIB.
enum CapacityGroup {
    static var leaves: [MIBLeaf] { capacity.columns(columns) }

    private static let capacity = MIBTable(
        .mipExtCapacityEntry,
        rows: FewRows<NumberedKey<CapacityResource>, Capacity>(
            keys: { _ in NumberedKey.all },
            resolve: { view, key in
                key.value.isHeld(in: view) ? Capacity(resource: key.value, inUse: view.state.inUse(key.value)) : nil
            }))

    private static let columns: [MIBColumn<Capacity>] = [
        MIBColumn(.mipExtCapacityInUse, nil, "How many there are now.") { row, _ in .gauge(clamping: row.inUse) },
        MIBColumn(.mipExtCapacityHighWater, nil, "The most there have been at one time.") { row, view in
            .gauge(clamping: max(view.state.mark(of: row.resource)?.highWater ?? 0, row.inUse))
        },
        MIBColumn(.mipExtCapacityHighWaterTime, nil, "When that number was first reached.") { row, view in
            .dateAndTime(view.state.mark(of: row.resource)?.time)
        },
        MIBColumn(.mipExtCapacityMaximum, nil, "How many there may be; 0 if there is no limit.") { row, view in
            .unsigned(view.state.maximum(of: row.resource))
        },
        MIBColumn(.mipExtCapacityRising, nil, "The share in percent at which an alarm is raised.") {
            row, view in .unsigned(view.notifications.settings.threshold(row.resource).rising)
        },
        MIBColumn(.mipExtCapacityFalling, nil, "The share in percent at which the alarm ends.") {
            row, view in .unsigned(view.notifications.settings.threshold(row.resource).falling)
        },
        MIBColumn(.mipExtCapacityAlarm, nil, "Whether an alarm has been raised and has not ended.") { row, view in
            .truth(view.notifications.alarms.contains(row.resource))
        },
    ]
}

private struct Capacity {
    let resource: CapacityResource
    let inUse: Int
}

extension CapacityResource {
    /// Whether a role of the agent has this kind of resource.
    fileprivate func isHeld(in view: MIBView) -> Bool {
        switch self {
        case .bindings, .mobileNodes: view.state.plays(.homeAgent)
        case .visitors, .pendingRegistrations: view.state.plays(.foreignAgent)
        case .associations: view.state.information != nil
        case .violators: view.isMobilityAgent
        case .tunnels: view.state.information?.dataPlane != nil
        case .registrations, .foreignAgents: view.state.plays(.mobileNode)
        }
    }
}
