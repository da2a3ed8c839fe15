import AgentModel
import ManagementCore
import MobileIPv4

// Tables about mobile nodes.
extension Collections {
    static let bindings = Collection<BindingKey, Binding>(
        name: "bindings", about: "Mobility bindings of home agents.", schema: "Binding", table: { $0.bindings },
        pathParts: [.init(name: "homeAddress", example: "10.0.1.7"), .init(name: "careOfAddress", example: "192.0.2.1")],
        key: { parts in
            guard let home = IPv4Address(parts[0]), let careOf = IPv4Address(parts[1]) else { return nil }
            return BindingKey(homeAddress: home, careOfAddress: careOf)
        },
        expiry: { $0.expires },
        filters: [
            .prefix(
                "homeAddress", "Home address, or a prefix of them.",
                keys: { prefix in
                    // In the order of home addresses those of a prefix are neighbours.
                    KeyRange(first: BindingKey(homeAddress: prefix.network, careOfAddress: .zero)) {
                        prefix.contains($0.homeAddress)
                    }
                }, { $0.homeAddress }),
            .prefix("careOfAddress", "Care-of address, or a prefix of them.") { $0.careOfAddress },
            .prefix("homeAgent", "Home agent, or a prefix of them.") { $0.homeAgent },
            .text("nai", "Network access identifier.") { $0.nai?.value },
            .choice("encapsulation", "Encapsulations, with commas between.") { $0.encapsulation },
            .search(
                "The beginning of an address or a part of a network access identifier.",
                addresses: { [$0.homeAddress, $0.careOfAddress] }, names: { $0.nai.map { [$0.value] } ?? [] }),
        ],
        sortings: [
            .init(name: "homeAddress") { SortValue($1.homeAddress) },
            .init(name: "careOfAddress") { SortValue($1.careOfAddress) },
            .init(name: "nai") { SortValue($1.nai?.value) }, .init(name: "created") { SortValue($1.created) },
            .init(name: "renewed") { SortValue($1.renewed) }, .init(name: "expires") { SortValue(end: $1.expires) },
            .init(name: "renewals") { SortValue($1.renewals) }, .init(name: "handoffs") { SortValue($1.handoffs) },
            .init(name: "lifetimeGranted") { SortValue($1.lifetimeGranted) },
        ], order: "homeAddress")

    static let visitors = Collection<VisitorKey, Visitor>(
        name: "visitors", about: "Visitor lists of foreign agents, nodes whose registration is under way included.",
        schema: "Visitor", table: { $0.visitors },
        pathParts: [
            .init(name: "sourceAddress", example: "172.16.0.1"), .init(name: "homeAddress", example: "10.0.2.1"),
            .init(name: "nai", example: absent),
        ],
        key: { parts in
            guard let source = IPv4Address(parts[0]), let home = IPv4Address(parts[1]), let nai = nai(parts[2]) else {
                return nil
            }
            return VisitorKey(sourceAddress: source, homeAddress: home, nai: nai)
        },
        expiry: { $0.expires },
        filters: [
            .prefix("homeAddress", "Home address, or a prefix of them.") { $0.homeAddress },
            .prefix("careOfAddress", "Care-of address, or a prefix of them.") { $0.careOfAddress },
            .prefix("homeAgent", "Home agent, or a prefix of them.") { $0.homeAgent },
            .text("nai", "Network access identifier.") { $0.nai?.value },
            .choice("state", "States, with commas between.") { $0.state },
            .search(
                "The beginning of an address or a part of a network access identifier.",
                addresses: { [$0.homeAddress, $0.sourceAddress, $0.careOfAddress] }, names: { $0.nai.map { [$0.value] } ?? [] }),
        ],
        sortings: [
            .init(name: "homeAddress") { SortValue($1.homeAddress) },
            .init(name: "sourceAddress") { SortValue($1.sourceAddress) },
            .init(name: "nai") { SortValue($1.nai?.value) }, .init(name: "created") { SortValue($1.created) },
            .init(name: "expires") { SortValue(end: $1.expires) }, .init(name: "state") { SortValue($1.state) },
        ], order: "sourceAddress", exampleAgent: "foreign")

    static let pending = Collection<TextKey, PendingRegistration>(
        name: "pending", about: "Requests that foreign agents have relayed and that are not answered yet.",
        schema: "PendingRegistration",
        table: { state in
            table(state.pendingRegistrations.map(\.row)) { TextKey($0.homeAddress.description, $0.nai?.value ?? absent) }
        },
        pathParts: [.init(name: "homeAddress", example: "10.0.2.1"), .init(name: "nai", example: absent)],
        key: { TextKey($0) }, expiry: { $0.expires },
        filters: [
            .prefix("homeAddress", "Home address, or a prefix of them.") { $0.homeAddress },
            .prefix("homeAgent", "Home agent, or a prefix of them.") { $0.homeAgent },
            .text("nai", "Network access identifier.") { $0.nai?.value },
            .choice("kind", "Kinds of requests, with commas between.") { $0.kind },
        ],
        sortings: [
            .init(name: "homeAddress") { SortValue($1.homeAddress) }, .init(name: "sent") { SortValue($1.sent) },
            .init(name: "retransmissions") { SortValue($1.retransmissions) },
        ], exampleAgent: "foreign")

    static let mobileNodes = Collection<IPv4Address, MobileNodeService>(
        name: "mobile-nodes", about: "What home agents have done for each mobile node.", schema: "MobileNodeService",
        table: { $0.mobileNodes }, pathParts: [.init(name: "homeAddress", example: "10.0.1.7")], key: { IPv4Address($0[0]) },
        filters: [
            .prefix("homeAddress", "Home address, or a prefix of them.") { $0.homeAddress },
            .text("nai", "Network access identifier.") { $0.nai?.value },
        ],
        sortings: [
            .init(name: "homeAddress") { SortValue($1.homeAddress) }, .init(name: "accepted") { SortValue($1.accepted) },
            .init(name: "denied") { SortValue($1.denied) }, .init(name: "serviceTime") { SortValue($1.serviceTime) },
        ])

    static let traffic = Collection<ForwardedTrafficKey, ForwardedTraffic>(
        name: "traffic", about: "What was forwarded for each mobile node.", schema: "Traffic", table: { $0.traffic },
        pathParts: [.init(name: "role", example: "homeAgent"), .init(name: "homeAddress", example: "10.0.1.7")],
        key: { parts in
            guard let role = AgentRole(rawValue: parts[0]), let home = IPv4Address(parts[1]) else { return nil }
            return ForwardedTrafficKey(role: role, homeAddress: home)
        },
        filters: [
            .prefix("homeAddress", "Home address, or a prefix of them.") { $0.homeAddress },
            .choice("role", "Roles, with commas between.") { $0.role },
        ],
        sortings: [
            .init(name: "homeAddress") { SortValue($1.homeAddress) }, .init(name: "octetsToNode") { SortValue($1.octetsToNode) },
            .init(name: "octetsFromNode") { SortValue($1.octetsFromNode) },
        ], exampleAgent: "foreign")

    static let history = Collection<EndedRegistrationKey, EndedRegistration>(
        name: "history", about: "Bindings and visits that ended while their agent was followed, and why.",
        schema: "EndedRegistration", table: { $0.history.rows },
        pathParts: [.init(name: "homeAddress", example: "10.0.1.7"), .init(name: "index", example: "1")],
        key: { parts in
            guard let home = IPv4Address(parts[0]), let index = UInt32(parts[1]) else { return nil }
            return EndedRegistrationKey(homeAddress: home, index: index)
        },
        filters: [
            .prefix("homeAddress", "Home address, or a prefix of them.") { $0.homeAddress },
            .prefix("careOfAddress", "Care-of address, or a prefix of them.") { $0.careOfAddress },
            .prefix("homeAgent", "Home agent, or a prefix of them.") { $0.homeAgent },
            .text("nai", "Network access identifier.") { $0.nai?.value },
            .choice("endReason", "Why it ended: reasons with commas between.") { $0.endReason },
            .choice("role", "Roles, with commas between.") { $0.role },
        ],
        sortings: [
            .init(name: "ended") { SortValue($1.ended) }, .init(name: "created") { SortValue($1.created) },
            .init(name: "homeAddress") { SortValue($1.homeAddress) }, .init(name: "endReason") { SortValue($1.endReason) },
            .init(name: "index") { SortValue($1.index) },
        ])

    static let registrations = Collection<NodeRegistrationKey, NodeRegistration>(
        name: "registrations", about: "Registrations of mobile nodes, accepted or under way.", schema: "NodeRegistration",
        table: { $0.registrations },
        pathParts: [.init(name: "agentAddress", example: "198.51.100.1"), .init(name: "careOfAddress", example: "198.51.100.1")],
        key: { parts in
            guard let agent = IPv4Address(parts[0]), let careOf = IPv4Address(parts[1]) else { return nil }
            return NodeRegistrationKey(agentAddress: agent, careOfAddress: careOf)
        },
        expiry: { $0.expires }, hasExpiry: { $0.isAccepted },
        filters: [
            .prefix("homeAgent", "Home agent, or a prefix of them.") { $0.homeAgent },
            .prefix("careOfAddress", "Care-of address, or a prefix of them.") { $0.careOfAddress },
            .flag("isAccepted", "Whether it is accepted.") { $0.isAccepted },
        ],
        sortings: [.init(name: "sent") { SortValue($1.sent) }], exampleAgent: "node")

    static let foreignAgents = Collection<KnownForeignAgentKey, KnownForeignAgent>(
        name: "foreign-agents", about: "Foreign agents that mobile nodes hear.", schema: "KnownForeignAgent",
        table: { $0.foreignAgents },
        pathParts: [.init(name: "address", example: "198.51.100.1"), .init(name: "careOfAddress", example: "198.51.100.1")],
        key: { parts in
            guard let address = IPv4Address(parts[0]), let careOf = IPv4Address(parts[1]) else { return nil }
            return KnownForeignAgentKey(address: address, careOfAddress: careOf)
        },
        expiry: { $0.expires },
        filters: [.prefix("careOfAddress", "Care-of address, or a prefix of them.") { $0.careOfAddress }],
        sortings: [.init(name: "heard") { SortValue($1.heard) }], exampleAgent: "node")
}
