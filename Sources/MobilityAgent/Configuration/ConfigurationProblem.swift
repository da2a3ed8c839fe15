/// One error in a configuration: where it is, the value found, and what is expected.
public struct ConfigurationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path from the root of `MobilityAgentConfiguration`, for example `homeAgent.maximumLifetime` or
    /// `securityAssociations[2].replayTolerance`.
    public var path: String
    /// The value found; never a key.
    public var value: String
    /// What is expected.
    public var expected: String

    public init(path: String, value: String, expected: String) {
        self.path = path
        self.value = value
        self.expected = expected
    }

    public var description: String { "\(path): '\(value)' is invalid; expected \(expected)" }
}
