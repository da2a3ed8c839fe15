import AgentModel
import ManagementCore

// The notification settings, which the management daemon stores itself.
extension Collections {
    /// - Parameter control: keeps the settings; nil when there are none, and then there are no rows.
    static func notifications(_ control: (any NotificationControl)?) -> ResourceCollection<OnlyKey, NotificationsRow> {
        ResourceCollection<OnlyKey, NotificationsRow>(
            name: "notifications",
            about: "Which SNMP notifications are sent about agents, how many have been sent, and how much history is kept.",
            schema: "Notifications",
            table: { state in
                table(control?.notifications(of: state.name).map { [NotificationsRow($0)] } ?? []) { _ in OnlyKey() }
            }, pathParts: [], key: { _ in OnlyKey() },
            version: { row in
                // Counts and alarms are not part of the settings.
                var settings = row
                (settings.sent, settings.suppressed, settings.alarms) = ([:], [:], [])
                return settings
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
        suppressed = Dictionary(
            uniqueKeysWithValues: NotificationKind.allCases.map { ($0.rawValue, state.suppressed[$0]?.total ?? 0) })
    }
}
