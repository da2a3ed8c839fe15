import ManagementCore

/// The notifications about agents, as far as the daemon sends any.
enum NotificationMetrics {
    /// - Parameter control: what sends notifications; no metrics if it is nil or sends none.
    static func families(_ control: (any NotificationControl)?) -> [MetricFamily] {
        guard let control, control.sendsNotifications else { return [] }
        return [
            MetricFamily(
                name: "mip_notifications_sent", kind: .counter,
                help: "SNMP notifications sent since the daemon started, by kind (mipExtNotifySent)."
            ) { agent in
                guard let state = control.notifications(of: agent.name) else { return [] }
                return NotificationKind.allCases.map {
                    MetricSample([("kind", $0.rawValue)], .integer(state.sent[$0] ?? 0))
                }
            },
            MetricFamily(
                name: "mip_notifications_suppressed", kind: .counter,
                help:
                    "SNMP notifications that were enabled but not sent, by kind and cause; the sum of causes is mipExtNotifySuppressed."
            ) { agent in
                guard let state = control.notifications(of: agent.name) else { return [] }
                // Every cause from the start, so that the first occurrence shows as an increase.
                return NotificationKind.allCases.flatMap { kind in
                    SuppressionCause.allCases.map { cause in
                        MetricSample(
                            [("kind", kind.rawValue), ("cause", cause.rawValue)],
                            .integer(state.suppressed[kind]?[cause] ?? 0))
                    }
                }
            },
        ]
    }
}
