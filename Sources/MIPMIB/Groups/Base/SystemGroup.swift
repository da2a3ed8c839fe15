import AgentModel
import ManagementCore

/// mipSystem, 1.1.
enum SystemGroup {
    static var leaves: [MIBLeaf] {
        [
            .scalar(.mipEntities, nil, "The roles that this agent plays.") { view in
                guard let roles = view.state.information?.roles else { return nil }
                return .octets([
                    (roles.contains(.mobileNode) ? 0x80 : 0) | (roles.contains(.foreignAgent) ? 0x40 : 0)
                        | (roles.contains(.homeAgent) ? 0x20 : 0)
                ])
            },
            .scalar(.mipEnable, MIBMember("information.enabled", .labelled("enabled")), "Whether the agent serves registrations.")
            { view in view.state.information.map { .integer($0.enabled ? 1 : 2) } },
            .scalar(.mipEncapsulationSupported, nil, "The tunnelling protocols that the agent supports.") { view in
                guard let supported = view.state.information?.encapsulations else { return nil }
                return .octets([
                    (supported.contains(.ipInIp) ? 0x80 : 0) | (supported.contains(.gre) ? 0x40 : 0)
                        | (supported.contains(.minEnc) ? 0x20 : 0)
                ])
            },
        ]
    }
}
