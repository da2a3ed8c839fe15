import AgentModel
import JSON
import ManagementCore
import MobileIPv4

// Tables about mobile nodes.
extension Collections {
    static let bindings = ResourceCollection(
        AgentTables.bindings, examples: ["10.0.1.7", "192.0.2.1"],
        filters: [
            .prefix(
                "homeAddress", "A home address, or a prefix of home addresses.",
                keys: { prefix in
                    // Keys are ordered by home address, so the addresses of a prefix are contiguous.
                    KeyRange(first: BindingKey(homeAddress: prefix.network, careOfAddress: .zero)) {
                        prefix.contains($0.homeAddress)
                    }
                }, { $0.homeAddress }),
            .prefix("careOfAddress", "A care-of address, or a prefix of care-of addresses.") { $0.careOfAddress },
            .prefix("homeAgent", "A home agent's address, or a prefix of such addresses.") { $0.homeAgent },
            .nai { $0.nai },
            .service { $0.service },
            .choice("encapsulation", "Encapsulations, separated by commas.") { $0.encapsulation },
            .choice("revocation", "Agreements on revocation, separated by commas.") { $0.revocation },
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

    static let visitors = ResourceCollection(
        AgentTables.visitors, examples: ["172.16.0.1", "10.0.2.1", absent],
        filters: [
            .prefix("homeAddress", "A home address, or a prefix of home addresses.") { $0.homeAddress },
            .prefix("careOfAddress", "A care-of address, or a prefix of care-of addresses.") { $0.careOfAddress },
            .prefix("homeAgent", "A home agent's address, or a prefix of such addresses.") { $0.homeAgent },
            .nai { $0.nai },
            .service { $0.service },
            .choice("state", "States, separated by commas.") { $0.state },
            .choice("revocation", "Agreements on revocation, separated by commas.") { $0.revocation },
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

    static let pending = ResourceCollection<TextKey, PendingRegistration>(
        AgentTables.pending,
        rows: { state in
            table(state.pendingRegistrations.map(\.row)) { TextKey($0.homeAddress.description, $0.nai?.value ?? absent) }
        }, key: { TextKey($0) }, examples: ["10.0.2.1", absent],
        filters: [
            .prefix("homeAddress", "A home address, or a prefix of home addresses.") { $0.homeAddress },
            .prefix("homeAgent", "A home agent's address, or a prefix of such addresses.") { $0.homeAgent },
            .nai { $0.nai },
            .choice("kind", "Kinds of requests, separated by commas.") { $0.kind },
        ],
        sortings: [
            .init(name: "homeAddress") { SortValue($1.homeAddress) }, .init(name: "sent") { SortValue($1.sent) },
            .init(name: "retransmissions") { SortValue($1.retransmissions) },
        ], exampleAgent: "foreign")

    static let exchanges = ResourceCollection(
        AgentTables.exchanges, examples: ["1"],
        filters: [
            .prefix("homeAddress", "A home address, or a prefix of home addresses.") { $0.homeAddress },
            .prefix("careOfAddress", "A care-of address, or a prefix of care-of addresses.") { $0.careOfAddress },
            .prefix("peer", "The address of a peer, or a prefix of such addresses.") { $0.peer },
            .nai { $0.nai },
            .choice("kind", "Kinds of exchanges, separated by commas.") { $0.kind },
            .choice("state", "States, separated by commas.") { $0.state },
            .choice("role", "Roles, separated by commas.") { $0.role },
            .greater("after", 0...Int64(UInt32.max), "Only exchanges with a greater number.") { Int64($0.number) },
            .search(
                "The beginning of an address or a part of a network access identifier.",
                addresses: { [$0.homeAddress, $0.peer, $0.careOfAddress] }, names: { $0.nai.map { [$0.value] } ?? [] }),
        ],
        sortings: [
            .init(name: "number") { SortValue($1.number) }, .init(name: "started") { SortValue($1.started) },
            .init(name: "ended") { SortValue($1.ended) }, .init(name: "homeAddress") { SortValue($1.homeAddress) },
            .init(name: "peer") { SortValue($1.peer) }, .init(name: "state") { SortValue($1.state) },
            .init(name: "tries") { SortValue($1.tries) }, .init(name: "delay") { SortValue($1.delay) },
        ], order: "number", exampleAgent: "foreign")

    static let mobileNodes = ResourceCollection(
        AgentTables.mobileNodes, examples: ["10.0.1.7"],
        filters: [
            .prefix("homeAddress", "A home address, or a prefix of home addresses.") { $0.homeAddress },
            .nai { $0.nai },
        ],
        sortings: [
            .init(name: "homeAddress") { SortValue($1.homeAddress) }, .init(name: "accepted") { SortValue($1.accepted) },
            .init(name: "denied") { SortValue($1.denied) }, .init(name: "serviceTime") { SortValue($1.serviceTime) },
        ])

    static let traffic = ResourceCollection(
        AgentTables.traffic, examples: ["homeAgent", "10.0.1.7"],
        filters: [
            .prefix("homeAddress", "A home address, or a prefix of home addresses.") { $0.homeAddress },
            .choice("role", "Roles, separated by commas.") { $0.role },
        ],
        sortings: [
            .init(name: "homeAddress") { SortValue($1.homeAddress) }, .init(name: "octetsToNode") { SortValue($1.octetsToNode) },
            .init(name: "octetsFromNode") { SortValue($1.octetsFromNode) },
        ], exampleAgent: "foreign")

    static let history = ResourceCollection(
        AgentTables.history, examples: ["10.0.1.7", "1"],
        filters: [
            .prefix("homeAddress", "A home address, or a prefix of home addresses.") { $0.homeAddress },
            .prefix("careOfAddress", "A care-of address, or a prefix of care-of addresses.") { $0.careOfAddress },
            .prefix("homeAgent", "A home agent's address, or a prefix of such addresses.") { $0.homeAgent },
            .nai { $0.nai },
            .choice("endReason", "Why the registration ended: reasons separated by commas.") { $0.endReason },
            .choice("role", "Roles, separated by commas.") { $0.role },
            .search(
                "The beginning of an address or a part of a network access identifier.",
                addresses: { [$0.homeAddress, $0.careOfAddress] }, names: { $0.nai.map { [$0.value] } ?? [] }),
        ],
        sortings: [
            .init(name: "ended") { SortValue($1.ended) }, .init(name: "created") { SortValue($1.created) },
            .init(name: "homeAddress") { SortValue($1.homeAddress) }, .init(name: "endReason") { SortValue($1.endReason) },
            .init(name: "index") { SortValue($1.index) },
        ])

    static let node = ResourceCollection<OnlyKey, MobileNodeStatus>(
        name: "node",
        about: "What mobile nodes report about themselves: their state, their search for a home agent, their host configuration.",
        schema: MobileNodeStatus.typeName,
        table: { state in table(state.mobileNodeStatus.map { [$0] } ?? []) { _ in OnlyKey() } }, pathParts: [],
        key: { _ in OnlyKey() }, filters: [.choice("state", "States, separated by commas.") { $0.state }], exampleAgent: "node")

    static let registrations = ResourceCollection(
        AgentTables.registrations, examples: ["198.51.100.1", "198.51.100.1"],
        filters: [
            .prefix("homeAgent", "A home agent's address, or a prefix of such addresses.") { $0.homeAgent },
            .prefix("careOfAddress", "A care-of address, or a prefix of care-of addresses.") { $0.careOfAddress },
            .flag("isAccepted", "Whether the registration is accepted.") { $0.isAccepted },
            .choice("revocation", "Agreements on revocation, separated by commas.") { $0.revocation },
        ],
        sortings: [.init(name: "sent") { SortValue($1.sent) }], exampleAgent: "node")

    static let foreignAgents = ResourceCollection(
        AgentTables.foreignAgents, examples: ["198.51.100.1", "198.51.100.1"],
        filters: [.prefix("careOfAddress", "A care-of address, or a prefix of care-of addresses.") { $0.careOfAddress }],
        sortings: [.init(name: "heard") { SortValue($1.heard) }], exampleAgent: "node")
}
