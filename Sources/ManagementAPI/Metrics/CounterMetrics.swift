import AgentModel
import ManagementCore
import MobileIPv4

/// What agents count, as it is in their counters.
enum CounterMetrics {
    static var families: [MetricFamily] { daemon + homeAgent + foreignAgent + mobileNode + forwarding + advertising }

    private static let daemon: [MetricFamily] = [
        count("mip_datagrams_received", "UDP datagrams handed to the agent.") { $0.datagramsReceived },
        count("mip_security_violations", "Security violations of every offender together (mipSecTotalViolations).") {
            $0.securityViolations
        },
        count("mip_events_suppressed", "Events left out because too many came within a second.") { $0.eventsSuppressed },
        discards,
    ]

    private static let homeAgent: [MetricFamily] = [
        count("mip_home_agent_requests_received", "Registration Requests received (haRegRequestsReceived).") {
            $0.homeAgent?.requestsReceived
        },
        count(
            "mip_home_agent_deregistration_requests_received",
            "Registration Requests received with lifetime 0 (haDeRegRequestsReceived)."
        ) { $0.homeAgent?.deregistrationRequestsReceived },
        codes("mip_home_agent_replies_sent", "Registration Replies sent (haRegRepliesSent), by code.", known: homeAgentCodes) {
            $0.homeAgent?.repliesSentByCode
        },
        count(
            "mip_home_agent_deregistration_replies_sent",
            "Registration Replies sent to requests with lifetime 0 (haDeRegRepliesSent)."
        ) { $0.homeAgent?.deregistrationRepliesSent },
        count("mip_home_agent_duplicate_requests", "Requests that repeated an accepted one and were answered again.") {
            $0.homeAgent?.duplicateRequests
        },
        count("mip_home_agent_reverse_tunnels_granted", "Accepted requests that were given a reverse tunnel.") {
            $0.homeAgent?.reverseTunnelsGranted
        },
        count("mip_home_agent_bindings_expired", "Bindings whose lifetime ran out.") { $0.homeAgent?.bindingsExpired },
        count("mip_home_agent_gratuitous_arps_sent", "Gratuitous ARPs for nodes away from home (haGratuitiousARPsSent).") {
            $0.homeAgent?.gratuitousARPsSent
        },
        count("mip_home_agent_proxy_arps_sent", "Proxy ARP answers for nodes away from home (haProxyARPsSent).") {
            $0.homeAgent?.proxyARPsSent
        },
    ]

    private static let foreignAgent: [MetricFamily] = [
        count("mip_foreign_agent_requests_received", "Registration Requests received (faRegRequestsReceived).") {
            $0.foreignAgent?.requestsReceived
        },
        count("mip_foreign_agent_deregistration_requests_received", "Registration Requests received with lifetime 0.") {
            $0.foreignAgent?.deregistrationRequestsReceived
        },
        count("mip_foreign_agent_requests_relayed", "Registration Requests passed to home agents (faRegRequestsRelayed).") {
            $0.foreignAgent?.requestsRelayed
        },
        codes(
            "mip_foreign_agent_replies_received", "Registration Replies of home agents (faRegRepliesRecieved), by code.",
            known: homeAgentCodes
        ) { $0.foreignAgent?.repliesReceivedByCode },
        count("mip_foreign_agent_replies_relayed", "Registration Replies passed to mobile nodes (faRegRepliesRelayed).") {
            $0.foreignAgent?.repliesRelayed
        },
        codes(
            "mip_foreign_agent_replies_sent", "Registration Replies of the foreign agent's own, by code.",
            known: foreignAgentCodes
        ) { $0.foreignAgent?.repliesSentByCode },
        count("mip_foreign_agent_duplicate_requests", "Requests that repeated a pending one and were relayed again.") {
            $0.foreignAgent?.duplicateRequests
        },
        count("mip_foreign_agent_reverse_tunnels_granted", "Accepted requests that were given a reverse tunnel.") {
            $0.foreignAgent?.reverseTunnelsGranted
        },
        count("mip_foreign_agent_challenges_advertised", "Challenges handed out in advertisements (RFC 4721).") {
            $0.foreignAgent?.challengesAdvertised
        },
        count("mip_foreign_agent_challenges_accepted", "Requests whose challenge was good.") {
            $0.foreignAgent?.challengesAccepted
        },
        count("mip_foreign_agent_pending_timeouts", "Pending requests that no home agent answered in time.") {
            $0.foreignAgent?.pendingTimeouts
        },
        count("mip_foreign_agent_visitors_expired", "Visits whose lifetime ran out.") { $0.foreignAgent?.visitorsExpired },
    ]

    private static let mobileNode: [MetricFamily] = [
        count("mip_mobile_node_solicitations_sent", "Agent solicitations sent (mnSolicitationsSent).") {
            $0.mobileNode?.solicitationsSent
        },
        count("mip_mobile_node_advertisements_received", "Agent advertisements received (mnAdvertisementsReceived).") {
            $0.mobileNode?.advertisementsReceived
        },
        MetricFamily(
            name: "mip_mobile_node_moves", kind: .counter,
            help: "Moves noticed (mnMoveFromHAToFA, mnMoveFromFAToFA, mnMoveFromFAToHA)."
        ) { state in
            guard let counters = state.counters.mobileNode else { return [] }
            return [
                ("home", "foreign", counters.movesFromHomeToForeign), ("foreign", "foreign", counters.movesFromForeignToForeign),
                ("foreign", "home", counters.movesFromForeignToHome),
            ].map { from, to, count in MetricSample([("from", from), ("to", to)], .integer(count)) }
        },
        count("mip_mobile_node_requests_sent", "Registration Requests sent with a lifetime above 0 (mnRegRequestsSent).") {
            $0.mobileNode?.requestsSent
        },
        count("mip_mobile_node_deregistration_requests_sent", "Registration Requests sent with lifetime 0 (mnDeRegRequestsSent).")
        {
            $0.mobileNode?.deregistrationRequestsSent
        },
        codes("mip_mobile_node_replies_received", "Registration Replies that were taken, by code.", known: [.accepted]) {
            $0.mobileNode?.repliesReceivedByCode
        },
    ]

    private static let forwarding: [MetricFamily] = [
        MetricFamily(
            name: "mip_forwarding_datagrams_dropped", kind: .counter, help: "Datagrams the data plane dropped, by reason."
        ) {
            state in
            guard let drops = state.counters.forwarding?.drops else { return [] }
            return DropReason.allCases.map { MetricSample([("reason", $0.rawValue)], .integer(drops[$0] ?? 0)) }
        },
        count("mip_forwarding_icmp_errors_sent", "ICMP errors sent about datagrams that did not fit their tunnel.") {
            $0.forwarding?.icmpErrorsSent
        },
        count("mip_forwarding_fragments_sent", "Pieces sent of datagrams that were longer than their path takes.") {
            $0.forwarding?.fragmentsSent
        },
    ]

    private static let advertising: [MetricFamily] = [
        interfaces("mip_advertisements_sent", "Agent advertisements sent (maAdvertisementsSent).") { $0.advertisementsSent },
        interfaces(
            "mip_solicited_advertisements_sent", "Advertisements that answered a solicitation (maAdvsSentForSolicitation)."
        ) {
            $0.advertisementsSentForSolicitation
        },
        interfaces("mip_solicitations_received", "Agent solicitations received (maSolicitationsReceived).") {
            $0.solicitationsReceived
        },
    ]

    // MARK: - Kinds of counters

    private static func count(
        _ name: String, _ help: String, _ value: @escaping @Sendable (AgentCounters) -> UInt64?
    ) -> MetricFamily {
        .single(.counter, name, help) { state in
            state.information == nil ? nil : value(state.counters).map { MetricValue.integer($0) }
        }
    }

    /// With a sample for each known code from the start, so that the first occurrence shows as an increase.
    private static func codes(
        _ name: String, _ help: String, known: [ReplyCode], _ counts: @escaping @Sendable (AgentCounters) -> CodeCounts?
    ) -> MetricFamily {
        MetricFamily(name: name, kind: .counter, help: help) { state in
            guard state.information != nil, let counts = counts(state.counters) else { return [] }
            return Set(known).union(counts.nonZero.map(\.code)).sorted().map { code in
                MetricSample(
                    [
                        ("code", "\(code.rawValue)"), ("outcome", code.isAccepted ? "accepted" : "denied"),
                        ("meaning", code.label),
                    ],
                    .integer(counts[code]))
            }
        }
    }

    /// Every datagram that was dropped counts once: with the role that dropped it, or with none when it reached none.
    private static let discards = MetricFamily(
        name: "mip_datagrams_discarded", kind: .counter, help: "Datagrams dropped without an answer, by role and reason."
    ) { state in
        guard state.information != nil else { return [] }
        let counters = state.counters
        let owners: [(String, DiscardCounts?)] = [
            ("none", counters.discards), (AgentRole.homeAgent.rawValue, counters.homeAgent?.discards),
            (AgentRole.foreignAgent.rawValue, counters.foreignAgent?.discards),
        ]
        return owners.flatMap { role, counts in
            counts.map { counts in
                DiscardReason.allCases.map { reason in
                    MetricSample([("role", role), ("reason", reason.rawValue)], .integer(counts[reason]))
                }
            } ?? []
        }
    }

    private static func interfaces(
        _ name: String, _ help: String, _ value: @escaping @Sendable (AdvertisingInterface) -> UInt64
    ) -> MetricFamily {
        MetricFamily(name: name, kind: .counter, help: help) { state in
            state.advertisements.map {
                MetricSample([("interface", $0.row.name), ("address", "\($0.row.address)")], .integer(value($0.row)))
            }
        }
    }

    /// The codes that RFC 5944 gives home agents.
    private static let homeAgentCodes = [0, 1].map { ReplyCode(rawValue: $0) } + (128...139).map { ReplyCode(rawValue: $0) }
    /// The codes that RFC 5944 gives foreign agents.
    private static let foreignAgentCodes = (Array(64...72) + [77, 78, 80, 81, 82, 88]).map { ReplyCode(rawValue: $0) }
}
