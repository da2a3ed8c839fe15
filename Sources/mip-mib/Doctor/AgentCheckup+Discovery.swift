import AgentModel
import ManagementCore
import MobileIPv4

extension AgentCheckup {
    /// That a home agent moves its nodes to other home agents.
    static func draining(_ information: AgentInformation, _ name: String) -> [Finding] {
        guard let drain = information.drain else { return [] }
        let targets = drain.homeAgents.map(\.description).joined(separator: ", ")
        return [
            Finding(
                "note", "\(name) has been moving its nodes to \(targets) since \(drain.since), and serves no new ones",
                "'mip-mib drain' shows how many bindings are left; 'mip-mib drain --end' lets it serve new nodes again")
        ]
    }

    /// That bindings stay while their home agent drains: their nodes have nowhere to go, or their other end cannot be informed.
    static func staying(_ information: AgentInformation, _ name: String) -> [Finding] {
        guard let drain = information.drain else { return [] }
        if !information.settings.signalling.revocation {
            return [
                Finding(
                    "note", "\(name) drains with revocation switched off, so that it ends no binding",
                    "set 'revocation: true' there and at the other agents and the nodes; until then, bindings last until they end"
                )
            ]
        }
        guard drain.bindings > drain.movableBindings else { return [] }
        let unmovable = drain.bindings - drain.movableBindings
        let what = unmovable == 1 ? "1 binding" : "\(unmovable) bindings"
        return [
            Finding(
                "note",
                "\(name) drains, but \(what) of it cannot be moved: the node named this home agent, or the other end did not agree "
                    + "on revocation or has no association here",
                "wait until they end: a node that names this home agent and is revoked is denied (129) until it is configured with "
                    + "'agent: any'; set 'revocation: true' at foreign agents and nodes, and add missing associations")
        ]
    }

    /// What keeps home agents and nodes from finding each other, and nodes from getting what they ask for.
    static func discovery(_ state: AgentState, _ name: String) -> [Finding] {
        node(state, name) + refusals(state, name) + relaying(state, name)
    }

    /// That an agent acts on experimental messages and extensions.
    static func experiments(_ information: AgentInformation, _ name: String) -> [Finding] {
        guard information.settings.discovery.experimental else { return [] }
        return [
            Finding(
                "note", "\(name) acts on experimental messages and extensions (RFC 4064), which are for experiments only",
                "set 'experimental: false' in its configuration file once the experiment is over; 'mip-mib extensions' shows what was used"
            )
        ]
    }

    /// What a mobile node reports about itself.
    private static func node(_ state: AgentState, _ name: String) -> [Finding] {
        var notes: [Finding] = []
        if let search = state.mobileNodeStatus?.homeAgentSearch, search.state == .fallback {
            notes.append(
                Finding(
                    "note",
                    "\(name) found no home agent that serves requests for any, and addresses \(search.homeAgent) by name",
                    "let the home agent serve requests for any home agent ('acceptsAnyHomeAgent', 'dynamicHomeAgent'), and give "
                        + "the foreign agent a 'defaultHomeAgent' or 'homeAgentsByRealm'"))
        }
        if let given = state.mobileNodeStatus?.hostConfiguration, given.hasResolverSettings, !given.isApplied {
            notes.append(
                Finding(
                    "note", "the machine of \(name) does not use the name servers or domain that the home agent gave the node",
                    "see the log of mip-node for the reason; if it has none, set 'resolver: {mode: resolvectl}' (or resolvConf) in the node's "
                        + "configuration file, unless the resolver is off on purpose"))
        }
        guard let counters = state.counters.mobileNode else { return notes }
        if counters.redirectLoops > 0 {
            notes.append(
                Finding(
                    "note",
                    "\(name) was redirected in a loop, or to a home agent that it may not use, \(times(counters.redirectLoops))",
                    "'mip-mib node -o wide' shows who redirected it; compare the 'redirects' of these home agents with each other, "
                        + "and with 'allowedHomeAgents' of the node"))
        }
        if counters.serviceRefusals > 0 {
            let service = state.mobileNodeStatus?.service.map { " '\($0.value)'" } ?? ""
            notes.append(
                Finding(
                    "note", "the home agent refused \(name) the service\(service) (151) \(times(counters.serviceRefusals))",
                    "name a service of the home agent's 'services' in the node's configuration file, or allow the node there"))
        }
        return notes
    }

    /// What a home agent has refused or shortened.
    private static func refusals(_ state: AgentState, _ name: String) -> [Finding] {
        guard let counters = state.counters.homeAgent else { return [] }
        var notes: [Finding] = []
        if counters.serviceRefusals > 0 {
            notes.append(
                Finding(
                    "note", "\(name) refused nodes the service that they asked for (151) \(times(counters.serviceRefusals))",
                    "'mip-mib events --where kind=registrationDenied' shows the nodes; compare 'services' in the home agent's "
                        + "configuration file with what they select"))
        }
        if counters.hostConfigurationTruncated > 0 {
            notes.append(
                Finding(
                    "note",
                    "\(name) left parts of host configurations out of replies \(times(counters.hostConfigurationTruncated)), as "
                        + "there was no room", "shorten 'configurationURL' and 'domainNameSuffix' of its 'hostConfigurations'"))
        }
        return notes
    }

    /// Refusals of which there are fewer say little about a configuration.
    private static let tellingRefusals: UInt64 = 10

    /// What a foreign agent has refused because of its own configuration or of home agents.
    private static func relaying(_ state: AgentState, _ name: String) -> [Finding] {
        guard let counters = state.counters.foreignAgent else { return [] }
        var notes: [Finding] = []
        let homeless = counters.repliesSentByCode[.faNonZeroHomeAgentAddressRequired]
        if homeless >= tellingRefusals {
            notes.append(
                Finding(
                    "note", "\(name) found no home agent for nodes that ask for any (90) \(times(homeless))",
                    "set 'defaultHomeAgent' or 'homeAgentsByRealm' in its configuration file, or name a home agent in that of the nodes"
                ))
        }
        let nameless = counters.repliesSentByCode[.faMissingNAI]
        if nameless >= tellingRefusals {
            notes.append(
                Finding(
                    "note", "home agents accepted nodes of \(name) without repeating their identifiers (97) \(times(nameless))",
                    "update these home agents, which do not follow RFC 2794; until then, such nodes need a home address and no identifier"
                ))
        }
        return notes
    }

    private static func times(_ count: UInt64) -> String { count == 1 ? "once" : "\(count) times" }
}
