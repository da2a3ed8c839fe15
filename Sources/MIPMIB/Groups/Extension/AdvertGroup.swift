import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtAdvertising, 1.9 of MIPV4-EXT-MIB: advertisements by interface and address.
enum AdvertGroup {
    static var leaves: [MIBLeaf] { adverts.columns(columns) }

    private static let adverts = MIBTable(
        .mipExtAdvertEntry, key: ["interfaceIndex", "address"],
        rows: FewRows<AdvertKey, AdvertisingInterface>(
            keys: { view in
                view.state.advertisements.compactMap { $0.row.hasInterfaceIndex ? AdvertKey(InterfaceKey($0.row)) : nil }
            },
            resolve: { view, key in view.state.advertisements[key.interface.address] }))

    private static let columns: [MIBColumn<AdvertisingInterface>] = [
        MIBColumn(.mipExtAdvertInterfaceName, "name", "The interface's name.") { row, _ in .text(row.name) },
        MIBColumn(.mipExtAdvertPrefixLength, "prefixLength", "The prefix length of the network on the interface.") { row, _ in
            .unsigned(UInt32(min(row.prefixLength, 32)))
        },
        MIBColumn(.mipExtAdvertFlags, "flags", "Flags of the latest advertisement.") { row, _ in
            .octets(row.flags.mibOctets)
        },
        MIBColumn(.mipExtAdvertSequence, "sequence", "Sequence number of the latest advertisement.") { row, _ in
            row.sequence.map { .unsigned(UInt32($0)) }
        },
        MIBColumn(.mipExtAdvertLastSent, "recent", "When the latest advertisement was sent.") { row, _ in
            .dateAndTime(row.recent)
        },
        MIBColumn(.mipExtAdvertSent, "advertisementsSent", "Advertisements sent.") { row, _ in .counter64(row.advertisementsSent)
        },
        MIBColumn(
            .mipExtAdvertSentForSolicitation, "advertisementsSentForSolicitation",
            "Advertisements sent in answer to a solicitation."
        ) {
            row, _ in
            .counter64(row.advertisementsSentForSolicitation)
        },
        MIBColumn(.mipExtAdvertSolicitations, "solicitationsReceived", "Solicitations received.") { row, _ in
            .counter64(row.solicitationsReceived)
        },
        MIBColumn(.mipExtAdvertChallengeLength, "challengeLength", "Length of the challenge in octets; 0 if there is none.") {
            row, _ in
            .unsigned(UInt32(clamping: row.challengeLength))
        },
        MIBColumn(
            .mipExtAdvertRoutesCommonTraffic, "routesCommonTraffic",
            "Whether the agent also routes traffic of nodes that are not mobile."
        ) { row, _ in .truth(row.routesCommonTraffic) },
    ]
}

/// An interface and an address on it.
private struct AdvertKey: MIBIndexed, Comparable, Sendable {
    let interface: InterfaceKey

    init(_ interface: InterfaceKey) { self.interface = interface }

    func appendIndex(to listener: inout some IndexListener) {
        interface.appendIndex(to: &listener)
        listener.append(interface.address)
    }

    static func < (a: Self, b: Self) -> Bool { a.interface < b.interface }
}
