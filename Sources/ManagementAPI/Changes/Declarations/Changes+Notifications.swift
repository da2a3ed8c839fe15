import AgentModel
import HTTPTypes
import JSON
import ManagementCore

extension Changes {
    private static let threshold = [
        BodyMember(
            name: "rising", form: .whole(0...100), about: "An alarm is sent when use rises to this value; 0 for no alarm."),
        BodyMember(name: "falling", form: .whole(0...100), about: "The alarm ends when use falls to this value."),
    ]

    static func notifications(_ control: (any NotificationControl)?) -> [ChangeDeclaration] {
        [
            ChangeDeclaration(
                method: .patch, place: .row, collection: Collections.notifications(control),
                about:
                    "Changes which SNMP notifications are sent about an agent, their maximum rate, and how much history is kept.",
                body: [
                    BodyMember(
                        name: "enabled", form: .words(NotificationKind.allCases.map(\.rawValue)),
                        about: "The complete list of kinds to send, not only the ones to add (`mipExtNotifyEnabled`)."),
                    BodyMember(
                        name: "nodeInterval", form: .whole(0...3600),
                        about:
                            "Minimum seconds between two notifications of the same kind about the same node or offender; 0 for no minimum."
                    ),
                    BodyMember(
                        name: "maximumRate", form: .whole(0...60_000),
                        about: "Maximum number of notifications about nodes and offenders per minute; 0 for no limit."),
                    BodyMember(
                        name: "historyLimit", form: .whole(0...1_000_000),
                        about: "How many ended registrations are kept."),
                    BodyMember(
                        name: "thresholds",
                        form: .object(
                            CapacityResource.allCases.map {
                                BodyMember(
                                    name: $0.rawValue, form: .object(threshold), about: "Thresholds in percent of capacity.")
                            }), about: "Shares of capacity at which alarms are sent; omitted members keep their values."),
                ],
                example: [
                    "maximumRate": .integer(300),
                    "thresholds": .object(["bindings": .object(["rising": .integer(95), "falling": .integer(85)])]),
                ]
            ) { change in
                guard let settings = change.notifications?.settings else {
                    throw Problem.noSuchRow("SNMP is off in this mip-mibd")
                }
                if !change.sendsNotifications { try checkWithoutSNMP(change.body) }
                return try .notifications(merge(change.body, into: settings))
            }
        ]
    }

    /// Without SNMP no notifications are sent, so their settings cannot be changed.
    private static func checkWithoutSNMP(_ body: ChangeBody) throws(Problem) {
        guard let member = body.members.members.first(where: { $0.name != "historyLimit" })?.name else { return }
        throw Problem(
            status: .conflict, title: "SNMP is off",
            detail:
                "'\(member)' applies to SNMP notifications, but SNMP is off in this mip-mibd; only historyLimit can be changed",
            field: member)
    }

    private static func merge(_ body: ChangeBody, into settings: NotificationSettings) throws(Problem) -> NotificationSettings {
        var settings = settings
        settings.enabled = body.words("enabled") ?? settings.enabled
        settings.nodeInterval = body.whole("nodeInterval") ?? settings.nodeInterval
        settings.maximumRate = body.whole("maximumRate") ?? settings.maximumRate
        settings.historyLimit = body.whole("historyLimit") ?? settings.historyLimit
        for resource in CapacityResource.allCases {
            guard let written = body.object("thresholds")?.object(resource.rawValue) else { continue }
            var threshold = settings.threshold(resource)
            threshold.rising = written.whole("rising") ?? threshold.rising
            threshold.falling = written.whole("falling") ?? threshold.falling
            guard threshold.rising == 0 || threshold.rising >= threshold.falling else {
                throw Problem(
                    status: .conflict, title: "Inconsistent values",
                    detail: "rising \(threshold.rising) % is below falling \(threshold.falling) %; "
                        + "expected a rising threshold at or above the falling one, or 0 for no alarm",
                    field: "thresholds.\(resource.rawValue)")
            }
            settings.thresholds[resource] = threshold
        }
        return settings
    }
}
