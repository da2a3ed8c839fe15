import AgentModel
import ManagementCore
import MobileIPv4

/// A sample of a metric and the MIB object with the same value: a manager may compare them, and a test does.
package struct MetricCounterpart: Sendable {
    /// How the object's value follows from the metric's.
    package enum Form: Sendable {
        /// The values are the same; several samples are added up.
        case same
        /// TruthValue or `mipEnable`: 1 is 1, 0 is 2.
        case truth
    }

    /// Name of the sample, including `_total`.
    package let metric: String
    /// Labels that select among the metric's samples, in addition to the agent; empty for all samples together.
    package let labels: [String: String]
    /// The descriptor of MIP-MIB or MIPV4-EXT-MIB.
    package let object: String
    /// The row of the object's table, by its index objects; empty for a scalar.
    package let index: [String: String]
    package let form: Form

    init(
        _ metric: String, _ labels: [String: String] = [:], is object: String, _ index: [String: String] = [:],
        by form: Form = .same
    ) {
        self.metric = metric
        self.labels = labels
        self.object = object
        self.index = index
        self.form = form
    }

    /// All counterparts. Ages, durations and states that are words are omitted, because two scrapes need not see the same values.
    package static let all: [MetricCounterpart] =
        scalars + counters + codes + replies + outcomes + discards + drops + notifications

    private static let scalars = [
        MetricCounterpart("mip_agent_enabled", is: "mipEnable", by: .truth),
        MetricCounterpart("mip_agent_connections_total", is: "mipExtSourceConnections"),
        MetricCounterpart("mip_agent_restarts_total", is: "mipExtSourceRestarts"),
        MetricCounterpart("mip_agent_starts", is: "mipExtAgentStarts"),
        MetricCounterpart("mip_home_agent_bindings", is: "haRegMobilityBindingCount"),
        MetricCounterpart("mip_foreign_agent_visitors", is: "faRegVisitorCount"),
        MetricCounterpart("mip_foreign_agent_busy", is: "faIsBusy", by: .truth),
        MetricCounterpart("mip_security_associations", is: "mipSecurityAssocsCount"),
        MetricCounterpart("mip_advertisements_sent_total", is: "maAdvertisementsSent"),
        MetricCounterpart("mip_solicited_advertisements_sent_total", is: "maAdvsSentForSolicitation"),
        MetricCounterpart("mip_solicitations_received_total", is: "maSolicitationsReceived"),
    ]

    /// Single counters that also exist as an object.
    private static let counters = AgentCounters.declared.compactMap { counter -> MetricCounterpart? in
        guard let object = counter.object else { return nil }
        if case .sumOfCodes(let direction) = counter.metric {
            return MetricCounterpart("\(CounterMetrics.name(ofCodes: direction, of: counter.group))_total", is: object)
        }
        guard let name = CounterMetrics.name(of: counter) else { return nil }
        if case .labelled(_, let labels) = counter.metric { return MetricCounterpart("\(name)_total", labels, is: object) }
        return MetricCounterpart("\(name)_total", is: object)
    }

    /// The codes that MIP-MIB counts in scalars.
    private static let codes = ReplyCodeDeclaration.all.compactMap { declaration -> MetricCounterpart? in
        guard let object = declaration.object, let role = declaration.role,
            let group = CounterDescriptor.Group(rawValue: role.rawValue)
        else { return nil }
        return MetricCounterpart(
            "\(CounterMetrics.name(ofCodes: .sent, of: group))_total", ["code": "\(declaration.code.rawValue)"], is: object)
    }

    /// Every code of mipExtReplyTable, which has rows for the codes that occurred.
    private static let replies = AgentCounters.declared.flatMap { counter -> [MetricCounterpart] in
        guard case .codes(let direction, _) = counter.value, let role = counter.group.role else { return [] }
        let metric = "\(CounterMetrics.name(ofCodes: direction, of: counter.group))_total"
        return (0...255).map { code in
            MetricCounterpart(
                metric, ["code": "\(code)"], is: "mipExtReplyCount",
                [
                    "mipExtReplyRole": number(of: role), "mipExtReplyDirection": direction == .sent ? "1" : "2",
                    "mipExtReplyCode": "\(code)",
                ])
        }
    }

    private static let outcomes = AgentCounters.declared.flatMap { counter -> [MetricCounterpart] in
        guard case .outcomes = counter.value, let role = counter.group.role else { return [] }
        return RequestKind.allCases.enumerated().flatMap { place, kind in
            let index = ["mipExtOutcomeRole": number(of: role), "mipExtOutcomeKind": "\(place + 1)"]
            let labels = ["role": role.rawValue, "kind": kind.rawValue]
            let ended = [
                ("accepted", "mipExtOutcomeAccepted"), ("denied", "mipExtOutcomeDenied"),
                ("discarded", "mipExtOutcomeDiscarded"),
            ]
            return [
                MetricCounterpart("mip_registration_requests_received_total", labels, is: "mipExtOutcomeReceived", index)
            ]
                + ended.map { outcome, object in
                    MetricCounterpart(
                        "mip_registration_requests_ended_total", labels.merging(["outcome": outcome]) { $1 }, is: object, index)
                }
        }
    }

    private static let discards = AgentCounters.declared.flatMap { counter -> [MetricCounterpart] in
        guard case .discards = counter.value else { return [] }
        let role = counter.group.role
        return DiscardReason.allCases.enumerated().map { place, reason in
            MetricCounterpart(
                "mip_datagrams_discarded_total", ["role": role?.rawValue ?? "none", "reason": reason.rawValue],
                is: "mipExtDiscardCount",
                ["mipExtDiscardRole": role.map(number) ?? "4", "mipExtDiscardReason": "\(place + 1)"])
        }
    }

    private static let drops = DropReason.allCases.enumerated().map { place, reason in
        MetricCounterpart(
            "mip_forwarding_datagrams_dropped_total", ["reason": reason.rawValue], is: "mipExtDropCount",
            ["mipExtDropReason": "\(place + 1)"])
    }

    private static let notifications = NotificationKind.allCases.enumerated().map { place, kind in
        MetricCounterpart(
            "mip_notifications_sent_total", ["kind": kind.rawValue], is: "mipExtNotifySent", ["mipExtNotifyKind": "\(place + 1)"])
    }

    /// The number of a role in MipRole of MIPV4-EXT-MIB.
    private static func number(of role: AgentRole) -> String {
        switch role {
        case .mobileNode: "1"
        case .foreignAgent: "2"
        case .homeAgent: "3"
        }
    }
}
