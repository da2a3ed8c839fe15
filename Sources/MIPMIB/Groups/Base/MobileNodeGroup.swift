import AgentModel
import ManagementCore
import MobileIPv4

/// mnSystem, 1.3.1.
enum MobileNodeGroup {
    static var leaves: [MIBLeaf] {
        homeAgents.columns(homeAgentColumns) + [
            .scalar(.mnState, "state", "Where the mobile node considers itself to be.") { $0.mobileNodeStatus?.state.mibValue },
            .scalar(.mnHomeAddress, "homeAddress", "The home address; 0.0.0.0 until one is assigned.") {
                $0.mobileNodeStatus.map { .ipAddress($0.homeAddress) }
            },
            .scalar(.mnIdentifierType, nil, "What kind of identity mnIdentifier is.") {
                $0.mobileNodeStatus.map { .integer(identity($0).type) }
            },
            .scalar(.mnIdentifier, nil, "The node: its network access identifier, or otherwise its home address.") {
                $0.mobileNodeStatus.map { .octets(identity($0).octets) }
            },
        ]
    }

    private static func identity(_ status: MobileNodeStatus) -> EntityIdentity {
        EntityIdentity(nai: status.nai, address: status.homeAddress)
    }

    // MARK: - mnHATable

    private static let homeAgents = MIBTable(
        .mnHAEntry,
        rows: FewRows<IPv4Address, KnownHomeAgent>(
            keys: { $0.mobileNodeStatus?.homeAgents.map(\.address) ?? [] },
            resolve: { view, address in view.mobileNodeStatus?.homeAgents.first { $0.address == address } }))

    private static let homeAgentColumns: [MIBColumn<KnownHomeAgent>] = [
        MIBColumn(.mnCurrentHA, nil, "Whether the node is registered, or about to register, with this home agent.") { row, _ in
            .truth(row.isCurrent)
        },
        MIBColumn(.mnHAStatus, nil, "The status of the row.") { _, _ in .integer(1) },
    ]
}
