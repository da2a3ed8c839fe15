import DataPlane
import MobileIPv4
import MobilityAgent

extension DataPlaneConfiguration {
    /// The configuration of the data plane for this agent.
    init(_ forwarding: ForwardingConfiguration, agent: MobilityAgentConfiguration) {
        let addresses =
            (agent.homeAgent?.endpoints ?? []).map(\.address) + (agent.foreignAgent?.careOfAddresses ?? [])
        self.init(device: forwarding.device, localAddresses: Array(Set(addresses)).sorted())
        choice =
            switch forwarding.implementation {
            case .automatic: .automatic
            case .kernel: .kernel
            case .userSpace: .userSpace
            }
        routeProtocol = forwarding.routeProtocol
        routeTable = forwarding.routeTable
        rulePriority = forwarding.routeTable % 10_000 * 10
    }
}
