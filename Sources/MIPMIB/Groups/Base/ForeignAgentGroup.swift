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
        module: .mip, entry: [1, 5, 1, 1, 1], index: [MIBIndexObject("faSupportedCOA", .ipAddress)],
        rows: FewRows<IPv4Address, IPv4Address> { $0.foreignAgentInformation?.careOfAddresses ?? [] })

    private static let careOfAddressColumns: [MIBColumn<IPv4Address>] = [
        MIBColumn(2, "faCOAStatus", .rowStatus, "active(1) for every care-of address on offer.", access: .readCreate) { _, _ in
            .integer(1)
        },
        MIBColumn(3, "faCOAStorageType", .storageType, "What becomes of the row at a restart.", access: .readCreate) {
            address, view in
            .storage(view.storage(ofCareOfAddress: address))
        },
    ]

    // MARK: - faAdvertConfTable. A foreign agent has one rule for all its interfaces.

    private static let interfaces = MIBTable(
        module: .mip, entry: [1, 5, 2, 3, 1], index: [AdvertisementGroup.interfaceIndex],
        rows: AdvertisementGroup.rows { $1.state.plays(.foreignAgent) && $0.flags.contains(.foreignAgent) })

    private static let interfaceColumns: [MIBColumn<AdvertisingInterface>] = [
        MIBColumn(1, "faAdvertIsBusy", .truthValue, "Whether no more visitors are taken on this interface.") { row, _ in
            .truth(row.flags.contains(.busy))
        },
        MIBColumn(
            2, "faAdvertRegRequired", .truthValue, "Whether nodes with a co-located care-of address must register here too.",
            access: .readWrite
        ) { _, view in view.foreignAgentInformation.map { .truth($0.registrationRequired) } },
        MIBColumn(
            3, "faAdvertChallengeWindow", .integer32(), "How many of the challenges advertised last are good.", access: .readWrite
        ) { _, view in view.foreignAgentInformation.map { .integer(Int32($0.challengeWindow)) } },
    ]

    // MARK: - faAdvertisement

    private static var advertisement: [MIBLeaf] {
        [
            .scalar(.mip, [1, 5, 2, 1], "faIsBusy", .truthValue, "Whether no more visitors are taken.", status: .deprecated) {
                $0.foreignAgentInformation.map { .truth($0.busy) }
            },
            .scalar(
                .mip, [1, 5, 2, 2], "faRegistrationRequired", .truthValue,
                "Whether nodes with a co-located care-of address must register here too.", access: .readWrite, status: .deprecated
            ) { $0.foreignAgentInformation.map { .truth($0.registrationRequired) } },
        ]
    }

    // MARK: - faRegistration

    private static var denials: [MIBLeaf] {
        ReplyCounts.leaves(of: .foreignAgent) { $0.foreignAgent?.repliesSentByCode } + [
            .scalar(.mip, [1, 5, 3, 12], "faHAUnreachable", .counter32, "Replies sent with codes 80 to 95.") {
                $0.foreignAgent.map { .counter(low: $0.repliesSentByCode.total(80...95)) }
            }
        ]
    }
}
