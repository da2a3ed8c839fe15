import AgentModel
import ManagementCore
import MobileIPv4

/// maAdvertisement, 1.4.2.
enum AdvertisementGroup {
    static var leaves: [MIBLeaf] { byAddress.columns(byAddressColumns) + counters }

    // MARK: - maAdvConfigTable

    private static let byAddress = MIBTable(
        module: .mip, entry: [1, 4, 2, 1, 1], index: [MIBIndexObject("maInterfaceAddress", .ipAddress)], status: .deprecated,
        rows: OrderedRows<IPv4Address, AdvertisingInterface, AdvertisingInterface> { $0.state.advertisements })

    private static let byAddressColumns: [MIBColumn<AdvertisingInterface>] = [
        MIBColumn(
            2, "maAdvMaxRegLifetime", .integer32(0...65535), "Longest registration advertised, in seconds.", access: .readCreate
        ) {
            row, _ in .integer(Int32(row.maximumRegistrationLifetime))
        },
        MIBColumn(3, "maAdvPrefixLengthInclusion", .truthValue, "Whether prefix lengths are advertised.", access: .readCreate) {
            row, _ in
            .truth(row.includesPrefixLength)
        },
        MIBColumn(4, "maAdvAddress", .ipAddress, "Where advertisements are sent to.", access: .readCreate) { row, _ in
            .ipAddress(row.destination)
        },
        MIBColumn(
            5, "maAdvMaxInterval", .integer32(4...1800), "Longest time between advertisements, in seconds.", access: .readCreate
        ) {
            row, _ in .integer(Int32(clamping: row.maximumInterval))
        },
        MIBColumn(
            6, "maAdvMinInterval", .integer32(3...1800), "Shortest time between advertisements, in seconds.", access: .readCreate
        ) {
            row, _ in .integer(Int32(clamping: row.minimumInterval))
        },
        MIBColumn(
            7, "maAdvMaxAdvLifetime", .integer32(4...9000), "How long an advertisement is good, in seconds.", access: .readCreate
        ) {
            row, _ in .integer(Int32(row.advertisementLifetime))
        },
        MIBColumn(
            8, "maAdvResponseSolicitationOnly", .truthValue, "Whether it advertises only when solicited.", access: .readCreate
        ) { row, _ in .truth(row.onlyOnSolicitation) },
        MIBColumn(9, "maAdvStatus", .rowStatus, "The life of the row.", access: .readCreate) { _, _ in .integer(1) },
    ]

    // MARK: - Counters

    private static func counter(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (AdvertisingInterface) -> UInt64
    ) -> MIBLeaf {
        .scalar(.mip, [1, 4, 2, number], name, .counter32, summary) { view in
            guard view.isMobilityAgent else { return nil }
            return .counter(low: view.state.advertisements.reduce(0) { $0 &+ value($1.row) })
        }
    }

    private static var counters: [MIBLeaf] {
        [
            counter(2, "maAdvertisementsSent", "Advertisements sent on all interfaces.") { $0.advertisementsSent },
            counter(3, "maAdvsSentForSolicitation", "Advertisements sent in answer to a solicitation.") {
                $0.advertisementsSentForSolicitation
            },
            counter(4, "maSolicitationsReceived", "Solicitations received on all interfaces.") { $0.solicitationsReceived },
        ]
    }
}
