import AgentModel
import ManagementCore
import MobileIPv4

/// maAdvertisement, 1.4.2.
enum AdvertisementGroup {
    static var leaves: [MIBLeaf] { byAddress.columns(byAddressColumns) + byInterface.columns(byInterfaceColumns) + counters }

    // MARK: - maAdvConfigTable

    private static let byAddress = MIBTable(
        .maAdvConfigEntry, key: ["address"],
        rows: OrderedRows<IPv4Address, AdvertisingInterface, AdvertisingInterface> { $0.state.advertisements })

    private static let byAddressColumns: [MIBColumn<AdvertisingInterface>] = [
        MIBColumn(.maAdvMaxRegLifetime, "maximumRegistrationLifetime", "Longest registration advertised, in seconds.") {
            row, _ in .integer(Int32(row.maximumRegistrationLifetime))
        },
        MIBColumn(.maAdvPrefixLengthInclusion, "includesPrefixLength", "Whether prefix lengths are advertised.") {
            row, _ in
            .truth(row.includesPrefixLength)
        },
        MIBColumn(.maAdvAddress, "destination", "The address to which advertisements are sent.") { row, _ in
            .ipAddress(row.destination)
        },
        MIBColumn(.maAdvMaxInterval, "maximumInterval", "Longest time between advertisements, in seconds.") {
            row, _ in .integer(Int32(clamping: row.maximumInterval))
        },
        MIBColumn(.maAdvMinInterval, "minimumInterval", "Shortest time between advertisements, in seconds.") {
            row, _ in .integer(Int32(clamping: row.minimumInterval))
        },
        MIBColumn(.maAdvMaxAdvLifetime, "advertisementLifetime", "How long an advertisement is valid, in seconds.") {
            row, _ in .integer(Int32(row.advertisementLifetime))
        },
        MIBColumn(.maAdvResponseSolicitationOnly, "onlyOnSolicitation", "Whether the agent advertises only when solicited.") {
            row, _ in
            .truth(row.onlyOnSolicitation)
        },
        MIBColumn(.maAdvStatus, nil, "The status of the row.") { _, _ in .integer(1) },
    ]

    // MARK: - maAdvertConfTable

    /// If an interface has several addresses, the lowest represents it.
    static func rows(_ isWanted: @escaping @Sendable (AdvertisingInterface, MIBView) -> Bool) -> FewRows<
        InterfaceKey, AdvertisingInterface
    > {
        FewRows(
            keys: { view in
                view.state.advertisements.compactMap {
                    $0.row.hasInterfaceIndex && isWanted($0.row, view) ? InterfaceKey($0.row) : nil
                }
            },
            resolve: { view, key in view.state.advertisements[key.address] })
    }

    private static let byInterface = MIBTable(
        .maAdvertConfEntry, key: ["interfaceIndex"], rows: rows { _, _ in true })

    private static let byInterfaceColumns: [MIBColumn<AdvertisingInterface>] = [
        MIBColumn(.maAdvertMaxRegLifetime, "maximumRegistrationLifetime", "Longest registration advertised, in seconds.") {
            row, _ in .integer(Int32(max(1, row.maximumRegistrationLifetime)))
        },
        MIBColumn(.maAdvertPrefixLengthInclusion, "includesPrefixLength", "Whether prefix lengths are advertised.") {
            row, _ in .truth(row.includesPrefixLength)
        },
        MIBColumn(.maAdvertAddress, "destination", "The address to which advertisements are sent.") { row, _ in
            .ipAddress(row.destination)
        },
        MIBColumn(.maAdvertMaxInterval, "maximumInterval", "Longest time between advertisements, in seconds.") {
            row, _ in .integer(Int32(clamping: row.maximumInterval))
        },
        MIBColumn(.maAdvertMinInterval, "minimumInterval", "Shortest time between advertisements, in seconds.") {
            row, _ in .integer(Int32(clamping: row.minimumInterval))
        },
        MIBColumn(.maAdvertMaxAdvLifetime, "advertisementLifetime", "How long an advertisement is valid, in seconds.") {
            row, _ in .integer(Int32(row.advertisementLifetime))
        },
        MIBColumn(.maAdvertResponseSolicitationOnly, "onlyOnSolicitation", "Whether the agent advertises only when solicited.") {
            row, _ in .truth(row.onlyOnSolicitation)
        },
        MIBColumn(.maAdvertService, nil, "The services offered.") {
            row, _ in
            .octets([(row.flags.contains(.foreignAgent) ? 0x80 : 0) | (row.flags.contains(.homeAgent) ? 0x40 : 0)])
        },
        MIBColumn(.maAdvertNetworkNAI, "nai", "The network access identifier in advertisements; empty if there is none.") {
            row, _ in .nai(row.nai)
        },
        MIBColumn(.maAdvertStatus, nil, "The status of the row.") { _, _ in .integer(1) },
        MIBColumn(.maAdvertStorageType, "storage", "What happens to the row at a restart.") {
            row, _ in
            .storage(row.storage)
        },
    ]

    // MARK: - Counters

    private static func counter(
        _ node: MIBNode, _ summary: String, _ value: @escaping @Sendable (AdvertisingInterface) -> UInt64
    ) -> MIBLeaf {
        .scalar(node, nil, summary) { view in
            guard view.isMobilityAgent else { return nil }
            return .counter(low: view.state.advertisements.reduce(0) { $0 &+ value($1.row) })
        }
    }

    private static var counters: [MIBLeaf] {
        [
            counter(.maAdvertisementsSent, "Advertisements sent on all interfaces.") { $0.advertisementsSent },
            counter(.maAdvsSentForSolicitation, "Advertisements sent in answer to a solicitation.") {
                $0.advertisementsSentForSolicitation
            },
            counter(.maSolicitationsReceived, "Solicitations received on all interfaces.") { $0.solicitationsReceived },
        ]
    }
}

extension AdvertisingInterface {
    /// Whether its number is an InterfaceIndex (RFC 2863), without which it has no row in a table by interface.
    var hasInterfaceIndex: Bool { (1...UInt32(Int32.max)).contains(interfaceIndex) }
}

/// An interface with one of its addresses, ordered by interface.
struct InterfaceKey: MIBIndexed, Comparable, Sendable {
    let number: UInt32
    let address: IPv4Address

    init(_ interface: AdvertisingInterface) {
        number = interface.interfaceIndex
        address = interface.address
    }

    func appendIndex(to listener: inout some IndexListener) { listener.append(number) }

    static func < (a: Self, b: Self) -> Bool { (a.number, a.address) < (b.number, b.address) }
}
