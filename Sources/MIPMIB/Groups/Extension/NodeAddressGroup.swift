import AgentModel
import ManagementCore
import MobileIPv4

/// The part of mipExtRegistration, 1.3 of MIPV4-EXT-MIB, about mobile nodes by identity and home address: what haRegCounterTable and
/// mipExtNodeTable show in total.
enum NodeAddressGroup {
    static var leaves: [MIBLeaf] { addresses.columns(columns) }

    private static let addresses = MIBTable(
        .mipExtNodeAddressEntry, key: [nil, nil, "homeAddress"],
        rows: OrderedRows<IdentityKey<IPv4Address>, Void, MobileNodeService>(
            table: { $0.state.identities.mobileNodes }, resolve: { view, key, _ in view.state.mobileNodes[key.rest] }))

    private static let columns: [MIBColumn<MobileNodeService>] = [
        MIBColumn(.mipExtNodeAddressNAI, "nai", "The full network access identifier, or empty.") { row, _ in .nai(row.nai) },
        MIBColumn(.mipExtNodeAddressReceived, "requestsReceived", "Requests for this home address.") { row, _ in
            .counter64(row.requestsReceived)
        },
        MIBColumn(.mipExtNodeAddressAccepted, "accepted", "Requests answered with code 0 or 1.") { row, _ in
            .counter64(row.accepted)
        },
        MIBColumn(.mipExtNodeAddressDenied, "denied", "Requests answered with codes 128 to 159.") { row, _ in
            .counter64(row.denied)
        },
        MIBColumn(.mipExtNodeAddressServiceTime, "serviceTime", "Seconds of service that has ended.") { row, _ in
            .gauge(clamping: row.serviceTime)
        },
        MIBColumn(
            .mipExtNodeAddressServingSince, "servingSince", "The time since which the address has continuously had a binding."
        ) { row, _ in .dateAndTime(row.servingSince) },
        MIBColumn(.mipExtNodeAddressAcceptedTime, "recentAccepted", "When a request was last accepted.") { row, _ in
            .dateAndTime(row.recentAccepted)
        },
        MIBColumn(.mipExtNodeAddressDeniedTime, "recentDenied", "When a request was last denied.") { row, _ in
            .dateAndTime(row.recentDenied)
        },
        MIBColumn(
            .mipExtNodeAddressDeniedCode, .nonZero("recentDeniedCode"), "The code of the last denial; 0 if there was none."
        ) { row, _ in .unsigned(UInt32(row.recentDeniedCode ?? 0)) },
    ]
}
