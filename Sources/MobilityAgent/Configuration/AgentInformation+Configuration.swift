import AgentModel
import MobileIPv4

extension AgentInformation {
    /// What an agent with this configuration says of itself.
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
            roles: roles, startTime: startTime, enabled: configuration.enabled,
            encapsulations: Encapsulation.allCases.filter(encapsulations.contains), addresses: addresses,
            careOfAddresses: foreign?.careOfAddresses ?? [], busy: foreign?.busy ?? false,
            registrationRequired: foreign?.registrationRequired ?? false,
            challengeWindow: UInt8(clamping: foreign?.challenge?.window ?? 0), maximumBindings: home?.maximumBindings ?? 0,
            maximumVisitors: foreign?.maximumVisitors ?? 0,
            maximumPending: foreign?.maximumPending ?? 0, maximumViolators: UInt32(clamping: configuration.maximumViolators),
            maximumMobileNodes: home.map { max($0.maximumMobileNodes, $0.maximumBindings) } ?? 0)
    }
}
