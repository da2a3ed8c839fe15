public import AgentModel
public import MobileIPv4

/// A mobility security association and its key. Only `association` is ever shown.
public struct ConfiguredSecurityAssociation: Sendable {
    /// The association as it may be shown.
    public var association: SecurityAssociation
    /// Its key, which never leaves the agent.
    public var key: AuthenticationKey
    /// Which role of this agent shares it with the peer: `homeAgent` or `foreignAgent`. Nil derives it from the peer's role: the home agent
    /// for a foreign agent, the foreign agent for a home agent, and for a mobile node the home agent if there is one, otherwise the foreign
    /// agent.
    public var ownRole: AgentRole?
    /// The slot in which the agent records its use; negative for none.
    var slot = -1

    public init(association: SecurityAssociation, key: AuthenticationKey, ownRole: AgentRole? = nil) {
        self.association = association
        self.key = key
        self.ownRole = ownRole
    }

    func problems(at path: String) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if !association.spi.isAssignable && association.spi != .chap {
            problems.append(
                ConfigurationProblem(
                    path: path + ".spi", value: "\(association.spi)", expected: "256 to 4294967295, or 2 for CHAP"))
        }
        if key.count == 0 {
            problems.append(ConfigurationProblem(path: path + ".key", value: "empty", expected: "at least one byte"))
        }
        if association.replayMethod == .timestamps && association.replayTolerance == 0 {
            problems.append(
                ConfigurationProblem(
                    path: path + ".replayTolerance", value: "0", expected: "1 to 65535 seconds, preferably above 3"))
        }
        switch (association.peerRole, ownRole) {
        case (.mobileNode, nil), (.mobileNode, .homeAgent), (.mobileNode, .foreignAgent), (.foreignAgent, nil),
            (.foreignAgent, .homeAgent), (.homeAgent, nil), (.homeAgent, .foreignAgent):
            break
        default:
            problems.append(
                ConfigurationProblem(
                    path: path + ".ownRole", value: ownRole?.rawValue ?? "none",
                    expected: "a role that can have a \(association.peerRole.rawValue) as its peer"))
        }
        if association.peerRole != .mobileNode, case .nai = association.peer {
            problems.append(
                ConfigurationProblem(
                    path: path + ".peer", value: "\(association.peer)",
                    expected: "an address or a prefix; only mobile nodes have an NAI"))
        }
        return problems
    }

    /// Appends the authentication extension of this association over everything in `octets`.
    func sign(_ type: ExtensionType, _ octets: inout [UInt8]) {
        association.algorithm.appendExtension(type, spi: association.spi, key: key, to: &octets)
    }

    /// True when `located` was made with this association over the octets before it.
    func verifies(_ located: LocatedAuthentication, in datagram: RawSpan) -> Bool {
        association.algorithm.verify(located, in: datagram, key: key)
    }

    /// True when `located`, an MN-AAA extension, was made with this association; with SPI 2 in CHAP style, for which the challenge must
    /// precede it (RFC 4721 §8).
    func verifies(_ located: LocatedAuthentication, in datagram: RawSpan, challenge: LocatedExtension?) -> Bool {
        guard located.spi == .chap else { return verifies(located, in: datagram) }
        guard let challenge, challenge.end <= located.start else { return false }
        return ChallengeAuthentication.verify(located, challenge: challenge.data, in: datagram, key: key)
    }
}
