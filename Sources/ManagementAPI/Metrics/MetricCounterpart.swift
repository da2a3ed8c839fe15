import AgentModel
import MobileIPv4

/// A sample of a metric and the MIB object that says the same: what a manager may compare, and what a test does compare.
package struct MetricCounterpart: Sendable {
    /// How the object's number follows from the metric's.
    package enum Form: Sendable {
        /// It is the same; of several samples their sum.
        case same
        /// TruthValue or `mipEnable`: 1 is 1, 0 is 2.
        case truth
    }

    /// Name of the sample, `_total` and all.
    package let metric: String
    /// Which of the metric's samples, besides the agent; without any all of them together.
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

    /// All of them. Ages, durations and states that are words are left out: two scrapes need not see the same.
    package static let all: [MetricCounterpart] = scalars + homeAgentCodes + replies + discards + drops

    private static let scalars = [
        MetricCounterpart("mip_agent_enabled", is: "mipEnable", by: .truth),
        MetricCounterpart("mip_agent_connections_total", is: "mipExtSourceConnections"),
        MetricCounterpart("mip_agent_restarts_total", is: "mipExtSourceRestarts"),
        MetricCounterpart("mip_home_agent_bindings", is: "haRegMobilityBindingCount"),
        MetricCounterpart("mip_foreign_agent_visitors", is: "faRegVisitorCount"),
        MetricCounterpart("mip_foreign_agent_busy", is: "faIsBusy", by: .truth),
        MetricCounterpart("mip_security_associations", is: "mipSecurityAssocsCount"),
        MetricCounterpart("mip_datagrams_received_total", is: "mipExtDatagramsReceived"),
        MetricCounterpart("mip_security_violations_total", is: "mipSecTotalViolations"),
        MetricCounterpart("mip_events_suppressed_total", is: "mipExtEventsSuppressed"),
        MetricCounterpart("mip_home_agent_requests_received_total", is: "haRegRequestsReceived"),
        MetricCounterpart("mip_home_agent_deregistration_requests_received_total", is: "haDeRegRequestsReceived"),
        MetricCounterpart("mip_home_agent_replies_sent_total", is: "haRegRepliesSent"),
        MetricCounterpart("mip_home_agent_deregistration_replies_sent_total", is: "haDeRegRepliesSent"),
        MetricCounterpart("mip_home_agent_duplicate_requests_total", is: "mipExtHaDuplicateRequests"),
        MetricCounterpart("mip_home_agent_reverse_tunnels_granted_total", is: "mipExtHaReverseTunnelsGranted"),
        MetricCounterpart("mip_home_agent_bindings_expired_total", is: "mipExtHaBindingsExpired"),
        MetricCounterpart("mip_home_agent_gratuitous_arps_sent_total", is: "haGratuitiousARPsSent"),
        MetricCounterpart("mip_home_agent_proxy_arps_sent_total", is: "haProxyARPsSent"),
        MetricCounterpart("mip_foreign_agent_requests_received_total", is: "faRegRequestsReceived"),
        MetricCounterpart("mip_foreign_agent_requests_relayed_total", is: "faRegRequestsRelayed"),
        MetricCounterpart("mip_foreign_agent_replies_received_total", is: "faRegRepliesRecieved"),
        MetricCounterpart("mip_foreign_agent_replies_relayed_total", is: "faRegRepliesRelayed"),
        MetricCounterpart("mip_foreign_agent_duplicate_requests_total", is: "mipExtFaDuplicateRequests"),
        MetricCounterpart("mip_foreign_agent_reverse_tunnels_granted_total", is: "mipExtFaReverseTunnelsGranted"),
        MetricCounterpart("mip_foreign_agent_challenges_advertised_total", is: "mipExtFaChallengesAdvertised"),
        MetricCounterpart("mip_foreign_agent_challenges_accepted_total", is: "mipExtFaChallengesAccepted"),
        MetricCounterpart("mip_foreign_agent_pending_timeouts_total", is: "mipExtFaPendingTimeouts"),
        MetricCounterpart("mip_foreign_agent_visitors_expired_total", is: "mipExtFaVisitorsExpired"),
        MetricCounterpart("mip_mobile_node_solicitations_sent_total", is: "mnSolicitationsSent"),
        MetricCounterpart("mip_mobile_node_advertisements_received_total", is: "mnAdvertisementsReceived"),
        MetricCounterpart("mip_mobile_node_moves_total", ["from": "home", "to": "foreign"], is: "mnMoveFromHAToFA"),
        MetricCounterpart("mip_mobile_node_moves_total", ["from": "foreign", "to": "foreign"], is: "mnMoveFromFAToFA"),
        MetricCounterpart("mip_mobile_node_moves_total", ["from": "foreign", "to": "home"], is: "mnMoveFromFAToHA"),
        MetricCounterpart("mip_mobile_node_requests_sent_total", is: "mnRegRequestsSent"),
        MetricCounterpart("mip_mobile_node_deregistration_requests_sent_total", is: "mnDeRegRequestsSent"),
        MetricCounterpart("mip_forwarding_icmp_errors_sent_total", is: "mipExtIcmpErrorsSent"),
        MetricCounterpart("mip_forwarding_fragments_sent_total", is: "mipExtFragmentsSent"),
        MetricCounterpart("mip_advertisements_sent_total", is: "maAdvertisementsSent"),
        MetricCounterpart("mip_solicited_advertisements_sent_total", is: "maAdvsSentForSolicitation"),
        MetricCounterpart("mip_solicitations_received_total", is: "maSolicitationsReceived"),
    ]

    /// The codes that RFC 2006 and its revision count in scalars.
    private static let homeAgentCodes = [
        (0, "haRegistrationAccepted"), (1, "haMultiBindingUnsupported"), (128, "haReasonUnspecified"), (129, "haAdmProhibited"),
        (130, "haInsufficientResource"), (131, "haMNAuthenticationFailure"), (132, "haFAAuthenticationFailure"),
        (133, "haIDMismatch"), (134, "haPoorlyFormedRequest"), (135, "haTooManyBindings"), (136, "haUnknownHA"),
        (137, "haReverseTunnelUnavailable"), (138, "haReverseTunnelBitNotSet"), (139, "haEncapsulationUnavailable"),
    ].map { code, object in MetricCounterpart("mip_home_agent_replies_sent_total", ["code": "\(code)"], is: object) }

    /// Every code in mipExtReplyTable, which has rows for those that occurred.
    private static let replies = [
        ("mip_home_agent_replies_sent_total", AgentRole.homeAgent, 1), ("mip_foreign_agent_replies_sent_total", .foreignAgent, 1),
        ("mip_foreign_agent_replies_received_total", .foreignAgent, 2),
        ("mip_mobile_node_replies_received_total", .mobileNode, 2),
    ].flatMap { metric, role, direction in
        (0...255).map { code in
            MetricCounterpart(
                metric, ["code": "\(code)"], is: "mipExtReplyCount",
                ["mipExtReplyRole": number(of: role), "mipExtReplyDirection": "\(direction)", "mipExtReplyCode": "\(code)"])
        }
    }

    private static let discards = ([.homeAgent, .foreignAgent, nil] as [AgentRole?]).flatMap { role in
        DiscardReason.allCases.enumerated().map { place, reason in
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

    /// MipRole of MIPV4-EXT-MIB.
    private static func number(of role: AgentRole) -> String {
        switch role {
        case .mobileNode: "1"
        case .foreignAgent: "2"
        case .homeAgent: "3"
        }
    }
}
