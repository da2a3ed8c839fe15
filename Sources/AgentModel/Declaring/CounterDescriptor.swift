/// What a counter is to every interface, declared once beside the struct that holds it (`HomeAgentCounters.declared` and so on).
///
/// The metric, its help and its counterpart in SNMP, the scalar of the MIB, the lists of counts in the API and the command's view through
/// SNMP come from it. Number and syntax of the object are the MIB text's.
public struct CounterDescriptor: Sendable {
    /// Whose counter it is.
    public enum Group: String, Hashable, Sendable, CaseIterable {
        case daemon, homeAgent, foreignAgent, mobileNode, forwarding

        /// The role that has these counters; nil for those of every daemon and of its data plane.
        public var role: AgentRole? { AgentRole(rawValue: rawValue) }
    }

    /// How the counts are read; nil while the agent has no such counters.
    public enum Value: Sendable {
        case count(@Sendable (AgentCounters) -> UInt64?)
        case codes(ReplyDirection, @Sendable (AgentCounters) -> CodeCounts?)
        case outcomes(@Sendable (AgentCounters) -> RegistrationOutcomes?)
        case discards(@Sendable (AgentCounters) -> DiscardCounts?)
        case drops(@Sendable (AgentCounters) -> [DropReason: UInt64]?)
    }

    /// Where a single count stands among the metrics.
    public enum Metric: Sendable {
        /// In a metric named after the counter.
        case own
        /// In a metric of another name, because the counter's is another metric's.
        case named(String)
        /// One of several samples of a metric, which differ by labels.
        case labelled(LabelledMetric, [String: String])
        /// Nowhere by itself: the samples of the group's counts by code in this direction add up to it.
        case sumOfCodes(ReplyDirection)
    }

    /// Whose counter it is.
    public let group: Group
    /// The member's name in JSON.
    public let name: String
    /// How it is read.
    public let value: Value
    /// The object of MIP-MIB or MIPV4-EXT-MIB that is this counter; nil without one, and where a table has it.
    public let object: String?
    /// What it counts, one sentence.
    public let sentence: String
    /// Where it stands among the metrics.
    public let metric: Metric
    /// The version of the control interface's vocabulary that has it first.
    public let version: Int

    /// The member's place in the JSON of all counters, with dots between: `homeAgent.handoffs`.
    public var path: String { group == .daemon ? name : "\(group.rawValue).\(name)" }
}

/// Which way a reply goes.
public enum ReplyDirection: String, Hashable, Sendable, CaseIterable, Codable {
    case sent, received
}

/// A metric that several counters are samples of.
public struct LabelledMetric: Hashable, Sendable {
    /// Without `_total`.
    public let name: String
    /// What the metric counts, one sentence.
    public let help: String

    init(_ name: String, _ help: String) {
        self.name = name
        self.help = help
    }
}

/// Makes the descriptors of one struct of counters.
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
        return descriptor("outcomes", .outcomes { owner($0)?[keyPath: path] }, nil, "What became of requests, by kind.")
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
