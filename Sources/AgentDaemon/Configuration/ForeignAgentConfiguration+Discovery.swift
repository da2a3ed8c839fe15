import DaemonSupport
import MobileIPv4
import MobilityAgent

extension ForeignAgentConfiguration {
    /// Reads where requests for any home agent go, the service of visitors, and experiments.
    mutating func readDiscovery(from section: ConfigurationSection) {
        homeAgentsByIdentity = section.addresses(byNAI: "homeAgentsByIdentity")
        for entry in section.sections("homeAgentsByRealm") {
            let realm = entry.value("realm", .realm)
            let homeAgents: [IPv4Address] = entry.list("homeAgents", .unicastAddress, atLeastOne: true)
            guard let realm else { continue }
            if homeAgentsByRealm.updateValue(homeAgents, forKey: realm) != nil {
                entry.refuseRepetition(of: realm.description, atPath: "realm")
            }
        }
        service = section.optional("service", .service)
        experimental = section.sections("experimental", ExperimentalRule.init)
    }
}
