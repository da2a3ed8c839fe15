/// How a counter appears in every interface. Declared once, next to the struct that stores it (`HomeAgentCounters.declared` and so on).
///
/// The metric with its help and its SNMP counterpart, the MIB scalar, the API's lists of counts and the command's view over SNMP are
/// derived from it. The object's number and syntax come from the MIB text.
public struct CounterDescriptor: Sendable {
    /// What the counter belongs to.
    public enum Group: String, Hashable, Sendable, CaseIterable {
        case daemon, homeAgent, foreignAgent, mobileNode, forwarding

        /// The role that has these counters; nil for those of the whole daemon and of its data plane.
        public var role: AgentRole? { AgentRole(rawValue: rawValue) }
    }

    /// How to read the counts; nil while the agent has no such counters.
    public enum Value: Sendable {
        case count(@Sendable (AgentCounters) -> UInt64?)
        case codes(ReplyDirection, @Sendable (AgentCounters) -> CodeCounts?)
        case outcomes(@Sendable (AgentCounters) -> RegistrationOutcomes?)
        case discards(@Sendable (AgentCounters) -> DiscardCounts?)
        case drops(@Sendable (AgentCounters) -> [DropReason: UInt64]?)
    }

    /// How a single count appears among the metrics.
    public enum Metric: Sendable {
        /// In a metric named after the counter.
        case own
        /// In a metric with another name, because the counter's own name is already used by another metric.
        case named(String)
        /// One of several samples of a metric, distinguished by labels.
        case labelled(LabelledMetric, [String: String])
        /// Not as a metric of its own: it is the sum of the group's counts by code in this direction.
        case sumOfCodes(ReplyDirection)
    }

    /// What the counter belongs to.
    public let group: Group
    /// The member's name in JSON.
    public let name: String
    /// How to read it.
    public let value: Value
    /// The matching object of MIP-MIB or MIPV4-EXT-MIB; nil if there is none or if it is in a table.
    public let object: String?
    /// What it counts, in one sentence.
    public let sentence: String
    /// How it appears among the metrics.
    public let metric: Metric
    /// The first version of the control interface's vocabulary that includes it.
    public let version: Int

    /// Path of the member in the JSON of all counters, separated by dots: `homeAgent.handoffs`.
    public var path: String { group == .daemon ? name : "\(group.rawValue).\(name)" }
}

/// The direction of a reply.
public enum ReplyDirection: String, Hashable, Sendable, CaseIterable, Codable {
    case sent, received
}

/// A metric with several counters as its samples.
public struct LabelledMetric: Hashable, Sendable {
    /// Name without `_total`.
    public let name: String
    /// What the metric counts, in one sentence.
    public let help: String

    init(_ name: String, _ help: String) {
        self.name = name
        self.help = help
    }
}

/// Creates the descriptors for one struct of counters.
struct CounterDeclarations<Owner: Sendable>: Sendable {
    let group: CounterDescriptor.Group
    let owner: @Sendable (AgentCounters) -> Owner?

    init(_ group: CounterDescriptor.Group, _ owner: @escaping @Sendable (AgentCounters) -> Owner?) {
        self.group = group
        self.owner = owner
    }

    func count(
        _ name: String, _ path: any KeyPath<Owner, UInt64> & Sendable, _ object: String?, _ sentence: String,
        metric: CounterDescriptor.Metric = .own, since version: Int = 1
    ) -> CounterDescriptor {
        let owner = self.owner
        return descriptor(name, .count { owner($0)?[keyPath: path] }, object, sentence, metric, since: version)
    }

    func codes(
        _ name: String, _ path: any KeyPath<Owner, CodeCounts> & Sendable, _ direction: ReplyDirection, _ sentence: String,
        since version: Int = 1
    ) -> CounterDescriptor {
        let owner = self.owner
        return descriptor(name, .codes(direction) { owner($0)?[keyPath: path] }, nil, sentence, since: version)
    }

    func outcomes(_ path: any KeyPath<Owner, RegistrationOutcomes> & Sendable) -> CounterDescriptor {
        let owner = self.owner
        return descriptor("outcomes", .outcomes { owner($0)?[keyPath: path] }, nil, "Outcomes of requests, by kind.")
    }

    func discards(_ path: any KeyPath<Owner, DiscardCounts> & Sendable, _ sentence: String) -> CounterDescriptor {
        let owner = self.owner
        return descriptor("discards", .discards { owner($0)?[keyPath: path] }, nil, sentence)
    }

    func drops(_ path: any KeyPath<Owner, [DropReason: UInt64]> & Sendable, _ sentence: String) -> CounterDescriptor {
        let owner = self.owner
        return descriptor("drops", .drops { owner($0)?[keyPath: path] }, nil, sentence)
    }

    private func descriptor(
        _ name: String, _ value: CounterDescriptor.Value, _ object: String?, _ sentence: String,
        _ metric: CounterDescriptor.Metric = .own, since version: Int = 1
    ) -> CounterDescriptor {
        CounterDescriptor(
            group: group, name: name, value: value, object: object, sentence: sentence, metric: metric, version: version)
    }
}
