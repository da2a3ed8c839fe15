public import AgentModel
import MobileIPv4

/// Everything an agent is told before it starts. `problems` says what is wrong with it; the agent itself never traps on any value.
public struct MobilityAgentConfiguration: Sendable {
    /// The agent's name among others, 1 to 64 characters.
    public var name: String
    /// Program and version for `AgentInformation.version`.
    public var version: String
    /// What an operator can change of every agent while it runs. The settings of roles are in theirs.
    public var settings: AgentSettings
    /// The home agent role; nil for none.
    public var homeAgent: HomeAgentConfiguration?
    /// The foreign agent role; nil for none.
    public var foreignAgent: ForeignAgentConfiguration?
    /// Shared secrets with nodes and agents, each peer and SPI once.
    public var securityAssociations: [ConfiguredSecurityAssociation]
    /// What mobile nodes share with their AAA server, for checking MN-AAA extensions (36, Sub-Type 1) here: as such a server's stand-in
    /// (RFC 4721 §6). An SPI of 2 is checked in the manner of CHAP. Replay protection plays no part in them.
    public var authenticationServerAssociations: [ConfiguredSecurityAssociation]
    /// Offenders remembered in the table of violations, at least 1. The longest quiet one makes room.
    public var maximumViolators: Int
    /// Events about denials and violations told within one second, at least 1; the rest is counted only, so that
    /// a flood of bad messages does not become a flood of events.
    public var maximumAlarmsPerSecond: Int

    public init(
        name: String, version: String = "mip-agentd", settings: AgentSettings = AgentSettings(),
        homeAgent: HomeAgentConfiguration? = nil, foreignAgent: ForeignAgentConfiguration? = nil,
        securityAssociations: [ConfiguredSecurityAssociation] = [],
        authenticationServerAssociations: [ConfiguredSecurityAssociation] = [],
        maximumViolators: Int = 1024, maximumAlarmsPerSecond: Int = 100
    ) {
        self.name = name
        self.version = version
        self.settings = settings
        self.homeAgent = homeAgent
        self.foreignAgent = foreignAgent
        self.securityAssociations = securityAssociations
        self.authenticationServerAssociations = authenticationServerAssociations
        self.maximumViolators = maximumViolators
        self.maximumAlarmsPerSecond = maximumAlarmsPerSecond
    }

    /// Everything that is wrong, in the order of the members; empty when the agent can serve with it.
    public var problems: [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ path: String, _ isRight: Bool, _ value: @autoclosure () -> String, _ expected: String) {
            if !isRight { problems.append(ConfigurationProblem(path: path, value: value(), expected: expected)) }
        }
        check("name", (1...64).contains(name.count), name, "1 to 64 characters")
        check("maximumViolators", maximumViolators >= 1, "\(maximumViolators)", "at least 1")
        check("maximumAlarmsPerSecond", maximumAlarmsPerSecond >= 1, "\(maximumAlarmsPerSecond)", "at least 1")
        check("roles", homeAgent != nil || foreignAgent != nil, "none", "a home agent, a foreign agent or both")
        problems += homeAgent?.problems ?? []
        problems += foreignAgent?.problems ?? []
        for (list, associations) in [
            ("securityAssociations", securityAssociations),
            ("authenticationServerAssociations", authenticationServerAssociations),
        ] {
            var seen: Set<SecurityAssociationKey> = []
            for (index, configured) in associations.enumerated() {
                let path = "\(list)[\(index)]"
                problems += configured.problems(at: path)
                check(
                    path, seen.insert(configured.association.key).inserted,
                    "\(configured.association.peer) SPI \(configured.association.spi)", "each peer and SPI once")
            }
        }
        for (index, configured) in authenticationServerAssociations.enumerated() {
            check(
                "authenticationServerAssociations[\(index)].peerRole", configured.association.peerRole == .mobileNode,
                configured.association.peerRole.rawValue, "mobileNode")
        }
        return problems
    }
}
