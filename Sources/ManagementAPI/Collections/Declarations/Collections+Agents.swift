import AgentControl
import AgentModel
import ManagementCore
import MobileIPv4

// Tables about agents and the connections between them.
extension Collections {
    static let agents = ResourceCollection<OnlyKey, AgentRow>(
        name: "agents", about: "The managed agents, with what each reports about itself and how current that is.",
        schema: "Agent", table: { state in table([AgentRow(state)]) { _ in OnlyKey() } }, pathParts: [],
        key: { _ in OnlyKey() }, version: { AgentRow.Version($0) },
        filters: [.choice("connection", "The state of the connection to the agent.") { $0.connection }])

    static let associations = ResourceCollection(
        AgentTables.associations, examples: ["10.0.1.7", "256"],
        version: { association in
            // Usage is not part of the configuration.
            var configured = association
            configured.use = nil
            return configured
        },
        filters: [
            .text("peer", "An address, a prefix or a network access identifier.") { $0.peer.description },
            .number("spi", 0...4_294_967_295, "Security parameter index.") { Int64($0.spi.rawValue) },
            .choice("peerRole", "The role of the peer: roles separated by commas.") { $0.peerRole },
            .choice("storage", "Whether the association survives a restart.") { $0.storage },
        ],
        sortings: [
            .init(name: "peer") { SortValue($1.peer.description) }, .init(name: "spi") { SortValue($1.spi.rawValue) },
            .init(name: "lastUsed") { SortValue($1.use?.lastUsed) },
            .init(name: "authenticationFailures") { SortValue($1.use?.authenticationFailures) },
        ])

    static let violations = ResourceCollection(
        AgentTables.violations, examples: ["10.0.3.1"],
        filters: [
            .text("violator", "An address or a network access identifier.") { $0.violator.description },
            .choice("recentReason", "The latest violation: reasons separated by commas.") { $0.recentReason },
            .search(
                "The beginning of an address or a part of a network access identifier.",
                addresses: { $0.violator.addresses }, names: { $0.violator.names }),
        ],
        sortings: [
            .init(name: "recentTime") { SortValue($1.recentTime) }, .init(name: "count") { SortValue($1.count) },
            .init(name: "violator") { SortValue($1.violator.description) },
        ])

    static let extensionUses = ResourceCollection(
        AgentTables.extensionUses, examples: ["homeAgent", "134", "9", "1"],
        filters: [
            .choice("role", "Roles, separated by commas.") { $0.role },
            .number("type", 0...255, "Extension type; 0 for experimental messages.") { Int64($0.type) },
            .number("vendor", 0...4_294_967_295, "Vendor; 0 for what is experimental.") { Int64($0.vendor) },
            .flag("isKnown", "Whether the agent's configuration says what to do with them.") { $0.isKnown },
            .search("The beginning of the address that the latest one came from.", addresses: { [$0.lastSource] }),
        ],
        sortings: [
            .init(name: "type") { SortValue($1.type) }, .init(name: "vendor") { SortValue($1.vendor) },
            .init(name: "seen") { SortValue($1.seen) }, .init(name: "refused") { SortValue($1.refused) },
            .init(name: "lastSeen") { SortValue($1.lastSeen) },
        ], exampleAgent: "foreign")

    static let tunnels = ResourceCollection(
        AgentTables.tunnels, examples: ["10.0.0.1", "192.0.2.1", "ipInIp"],
        filters: [
            .prefix("remoteAddress", "The address of the remote end, or a prefix of such addresses.") { $0.remoteAddress },
            .choice("encapsulation", "Encapsulations, separated by commas.") { $0.encapsulation },
            .search("The beginning of an address of either end.", addresses: { [$0.localAddress, $0.remoteAddress] }),
        ],
        sortings: [
            .init(name: "remoteAddress") { SortValue($1.remoteAddress) }, .init(name: "octetsSent") { SortValue($1.octetsSent) },
            .init(name: "octetsReceived") { SortValue($1.octetsReceived) },
        ], exampleAgent: "foreign")

    static let advertisements = ResourceCollection(
        AgentTables.advertisements, examples: ["10.0.0.1"],
        version: { interface in
            var configured = interface
            configured.sequence = nil
            configured.advertisementsSent = 0
            configured.advertisementsSentForSolicitation = 0
            configured.solicitationsReceived = 0
            configured.recent = nil
            return configured
        },
        filters: [.prefix("address", "The agent's address on the interface, or a prefix of such addresses.") { $0.address }],
        sortings: [
            .init(name: "name") { SortValue($1.name) }, .init(name: "advertisementsSent") { SortValue($1.advertisementsSent) },
        ], exampleAgent: "foreign")

    static let careOfAddresses = ResourceCollection<IPv4Address, CareOfAddressRow>(
        name: "care-of-addresses", about: "Care-of addresses that foreign agents offer.", schema: "CareOfAddress",
        table: { state in
            let added = Set(state.information?.addedCareOfAddresses ?? [])
            return table(
                (state.information?.careOfAddresses ?? []).map { CareOfAddressRow(address: $0, isAdded: added.contains($0)) }
            ) {
                $0.address
            }
        },
        pathParts: [.init(name: "address", example: "192.0.2.1")], key: { IPv4Address($0[0]) },
        filters: [.flag("isAdded", "Whether an operator added the address while the agent was running.") { $0.isAdded }])

    static let homeAgents = ResourceCollection<IPv4Address, NodeHomeAgentRow>(
        name: "home-agents", about: "Home agents that mobile nodes know.", schema: "NodeHomeAgent",
        table: { state in
            let added = Set(state.information?.addedHomeAgents ?? [])
            let known = state.mobileNodeStatus?.homeAgents ?? []
            return table(
                known.map { NodeHomeAgentRow(address: $0.address, isCurrent: $0.isCurrent, isAdded: added.contains($0.address)) }
            ) { $0.address }
        },
        pathParts: [.init(name: "address", example: "10.0.0.1")], key: { IPv4Address($0[0]) },
        filters: [.flag("isCurrent", "Whether the home agent is the one in use.") { $0.isCurrent }], exampleAgent: "node")
}

// What a search compares with.
extension PeerIdentity {
    fileprivate var addresses: [IPv4Address] { if case .address(let address) = self { [address] } else { [] } }
    fileprivate var names: [String] { if case .nai(let nai) = self { [nai.value] } else { [] } }
}

/// A row of `agents`: `StatusResource` without the agent's name, which every row has anyway.
struct AgentRow: Encodable, Sendable {
    let connection: AgentHealth.Connection
    let age: Double?
    let lastError: String?
    let connections: UInt64
    let restarts: UInt64
    let information: AgentInformation?
    let counts: TableCounts
    let historyLimit: Int
    let unknown: UnknownVocabulary?
    let faults: RowFaults?

    init(_ state: AgentState) {
        let status = StatusResource(state)
        connection = status.connection
        age = status.age
        lastError = status.lastError
        connections = status.connections
        restarts = status.restarts
        information = status.information
        counts = status.counts
        historyLimit = state.history.limit
        unknown = status.unknown
        faults = status.faults
    }

    /// The part that only an operator or a restart changes.
    struct Version: Encodable {
        let information: AgentInformation?
        let historyLimit: Int

        init(_ row: AgentRow) {
            var information = row.information
            let order = information?.drain?.withoutProgress
            information?.drain = order
            (self.information, historyLimit) = (information, row.historyLimit)
        }
    }
}

/// A row of `care-of-addresses`.
struct CareOfAddressRow: Encodable, Sendable {
    let address: IPv4Address
    let isAdded: Bool
}

/// A row of `home-agents`.
struct NodeHomeAgentRow: Encodable, Sendable {
    let address: IPv4Address
    let isCurrent: Bool
    let isAdded: Bool
}
