import AgentModel
import ManagementCore

/// mipExtCapacity, 1.2 of MIPV4-EXT-MIB.
enum CapacityGroup {
    static var leaves: [MIBLeaf] { capacity.columns(columns) }

    private static let capacity = MIBTable(
        module: .ext, entry: [1, 2, 1, 1],
        index: [
            MIBIndexObject(
                "mipExtCapacityResource",
                .enumeration(
                    "bindings", "visitors", "pendingRegistrations", "associations", "violators", "mobileNodes", "tunnels",
                    "registrations", "foreignAgents"))
        ],
        rows: FewRows<NumberedKey<CapacityResource>, Capacity>(
            keys: { _ in NumberedKey.all },
            resolve: { view, key in view.state.inUse(key.value).map { Capacity(resource: key.value, inUse: $0) } }))

    private static let columns: [MIBColumn<Capacity>] = [
        MIBColumn(2, "mipExtCapacityInUse", .gauge32, "How many there are now.") { row, _ in .gauge(clamping: row.inUse) },
        MIBColumn(3, "mipExtCapacityHighWater", .gauge32, "The most there were at one time.") { row, view in
            .gauge(max(view.state.history.highWater(row.resource)?.count ?? 0, UInt32(clamping: row.inUse)))
        },
        MIBColumn(4, "mipExtCapacityHighWaterTime", .dateAndTime, "When there were that many first.") { row, view in
            .dateAndTime(view.state.history.highWater(row.resource)?.time)
        },
        MIBColumn(5, "mipExtCapacityMaximum", .unsigned32, "How many there may be; 0 for no limit.") { row, view in
            .unsigned(view.state.maximum(row.resource))
        },
        MIBColumn(
            6, "mipExtCapacityRising", .unsigned32(0...100), "The share in percent at which an alarm rises.", access: .readWrite
        ) {
            row, view in .unsigned(view.notifications.settings.threshold(row.resource).rising)
        },
        MIBColumn(7, "mipExtCapacityFalling", .unsigned32(0...100), "The share in percent at which it ends.", access: .readWrite)
        {
            row, view in .unsigned(view.notifications.settings.threshold(row.resource).falling)
        },
        MIBColumn(8, "mipExtCapacityAlarm", .truthValue, "Whether an alarm has risen and not ended.") { row, view in
            .truth(view.notifications.alarms.contains(row.resource))
        },
    ]
}

private struct Capacity {
    let resource: CapacityResource
    let inUse: Int
}
