import AgentModel
import MobileIPv4

extension AgentInformation {
    /// The information that an agent with this configuration reports about itself.
    init(_ configuration: MobilityAgentConfiguration, instance: String, processID: Int32, startTime: Timestamp) {
        let (home, foreign) = (configuration.homeAgent, configuration.foreignAgent)
        var roles: [AgentRole] = []
        if foreign != nil { roles.append(.foreignAgent) }
        if home != nil { roles.append(.homeAgent) }
        let encapsulations = (home?.encapsulations ?? []).union(foreign?.encapsulations ?? [])
        let addresses =
            (home?.endpoints ?? []).map { AgentAddress(role: .homeAgent, address: $0.address, port: $0.port) }
            + (foreign?.endpoints ?? []).map { AgentAddress(role: .foreignAgent, address: $0.address, port: $0.port) }
        self.init(
            name: configuration.name, version: configuration.version, instance: instance, processID: processID,
            roles: roles, startTime: startTime, encapsulations: Encapsulation.allCases.filter(encapsulations.contains),
            addresses: addresses,
            careOfAddresses: foreign?.careOfAddresses ?? [], settings: configuration.initialSettings,
            maximumPending: foreign?.maximumPending ?? 0, maximumViolators: UInt32(clamping: configuration.maximumViolators),
            maximumMobileNodes: home?.nodesRemembered ?? 0, keepsChanges: configuration.keepsChanges)
    }
}
