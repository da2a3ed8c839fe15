/// What an agent does with one kind of experimental extension, or with experimental messages (RFC 4064). It has an effect only while
/// experiments are enabled (`DiscoveryPolicy.experimental`).
public struct ExperimentalRule: Hashable, Sendable {
    /// What the rule is about.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Extension 127. Without a rule for its Sub-Type, the whole message is dropped.
        case nonSkippable = "127"
        /// Extension 255. Without a rule for its Sub-Type, it is skipped.
        case skippable = "255"
        /// Message 255, which has no Sub-Type. Without a rule, it is dropped.
        case message
    }

    /// What the agent does.
    public enum Action: String, Hashable, Sendable, CaseIterable {
        /// Accepts it as known. It has no further effect.
        case accept
        /// Refuses a request that carries it for this agent, with 192 (home agent) or 127 (foreign agent). There is no denial of a message
        /// of type 255, which is dropped.
        case refuse
    }

    /// What the rule is about.
    public var kind: Kind
    /// The Sub-Type of the extension; 0 for messages.
    public var subtype: UInt8
    /// What the agent does.
    public var action: Action

    public init(_ kind: Kind, subtype: UInt8 = 0, _ action: Action) {
        self.kind = kind
        self.subtype = subtype
        self.action = action
    }
}

extension [ExperimentalRule] {
    /// The action for a kind of extension, or for messages; nil without a rule.
    func action(_ kind: ExperimentalRule.Kind, subtype: UInt8 = 0) -> ExperimentalRule.Action? {
        first { $0.kind == kind && $0.subtype == subtype }?.action
    }

    /// Rules that contradict or repeat others, and messages with a Sub-Type.
    func problems(at path: String) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var seen: Set<ExperimentalRule> = []
        for (index, rule) in enumerated() {
            let value = "\(rule.kind.rawValue) subtype \(rule.subtype)"
            if rule.kind == .message && rule.subtype != 0 {
                problems.append(
                    ConfigurationProblem(
                        path: "\(path)[\(index)].subtype", value: value, expected: "no subtype; messages have none"))
            }
            if !seen.insert(ExperimentalRule(rule.kind, subtype: rule.subtype, .accept)).inserted {
                problems.append(
                    ConfigurationProblem(path: "\(path)[\(index)]", value: value, expected: "each type and subtype only once"))
            }
        }
        return problems
    }
}
