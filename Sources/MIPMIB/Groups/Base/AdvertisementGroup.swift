import AgentModel
import ManagementCore
import MobileIPv4

/// maAdvertisement, 1.4.2.
enum AdvertisementGroup {
    static var leaves: [MIBLeaf] { byAddress.columns(byAddressColumns) + byInterface.columns(byInterfaceColumns) + counters }

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

    // MARK: - maAdvertConfTable

    static let interfaceIndex = MIBIndexObject("maAdvertIfIndex", .integer32(1...0x7FFF_FFFF))

    /// Of several addresses on one interface the lowest stands for it.
    static func rows(_ isWanted: @escaping @Sendable (AdvertisingInterface, MIBView) -> Bool) -> FewRows<
        InterfaceKey, AdvertisingInterface
    > {
        FewRows(
            keys: { view in
                view.state.advertisements.compactMap {
                    $0.row.interfaceIndex > 0 && isWanted($0.row, view) ? InterfaceKey($0.row) : nil
                }
            },
            resolve: { view, key in view.state.advertisements[key.address] })
    }

    private static let byInterface = MIBTable(
        module: .mip, entry: [1, 4, 2, 5, 1], index: [interfaceIndex], rows: rows { _, _ in true })

    private static let byInterfaceColumns: [MIBColumn<AdvertisingInterface>] = [
        MIBColumn(
            2, "maAdvertMaxRegLifetime", .integer32(1...65535), "Longest registration advertised, in seconds.",
            access: .readCreate
        ) {
            row, _ in .integer(Int32(max(1, row.maximumRegistrationLifetime)))
        },
        MIBColumn(3, "maAdvertPrefixLengthInclusion", .truthValue, "Whether prefix lengths are advertised.", access: .readCreate)
        {
            row, _ in .truth(row.includesPrefixLength)
        },
        MIBColumn(4, "maAdvertAddress", .ipAddress, "Where advertisements are sent to.", access: .readCreate) { row, _ in
            .ipAddress(row.destination)
        },
        MIBColumn(
            5, "maAdvertMaxInterval", .integer32(4...1800), "Longest time between advertisements, in seconds.",
            access: .readCreate
        ) {
            row, _ in .integer(Int32(clamping: row.maximumInterval))
        },
        MIBColumn(
            6, "maAdvertMinInterval", .integer32(3...1800), "Shortest time between advertisements, in seconds.",
            access: .readCreate
        ) {
            row, _ in .integer(Int32(clamping: row.minimumInterval))
        },
        MIBColumn(
            7, "maAdvertMaxAdvLifetime", .integer32(4...9000), "How long an advertisement is good, in seconds.",
            access: .readCreate
        ) {
            row, _ in .integer(Int32(row.advertisementLifetime))
        },
        MIBColumn(
            8, "maAdvertResponseSolicitationOnly", .truthValue, "Whether it advertises only when solicited.", access: .readCreate
        ) { row, _ in .truth(row.onlyOnSolicitation) },
        MIBColumn(9, "maAdvertService", .bits("foreignAgent", "homeAgent"), "The services offered.", access: .readCreate) {
            row, _ in
            .octets([(row.flags.contains(.foreignAgent) ? 0x80 : 0) | (row.flags.contains(.homeAgent) ? 0x40 : 0)])
        },
        MIBColumn(
            10, "maAdvertNetworkNAI", .identifierNAI, "The network's identifier in advertisements; empty for none.",
            access: .readCreate
        ) {
            row, _ in .nai(row.nai)
        },
        MIBColumn(11, "maAdvertStatus", .rowStatus, "The life of the row.", access: .readCreate) { _, _ in .integer(1) },
        MIBColumn(12, "maAdvertStorageType", .storageType, "What becomes of the row at a restart.", access: .readCreate) {
            row, _ in
            .storage(row.storage)
        },
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

/// An interface with one of its addresses, in the order of the interfaces.
struct InterfaceKey: MIBIndexed, Comparable, Sendable {
    let number: UInt32
    let address: IPv4Address

    init(_ interface: AdvertisingInterface) {
        number = interface.interfaceIndex
        address = interface.address
    }

    func tellIndex(to listener: inout some IndexListener) { listener.append(number) }

    static func < (a: Self, b: Self) -> Bool { (a.number, a.address) < (b.number, b.address) }
}
