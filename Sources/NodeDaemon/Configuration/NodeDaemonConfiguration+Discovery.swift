import AgentModel
import DaemonSupport
import MobileIPv4
import MobileNode

extension MobileNodeConfiguration {
    /// Reads how the node finds its home agent, and what it asks of it besides a binding. What is about the search alone is a
    /// mistake in the file of a node that names its home agent.
    ///
    /// - Parameter asksForHostConfiguration: the default of the setting of this name.
    mutating func readDiscovery(from root: ConfigurationSection, asksForHostConfiguration usual: Bool) {
        homeAgentHint = root.optional("homeAgentHint", .unicastAddress)
        allowedHomeAgents = root.list("allowedHomeAgents", .ipv4Prefix)
        fallbackHomeAgent = root.optional("fallbackHomeAgent", .unicastAddress)
        homeAgentIdentity = root.optional("homeAgentIdentity", .identity)
        asksForHostConfiguration = root.value("asksForHostConfiguration", .bool, default: usual)
        service = root.optional("service", .service)
        experimentalExtensions = root.sections("experimentalExtensions", NodeExperimentalExtension.init)
        guard homeAgent.address.isAnyHomeAgent else {
            for name in ["homeAgentHint", "allowedHomeAgents", "fallbackHomeAgent"] where root.has(name) {
                root.mistake(
                    about: name, "\(name) has no effect for a node whose home agent is named",
                    "remove it, or set home.agent to any")
            }
            return
        }
        if !allowedHomeAgents.isEmpty {
            for (name, address) in [("homeAgentHint", homeAgentHint), ("fallbackHomeAgent", fallbackHomeAgent)] {
                guard let address, !allowedHomeAgents.contains(where: { $0.contains(address) }) else { continue }
                root.mistake(about: name, "\(name): '\(address)' is invalid", "expected an address in allowedHomeAgents")
            }
        }
    }
}

extension NodeDaemonConfiguration {
    /// Records why a node cannot register with any home agent.
    func refuseImpossibleSearch(_ root: ConfigurationSection, _ home: ConfigurationSection) {
        guard home.has("agent"), node.homeAgent.address.isAnyHomeAgent else { return }
        if node.homeAddress != .zero, node.nai == nil, !root.has("nai") {
            home.mistake(
                about: "agent", "home.agent: a home agent knows a node that asks for any by its identifier, and there is no nai",
                "add 'nai:' to this file")
        }
        if !settings.discovery.dynamicHomeAgent {
            home.mistake(
                about: "agent", "home.agent: without dynamicHomeAgent, the node cannot ask for any home agent",
                "name its home agent, or remove 'dynamicHomeAgent: false'")
        }
    }
}

extension NodeExperimentalExtension {
    fileprivate init(_ section: ConfigurationSection) {
        self.init(
            isCritical: section.value("critical", .bool, default: false),
            addressee: section.value("for", .anyWord(standIn: .homeAgent), default: .homeAgent),
            subtype: section.value("subtype", .integer(in: 0...UInt8.max)),
            content: section.value("value", .bytes(upTo: 254), default: []))
    }
}
