import AgentModel
import HTTPTypes
import JSON
import ManagementCore

extension Changes {
    private static let threshold = [
        BodyMember(name: "rising", form: .whole(0...100), about: "An alarm is sent when this is reached from below; 0 for none."),
        BodyMember(name: "falling", form: .whole(0...100), about: "The alarm ends when use falls to this."),
    ]

    static func notifications(_ control: (any NotificationControl)?) -> [ChangeDeclaration] {
        [
            ChangeDeclaration(
                method: .patch, place: .row, collection: Collections.notifications(control),
                about:
                    "Changes which SNMP notifications are sent about an agent, how many at most, and how much history is kept.",
                body: [
                    BodyMember(
                        name: "enabled", form: .words(NotificationKind.allCases.map(\.rawValue)),
                        about: "The kinds that are sent: all of them, not only those to add (`mipExtNotifyEnabled`)."),
                    BodyMember(
                        name: "nodeInterval", form: .whole(0...3600),
                        about: "Seconds between two notifications of one kind about one node or offender; 0 for none."),
                    BodyMember(
                        name: "maximumRate", form: .whole(0...60_000),
                        about: "Notifications about nodes and offenders in a minute; 0 sets no limit."),
                    BodyMember(
                        name: "historyLimit", form: .whole(0...1_000_000),
                        about: "How many registrations that ended are kept to be read."),
                    BodyMember(
                        name: "thresholds",
                        form: .object(
                            CapacityResource.allCases.map {
                                BodyMember(name: $0.rawValue, form: .object(threshold), about: "In percent of capacity.")
                            }), about: "Shares of capacity at which alarms are sent; what is left out stays."),
                ],
                example: [
                    "maximumRate": .integer(300),
                    "thresholds": .object(["bindings": .object(["rising": .integer(95), "falling": .integer(85)])]),
                ]
            ) { change in
                guard let settings = change.notifications?.settings else { throw Problem.noSuchRow("SNMP is off here") }
                if !change.sendsNotifications { try checkWithoutSNMP(change.body) }
                return try .notifications(merge(change.body, into: settings))
            }
        ]
    }

    /// Without SNMP nothing is sent, so how it is sent cannot be set.
    private static func checkWithoutSNMP(_ body: ChangeBody) throws(Problem) {
        guard let member = body.members.members.first(where: { $0.name != "historyLimit" })?.name else { return }
        throw Problem(
            status: .conflict, title: "SNMP is off",
            detail: "'\(member)' is about SNMP notifications, and SNMP is off in this mip-mibd; only historyLimit can be changed",
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
                    status: .conflict, title: "The values do not fit each other",
                    detail: "an alarm that rises at \(threshold.rising) % cannot fall at \(threshold.falling) %; "
                        + "expected a rising share that is not below the falling one, or 0 for no alarm",
                    field: "thresholds.\(resource.rawValue)")
            }
            settings.thresholds[resource] = threshold
        }
        return settings
    }
}
