import ManagementCore

/// One metric: its name by the conventions of Prometheus, its meaning, and how its samples are taken from the snapshot of an agent.
struct MetricFamily: Sendable {
    enum Kind: Sendable {
        /// Only increases until its agent restarts. Sample names end with `_total`.
        case counter
        case gauge
        /// Always 1; the labels carry the information. Sample names end with `_info`.
        case info
        /// One sample per state, 1 for the current states; the label with the metric's name holds the state.
        case stateSet
    }

    /// The name without `_total` and `_info`.
    let name: String
    let kind: Kind
    /// One sentence, with the corresponding MIB object where there is one.
    let help: String
    let samples: @Sendable (AgentState) -> [MetricSample]

    /// A metric with at most one sample for an agent.
    static func single(
        _ kind: Kind, _ name: String, _ help: String, _ value: @escaping @Sendable (AgentState) -> MetricValue?
    ) -> MetricFamily {
        MetricFamily(name: name, kind: kind, help: help) { state in value(state).map { [MetricSample([], $0)] } ?? [] }
    }

    /// A state set over all cases of an enumeration.
    static func states<State: CaseIterable & RawRepresentable<String>>(
        _ name: String, _ help: String, of _: State.Type, _ isActive: @escaping @Sendable (AgentState, State) -> Bool?
    ) -> MetricFamily {
        MetricFamily(name: name, kind: .stateSet, help: help) { state in
            State.allCases.compactMap { one in
                isActive(state, one).map { MetricSample([(name, one.rawValue)], .integer($0 ? 1 : 0)) }
            }
        }
    }

    /// The unit in the name, by the conventions of OpenMetrics; nil when there is none.
    var unit: String? { ["seconds", "bytes"].first { name.hasSuffix("_\($0)") } }
}

/// One value and the labels that distinguish it from others, in addition to the agent's name.
struct MetricSample: Sendable {
    let labels: [(name: String, value: String)]
    let value: MetricValue

    init(_ labels: [(name: String, value: String)], _ value: MetricValue) {
        self.labels = labels
        self.value = value
    }
}

/// A number that keeps its precision: integers are not converted to floating point.
enum MetricValue: Sendable, CustomStringConvertible {
    case count(UInt64)
    case real(Double)

    static func integer(_ value: some BinaryInteger) -> MetricValue { .count(UInt64(clamping: value)) }
    static func flag(_ value: Bool) -> MetricValue { .count(value ? 1 : 0) }

    var description: String {
        switch self {
        case .count(let value): "\(value)"
        case .real(let value): "\(value)"
        }
    }
}
