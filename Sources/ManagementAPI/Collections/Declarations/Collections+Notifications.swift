import AgentModel
import ManagementCore

// The control of notifications, which the management daemon keeps itself.
extension Collections {
    /// - Parameter control: who keeps the settings; nil when nobody does, and then there are no rows.
    static func notifications(_ control: (any NotificationControl)?) -> ResourceCollection<OnlyKey, NotificationsRow> {
        ResourceCollection<OnlyKey, NotificationsRow>(
            name: "notifications",
            about: "Which SNMP notifications are sent about agents and how many were, and how much history is kept.",
            schema: "Notifications",
            table: { state in
                table(control?.notifications(of: state.name).map { [NotificationsRow($0)] } ?? []) { _ in OnlyKey() }
            }, pathParts: [], key: { _ in OnlyKey() },
            version: { row in
                // What was sent is no part of what was chosen.
                var chosen = row
                (chosen.sent, chosen.suppressed, chosen.alarms) = ([:], [:], [])
                return chosen
            })
    }
}

/// A row of `notifications`.
struct NotificationsRow: Encodable, Sendable {
    let enabled: [NotificationKind]
    let nodeInterval: UInt32
    let maximumRate: UInt32
    let historyLimit: UInt32
    let thresholds: [String: CapacityThreshold]
    var alarms: [CapacityResource]
    var sent: [String: UInt64]
    var suppressed: [String: UInt64]

    init(_ state: NotificationState) {
        let settings = state.settings
        enabled = NotificationKind.allCases.filter(settings.enabled.contains)
        nodeInterval = settings.nodeInterval
        maximumRate = settings.maximumRate
        historyLimit = settings.historyLimit
        thresholds = Dictionary(uniqueKeysWithValues: CapacityResource.allCases.map { ($0.rawValue, settings.threshold($0)) })
        alarms = CapacityResource.allCases.filter(state.alarms.contains)
        sent = Dictionary(uniqueKeysWithValues: NotificationKind.allCases.map { ($0.rawValue, state.sent[$0] ?? 0) })
        suppressed = Dictionary(uniqueKeysWithValues: NotificationKind.allCases.map { ($0.rawValue, state.suppressed[$0] ?? 0) })
    }
}
