public import AgentModel
import MobileIPv4

/// The complete configuration of an agent. `problems` lists what is wrong with it; the agent itself never traps on any value.
public struct MobilityAgentConfiguration: Sendable {
    /// The agent's name, which distinguishes it from other agents; 1 to 64 characters.
    public var name: String
    /// Program and version for `AgentInformation.version`.
    public var version: String
    /// The settings common to all agents that an operator can change while the agent runs. The settings of a role are in that role's
    /// configuration.
    public var settings: AgentSettings
    /// The home agent role; nil for none.
    public var homeAgent: HomeAgentConfiguration?
    /// The foreign agent role; nil for none.
    public var foreignAgent: ForeignAgentConfiguration?
    /// Secrets shared with nodes and agents; each peer and SPI must be unique.
    public var securityAssociations: [ConfiguredSecurityAssociation]
    /// The associations of mobile nodes with their AAA server, for checking MN-AAA extensions (36, Sub-Type 1) here in place of that server
    /// (RFC 4721 §6). An SPI of 2 is checked in CHAP style. Their replay protection settings are ignored.
    public var authenticationServerAssociations: [ConfiguredSecurityAssociation]
    /// How many violators the violation table remembers, at least 1. The one quiet for longest is evicted.
    public var maximumViolators: Int
    /// Most events of one kind about denials and violations published per second, at least 1, and as many about nodes that the agent knows;
    /// others are only counted, so that a flood of bad messages does not become a flood of events.
    public var maximumAlarmsPerSecond: Int
    /// Whether the owner of the agent saves `keptChanges` and restores them after a restart. Otherwise rows made by operators are volatile.
    public var keepsChanges: Bool

    public init(
        name: String, version: String = "mip-agentd", settings: AgentSettings = AgentSettings(),
        homeAgent: HomeAgentConfiguration? = nil, foreignAgent: ForeignAgentConfiguration? = nil,
        securityAssociations: [ConfiguredSecurityAssociation] = [],
        authenticationServerAssociations: [ConfiguredSecurityAssociation] = [],
        maximumViolators: Int = 1024, maximumAlarmsPerSecond: Int = 100, keepsChanges: Bool = false
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
        self.keepsChanges = keepsChanges
    }

    /// All problems, in member order; empty when the agent can run with this configuration.
    public var problems: [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ path: String, _ isValid: Bool, _ value: @autoclosure () -> String, _ expected: String) {
            if !isValid { problems.append(ConfigurationProblem(path: path, value: value(), expected: expected)) }
        }
        check("name", (1...64).contains(name.count), name, "1 to 64 characters")
        check("maximumViolators", maximumViolators >= 1, "\(maximumViolators)", "at least 1")
        check("maximumAlarmsPerSecond", maximumAlarmsPerSecond >= 1, "\(maximumAlarmsPerSecond)", "at least 1")
        check("roles", homeAgent != nil || foreignAgent != nil, "none", "a home agent, a foreign agent or both")
        problems += homeAgent?.problems ?? []
        problems += foreignAgent?.problems ?? []
        problems += foreignAgent?.homeAgentProblems(with: homeAgent) ?? []
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
                    "\(configured.association.peer) SPI \(configured.association.spi)", "each peer and SPI only once")
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
