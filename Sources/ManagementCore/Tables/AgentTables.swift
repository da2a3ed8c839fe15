package import AgentModel
package import MobileIPv4

/// All tables in a snapshot of an agent.
package enum AgentTables {
    package static let bindings = AgentTable<BindingKey, Binding>(
        "bindings", noun: "binding", "Mobility bindings of home agents.", topic: .bindings, { $0.bindings },
        key: ["homeAddress", "careOfAddress"], expiry: { .at($0.expires) }
    ) { parts in
        guard let home = IPv4Address(parts[0]), let careOf = IPv4Address(parts[1]) else { return nil }
        return BindingKey(homeAddress: home, careOfAddress: careOf)
    }

    package static let visitors = AgentTable<VisitorKey, Visitor>(
        "visitors", noun: "visitor", "Visitor lists of foreign agents, including nodes whose registration is pending.",
        topic: .visitors, { $0.visitors }, key: ["sourceAddress", "homeAddress", "nai"], expiry: { .at($0.expires) }
    ) { parts in
        guard let source = IPv4Address(parts[0]), let home = IPv4Address(parts[1]), let nai = nai(parts[2]) else { return nil }
        return VisitorKey(sourceAddress: source, homeAddress: home, nai: nai)
    }

    package static let pending = AgentTable<IdentityKey<PendingPlace>, PendingRegistration>(
        "pending", noun: "pending registration", "Requests that foreign agents have relayed and that have not been answered yet.",
        topic: .pendingRegistrations, { $0.pendingRegistrations }, key: ["homeAddress", "nai"], expiry: { .at($0.expires) }
    ) { parts in
        guard let home = IPv4Address(parts[0]), let nai = nai(parts[1]) else { return nil }
        return IdentityKey(PendingRegistrationKey(homeAddress: home, nai: nai))
    }

    package static let associations = AgentTable<SecurityAssociationKey, SecurityAssociation>(
        "associations", noun: "security association", "Mobility security associations, without their keys.",
        topic: .associations, { $0.associations }, key: ["peer", "spi"]
    ) { parts in
        guard let peer = PeerIdentity(parts[0]), let spi: UInt32 = DecimalNumber.parse(parts[1]) else { return nil }
        return SecurityAssociationKey(peer: peer, spi: SecurityParameterIndex(rawValue: spi))
    }

    package static let violations = AgentTable<PeerIdentity, SecurityViolation>(
        "violations", noun: "security violation", "Security violations, by violator.", topic: .violations, { $0.violations },
        key: ["violator"]
    ) { PeerIdentity($0[0]) }

    package static let mobileNodes = AgentTable<IPv4Address, MobileNodeService>(
        "mobile-nodes", noun: "mobile node", "What home agents have done for each mobile node.", topic: .mobileNodes,
        { $0.mobileNodes }, key: ["homeAddress"]
    ) { IPv4Address($0[0]) }

    package static let tunnels = AgentTable<MobilityTunnelKey, MobilityTunnel>(
        "tunnels", noun: "tunnel", "Tunnels that bindings or visits use.", topic: .tunnels, { $0.tunnels },
        key: ["localAddress", "remoteAddress", "encapsulation"]
    ) { parts in
        guard let local = IPv4Address(parts[0]), let remote = IPv4Address(parts[1]),
            let encapsulation = Encapsulation(rawValue: parts[2])
        else { return nil }
        return MobilityTunnelKey(localAddress: local, remoteAddress: remote, encapsulation: encapsulation)
    }

    package static let traffic = AgentTable<ForwardedTrafficKey, ForwardedTraffic>(
        "traffic", noun: "traffic", "What was forwarded for each mobile node.", topic: .traffic, { $0.traffic },
        key: ["role", "homeAddress"], order: ["homeAddress", "role"]
    ) { parts in
        guard let role = AgentRole(rawValue: parts[0]), let home = IPv4Address(parts[1]) else { return nil }
        return ForwardedTrafficKey(role: role, homeAddress: home)
    }

    package static let advertisements = AgentTable<IPv4Address, AdvertisingInterface>(
        "advertisements", noun: "advertising interface", "Interfaces on which agents advertise themselves, and how.",
        topic: .advertisements, { $0.advertisements }, key: ["address"]
    ) { IPv4Address($0[0]) }

    package static let registrations = AgentTable<NodeRegistrationKey, NodeRegistration>(
        "registrations", noun: "registration", "Registrations of mobile nodes, accepted or pending.", topic: .registrations,
        { $0.registrations }, key: ["agentAddress", "careOfAddress"],
        expiry: { $0.isAccepted ? .at($0.expires) : .notCounted }
    ) { parts in
        guard let agent = IPv4Address(parts[0]), let careOf = IPv4Address(parts[1]) else { return nil }
        return NodeRegistrationKey(agentAddress: agent, careOfAddress: careOf)
    }

    package static let foreignAgents = AgentTable<KnownForeignAgentKey, KnownForeignAgent>(
        "foreign-agents", noun: "foreign agent", "Foreign agents whose advertisements mobile nodes hear.", topic: .foreignAgents,
        { $0.foreignAgents }, key: ["address", "careOfAddress"], expiry: { .at($0.expires) }
    ) { parts in
        guard let address = IPv4Address(parts[0]), let careOf = IPv4Address(parts[1]) else { return nil }
        return KnownForeignAgentKey(address: address, careOfAddress: careOf)
    }

    package static let exchanges = AgentTable<ExchangeKey, Exchange>(
        "exchanges", noun: "exchange", "Revocations and notifications that agents and mobile nodes have sent or received.",
        topic: .exchanges, { $0.exchanges }, key: ["number"]
    ) { parts in
        guard let number: UInt32 = DecimalNumber.parse(parts[0]) else { return nil }
        return ExchangeKey(number: number)
    }

    package static let extensionUses = AgentTable<ExtensionUseKey, ExtensionUse>(
        "extension-uses", noun: "use of extensions",
        "What agents have done with vendor and experimental extensions, and with experimental messages.",
        topic: .extensionUses, { $0.extensionUses }, key: ["role", "type", "vendor", "number"]
    ) { parts in
        guard let role = AgentRole(rawValue: parts[0]), let type: UInt8 = DecimalNumber.parse(parts[1]),
            let vendor: UInt32 = DecimalNumber.parse(parts[2]), let number: UInt16 = DecimalNumber.parse(parts[3])
        else { return nil }
        return ExtensionUseKey(role: role, type: type, vendor: vendor, number: number)
    }

    /// Kept by the management side, not by the agents.
    package static let history = AgentTable<EndedRegistrationKey, EndedRegistration>(
        "history", noun: "ended registration", "Bindings and visits that ended while their agent was followed, and why.",
        topic: .bindings, { $0.history.rows }, key: ["homeAddress", "index"]
    ) { parts in
        guard let home = IPv4Address(parts[0]), let index: UInt32 = DecimalNumber.parse(parts[1]) else { return nil }
        return EndedRegistrationKey(homeAddress: home, index: index)
    }

    /// Represents in a path an identifier that a row does not have.
    package static let absent = "-"

    /// The identifier in a path: the inner nil for `absent`, the outer nil for text that is not an identifier.
    private static func nai(_ text: String) -> NetworkAccessIdentifier?? {
        text == absent ? .some(nil) : NetworkAccessIdentifier(text).map { $0 }
    }
}
