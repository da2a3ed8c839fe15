import AgentModel
import ManagementCore
import MobileIPv4

/// The counters of agents, as declared in `AgentCounters.declared`, and those of the interfaces on which agents advertise themselves.
enum CounterMetrics {
    static var families: [MetricFamily] { counts + codes + [requestsReceived, requestsEnded, discards, drops] + advertising }

    /// The name of a counter's metric, without `_total`; nil when it has no metric of its own.
    static func name(of counter: CounterDescriptor) -> String? {
        switch counter.metric {
        case .own: prefix(counter.group) + snake(counter.name)
        case .named(let name): name
        case .labelled(let metric, _): metric.name
        case .sumOfCodes: nil
        }
    }

    /// The name of the metric for a group's replies by code in one direction.
    static func name(ofCodes direction: ReplyDirection, of group: CounterDescriptor.Group) -> String {
        prefix(group) + "replies_\(direction.rawValue)"
    }

    private static func prefix(_ group: CounterDescriptor.Group) -> String {
        group == .daemon ? "mip_" : "mip_\(snake(group.rawValue))_"
    }

    /// Converts `gratuitousARPsSent` to `gratuitous_arps_sent`.
    private static func snake(_ name: String) -> String {
        name.nameParts.map { $0.lowercased() }.joined(separator: "_")
    }

    // MARK: - Single counters

    private static var counts: [MetricFamily] {
        var families: [MetricFamily] = []
        var labelled: [LabelledMetric: [(labels: [(name: String, value: String)], read: @Sendable (AgentCounters) -> UInt64?)]] =
            [:]
        for counter in AgentCounters.declared {
            guard case .count(let read) = counter.value, let name = name(of: counter) else { continue }
            if case .labelled(let metric, let labels) = counter.metric {
                let sorted = labels.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
                labelled[metric, default: []].append((sorted, read))
            } else {
                families.append(family(name, help(counter)) { [([], read($0))] })
            }
        }
        return families
            + labelled.sorted { $0.key.name < $1.key.name }.map { metric, samples in
                family(metric.name, metric.help) { counters in samples.map { ($0.labels, $0.read(counters)) } }
            }
    }

    /// Counters of an agent that has reported its state; counters the agent does not have are omitted.
    private static func family(
        _ name: String, _ help: String,
        _ counts: @escaping @Sendable (AgentCounters) -> [(labels: [(name: String, value: String)], count: UInt64?)]
    ) -> MetricFamily {
        MetricFamily(name: name, kind: .counter, help: help) { state in
            guard state.information != nil else { return [] }
            return counts(state.counters).compactMap { labels, count in count.map { MetricSample(labels, .integer($0)) } }
        }
    }

    /// The sentence, followed by the MIB object where there is one.
    private static func help(_ counter: CounterDescriptor) -> String {
        counter.object.map { "\(counter.sentence.dropLast()) (\($0))." } ?? counter.sentence
    }

    // MARK: - Counts by code, kind and reason

    /// Includes a sample for each possible code from the start, so that the first occurrence shows as an increase.
    private static var codes: [MetricFamily] {
        AgentCounters.declared.compactMap { counter in
            guard case .codes(let direction, let counts) = counter.value, let role = counter.group.role else { return nil }
            let expected = Set(expected(direction, by: role))
            return MetricFamily(
                name: name(ofCodes: direction, of: counter.group), kind: .counter, help: counter.sentence
            ) { state in
                guard state.information != nil, let counts = counts(state.counters) else { return [] }
                return expected.union(counts.nonZero.map(\.code)).sorted().map { code in
                    MetricSample(
                        [
                            ("code", "\(code.rawValue)"), ("outcome", code.isAccepted ? "accepted" : "denied"),
                            ("meaning", code.label),
                        ],
                        .integer(counts[code]))
                }
            }
        }
    }

    /// The codes that a role sends, or that are sent by the roles from which it receives replies.
    private static func expected(_ direction: ReplyDirection, by role: AgentRole) -> [ReplyCode] {
        switch (direction, role) {
        case (.sent, _): role.repliesSent
        case (.received, .foreignAgent): AgentRole.homeAgent.repliesSent
        case (.received, _): AgentRole.homeAgent.repliesSent + AgentRole.foreignAgent.repliesSent
        }
    }

    private static let requestsReceived = outcomes(
        "mip_registration_requests_received",
        "Registration Requests received, including repeated ones, by role and kind (mipExtOutcomeReceived)."
    ) { [([], $0.received)] }

    private static let requestsEnded = outcomes(
        "mip_registration_requests_ended", "Registration Requests by role, kind and outcome."
    ) {
        [
            ([("outcome", "accepted")], $0.accepted), ([("outcome", "denied")], $0.denied),
            ([("outcome", "discarded")], $0.discarded),
        ]
    }

    private static func outcomes(
        _ name: String, _ help: String,
        _ samples: @escaping @Sendable (RequestOutcomes) -> [(labels: [(name: String, value: String)], count: UInt64)]
    ) -> MetricFamily {
        MetricFamily(name: name, kind: .counter, help: help) { state in
            guard state.information != nil else { return [] }
            return AgentCounters.declared.flatMap { counter -> [MetricSample] in
                guard case .outcomes(let outcomes) = counter.value, let role = counter.group.role,
                    let outcomes = outcomes(state.counters)
                else { return [] }
                return RequestKind.allCases.flatMap { kind in
                    samples(outcomes[kind]).map { labels, count in
                        MetricSample([("role", role.rawValue), ("kind", kind.rawValue)] + labels, .integer(count))
                    }
                }
            }
        }
    }

    /// Every dropped datagram is counted once: under the role that dropped it, or under `none` when it did not reach a role.
    private static let discards = MetricFamily(
        name: "mip_datagrams_discarded", kind: .counter, help: "Datagrams dropped without an answer, by role and reason."
    ) { state in
        guard state.information != nil else { return [] }
        return AgentCounters.declared.flatMap { counter -> [MetricSample] in
            guard case .discards(let discards) = counter.value, let counts = discards(state.counters) else { return [] }
            return DiscardReason.allCases.map { reason in
                MetricSample(
                    [("role", counter.group.role?.rawValue ?? "none"), ("reason", reason.rawValue)], .integer(counts[reason]))
            }
        }
    }

    private static let drops = MetricFamily(
        name: "mip_forwarding_datagrams_dropped", kind: .counter, help: "Datagrams the data plane dropped, by reason."
    ) { state in
        AgentCounters.declared.flatMap { counter -> [MetricSample] in
            guard case .drops(let drops) = counter.value, let counts = drops(state.counters) else { return [] }
            return DropReason.allCases.map { MetricSample([("reason", $0.rawValue)], .integer(counts[$0] ?? 0)) }
        }
    }

    // MARK: - Interfaces

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

    private static func interfaces(
        _ name: String, _ help: String, _ value: @escaping @Sendable (AdvertisingInterface) -> UInt64
    ) -> MetricFamily {
        MetricFamily(name: name, kind: .counter, help: help) { state in
            state.advertisements.map {
                MetricSample([("interface", $0.row.name), ("address", "\($0.row.address)")], .integer(value($0.row)))
            }
        }
    }
}
