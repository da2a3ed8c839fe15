import AgentModel
import ManagementCore
import MobileIPv4

/// faSystem, faAdvertisement and the counters of faRegistration: 1.5.
enum ForeignAgentGroup {
    static var leaves: [MIBLeaf] {
        careOfAddresses.columns(careOfAddressColumns) + interfaces.columns(interfaceColumns) + advertisement + denials
    }

    // MARK: - faCOATable

    private static let careOfAddresses = MIBTable(
        .faCOAEntry,
        rows: FewRows<IPv4Address, IPv4Address> { $0.foreignAgentInformation?.careOfAddresses ?? [] })

    private static let careOfAddressColumns: [MIBColumn<IPv4Address>] = [
        MIBColumn(.faCOAStatus, nil, "active(1) for every care-of address that is offered.") { _, _ in
            .integer(1)
        },
        MIBColumn(.faCOAStorageType, nil, "What happens to the row at a restart.") {
            address, view in
            .storage(view.storage(ofCareOfAddress: address))
        },
    ]

    // MARK: - faAdvertConfTable. A foreign agent has the same settings for all its interfaces.

    private static let interfaces = MIBTable(
        .faAdvertConfEntry,
        rows: AdvertisementGroup.rows { $1.state.plays(.foreignAgent) && $0.flags.contains(.foreignAgent) })

    private static let interfaceColumns: [MIBColumn<AdvertisingInterface>] = [
        MIBColumn(.faAdvertIsBusy, nil, "Whether the agent accepts no more visitors on this interface.") { row, _ in
            .truth(row.flags.contains(.busy))
        },
        MIBColumn(.faAdvertRegRequired, nil, "Whether nodes with a co-located care-of address must also register here.") {
            _, view in view.foreignAgentInformation.map { .truth($0.registrationRequired) }
        },
        MIBColumn(.faAdvertChallengeWindow, nil, "How many of the latest advertised challenges are valid.") { _, view in
            view.foreignAgentInformation.map { .integer(Int32($0.challengeWindow)) }
        },
    ]

    // MARK: - faAdvertisement

    private static var advertisement: [MIBLeaf] {
        [
            .scalar(.faIsBusy, "information.busy", "Whether the agent accepts no more visitors.") {
                $0.foreignAgentInformation.map { .truth($0.busy) }
            },
            .scalar(
                .faRegistrationRequired, "information.registrationRequired",
                "Whether nodes with a co-located care-of address must also register here."
            ) { $0.foreignAgentInformation.map { .truth($0.registrationRequired) } },
        ]
    }

    // MARK: - faRegistration

    private static var denials: [MIBLeaf] {
        ReplyCounts.leaves(of: .foreignAgent) { $0.foreignAgent?.repliesSentByCode } + [
            .scalar(.faHAUnreachable, nil, "Replies sent with codes 80 to 95.") {
                $0.foreignAgent.map { .counter(low: $0.repliesSentByCode.total(80...95)) }
            }
        ]
    }
}
