import AgentModel

/// What a foreign agent that issues challenges requires of requests (RFC 4721).
public struct ChallengePolicy: Hashable, Sendable {
    /// How a node must answer a challenge.
    public enum Authentication: String, Hashable, Sendable, CaseIterable, Codable {
        /// With a Mobile-Foreign authentication extension, for which each node needs an association with this agent.
        case mobileForeign
        /// With an MN-AAA authentication extension.
        case mobileAAA
        /// With either of them or both.
        case either
    }

    /// How many of the latest advertised challenges are valid, one of `windows` (`faAdvertChallengeWindow`, CHALLENGE_WINDOW).
    public var window: Int
    /// The length of a challenge in octets, 4 to 255. Challenges of fewer than 16 can be guessed.
    public var length: Int
    /// How a node must answer.
    public var authentication: Authentication

    /// The possible values of `window`; a foreign agent without challenges has no policy.
    public static let windows = 1...Int(ForeignAgentPolicy.challengeWindows.upperBound)

    public init(window: Int = 2, length: Int = 16, authentication: Authentication = .either) {
        self.window = window
        self.length = length
        self.authentication = authentication
    }

    func problems(at path: String) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if !Self.windows.contains(window) {
            let expected = "\(Self.windows.lowerBound) to \(Self.windows.upperBound) challenges"
            problems.append(ConfigurationProblem(path: path + ".window", value: "\(window)", expected: expected))
        }
        if !(4...255).contains(length) {
            problems.append(ConfigurationProblem(path: path + ".length", value: "\(length)", expected: "4 to 255 octets"))
        }
        return problems
    }
}
