import AgentModel
import MobileIPv4
import MobilityAgent

/// What agents offer besides registration: other home agents, identities, services, host configuration and experiments.
extension StressPlan {
    /// Sub-Types of experimental extensions: the first is accepted, the second refused, and others are unknown.
    static let experiments: [ExperimentalRule] = [
        ExperimentalRule(.nonSkippable, subtype: 1, .accept), ExperimentalRule(.nonSkippable, subtype: 2, .refuse),
        ExperimentalRule(.skippable, subtype: 1, .accept), ExperimentalRule(.skippable, subtype: 2, .refuse),
        ExperimentalRule(.message, .accept),
    ]

    /// The home agents that the foreign agent has for requests for any.
    var assignedHomeAgents: Set<IPv4Address> {
        Set(foreign.homeAgentsByIdentity.values).union(foreign.homeAgentsByRealm.values.joined())
            .union(foreign.defaultHomeAgent.map { [$0] } ?? [])
    }

    static func discovery(_ dice: inout Dice) -> DiscoveryPolicy {
        var policy = DiscoveryPolicy()
        policy.dynamicHomeAgent = !dice.once(in: 4)
        policy.hostConfiguration = !dice.once(in: 4)
        policy.serviceSelection = !dice.once(in: 4)
        policy.experimental = dice.once(in: 2)
        return policy
    }

    static func discover(_ role: inout HomeAgentConfiguration, _ dice: inout Dice) {
        role.redirects = dice.pick([
            [], [], [RedirectRule(realm: realm, homeAgents: otherHomeAgents)],
            [RedirectRule(above: 3, homeAgents: [otherHomeAgents[0]])],
            [RedirectRule(careOfNetwork: IPv4Prefix(host: careOfAddresses[0]), homeAgents: otherHomeAgents)],
        ])
        role.redirectsWhenFull = dice.once(in: 2) ? otherHomeAgents : []
        role.identity = dice.once(in: 2) ? homeIdentity : nil
        role.aaaIdentity = dice.once(in: 3) ? homeIdentity : nil
        if dice.once(in: 2), let other = otherIdentity { role.homeAgentsByIdentity = [other: otherHomeAgents[0]] }
        if dice.once(in: 2), let network = role.homeNetworks.first {
            role.hostConfigurations = [
                HostConfigurationEntry(
                    network, domainNameServers: [IPv4Address(192, 0, 2, 53), IPv4Address(192, 0, 2, 54)],
                    dhcpServer: IPv4Address(192, 0, 2, 67), defaultGateway: homeAgent.address, domainNameSuffix: "home.example",
                    configurationURL: "https://home.example/node")
            ]
        }
        if dice.once(in: 2) { offerServices(&role, &dice) }
        role.experimental = experiments
    }

    private static func offerServices(_ role: inout HomeAgentConfiguration, _ dice: inout Dice) {
        let pool = IPv4AddressRange(first: IPv4Address(192, 0, 2, 104), last: IPv4Address(192, 0, 2, 105)).map { [$0] }
        let allowed = StressPeer.fixed.map { [NAIPattern.identifier($0)] } ?? []
        role.services = [
            ServicePolicy(services[0]),
            ServicePolicy(services[1], addressPool: pool ?? [], allowed: dice.once(in: 2) ? allowed : []),
        ]
        role.defaultService = dice.pick([nil, services[0]])
    }

    static func discover(_ role: inout ForeignAgentConfiguration, _ dice: inout Dice) {
        if dice.once(in: 3), let realm { role.homeAgentsByRealm = [realm: [homeAgent.address, otherHomeAgents[0]]] }
        if dice.once(in: 3), let own = homeIdentity { role.homeAgentsByIdentity = [own: homeAgent.address] }
        role.service = dice.pick([nil, nil, services[0], services[1]])
        role.experimental = dice.once(in: 2) ? experiments : []
    }
}
