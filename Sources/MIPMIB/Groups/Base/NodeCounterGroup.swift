import AgentModel
import ManagementCore
import MobileIPv4

/// haCounterTable and haRegCounterTable: what a home agent did for each node, by home address and by identity.
enum NodeCounterGroup {
    static var leaves: [MIBLeaf] {
        byAddress.columns(byAddressColumns) + [byAddress.column(deniedCode, from: deniedRows)]
            + byIdentity.columns(byIdentityColumns)
    }

    /// Seconds of service so far, including the current service.
    private static func serviceTime(_ row: MobileNodeService, _ view: MIBView) -> UInt64 {
        guard let since = row.servingSince, let now = view.state.agentTime else { return row.serviceTime }
        return row.serviceTime &+ UInt64(max(0, now.milliseconds(since: since) / 1000))
    }

    // MARK: - haCounterTable

    private static let byAddress = MIBTable(
        .haCounterEntry, key: ["homeAddress"],
        rows: OrderedRows<IPv4Address, MobileNodeService, MobileNodeService> { $0.state.mobileNodes })

    private static let deniedRows = OrderedRows<IPv4Address, Void, MobileNodeService>(
        table: { $0.state.identities.deniedNodes }, resolve: { view, address, _ in view.state.mobileNodes[address] })

    /// The codes that haRecentServiceDeniedCode has labels for.
    private static let deniedCodes = MIBNode.haRecentServiceDeniedCode.text.syntax?.names.map(\.number) ?? []

    private static let byAddressColumns: [MIBColumn<MobileNodeService>] = [
        MIBColumn(.haServiceRequestsAccepted, "accepted", "Requests of this node answered with code 0 or 1.") { row, _ in
            .counter(low: row.accepted)
        },
        MIBColumn(.haServiceRequestsDenied, "denied", "Requests of this node answered with codes 128 to 159.") { row, _ in
            .counter(low: row.denied)
        },
        MIBColumn(.haOverallServiceTime, "serviceTime", "Seconds of service so far.") { row, view in
            .gauge(clamping: serviceTime(row, view))
        },
        MIBColumn(.haRecentServiceAcceptedTime, "recentAccepted", "When a request was last accepted.") { row, view in
            view.timeStamp(row.recentAccepted)
        },
        MIBColumn(.haRecentServiceDeniedTime, "recentDenied", "When a request was last denied.") { row, view in
            view.timeStamp(row.recentDenied)
        },
    ]

    private static let deniedCode = MIBColumn<MobileNodeService>(
        .haRecentServiceDeniedCode, .nonZero("recentDeniedCode"), "The code of the last denial; absent if there was none."
    ) { row, _ in
        row.recentDeniedCode.map { code in .integer(deniedCodes.contains(Int(code)) ? Int32(code) : 128) }
    }

    // MARK: - haRegCounterTable

    /// One row for each identity. If it was served under several home addresses, the row shows their totals.
    static let identityRows = SharedRows<IdentityKey<IPv4Address>, Void, MobileNodeTotal>(
        table: { $0.state.identities.mobileNodes },
        resolve: { view, key, _ in
            view.state.identities.total(of: key.identity) ?? view.state.mobileNodes[key.rest].map(MobileNodeTotal.init)
        })

    private static let byIdentity = MIBTable(.haRegCounterEntry, rows: identityRows)

    private static let byIdentityColumns: [MIBColumn<MobileNodeTotal>] = [
        MIBColumn(.haRegServiceRequestsAccepted, "accepted", "Requests of this node answered with code 0 or 1.") { row, _ in
            .counter(low: row.accepted)
        },
        MIBColumn(.haRegServiceRequestsDenied, "denied", "Requests of this node answered with codes 128 to 159.") { row, _ in
            .counter(low: row.denied)
        },
        MIBColumn(.haRegOverallServiceTime, "serviceTime", "Seconds of service so far.") { row, view in
            .gauge(clamping: row.serviceTime(at: view.state.agentTime))
        },
        MIBColumn(.haRegRecentServiceAcceptedTime, "recentAccepted", "When a request was last accepted.") { row, view in
            view.timeStamp(row.recentAccepted)
        },
        MIBColumn(.haRegRecentServiceDeniedTime, "recentDenied", "When a request was last denied.") { row, view in
            view.timeStamp(row.recentDenied)
        },
        MIBColumn(
            .haRegRecentServiceDeniedCode, .nonZero("recentDeniedCode"), "The code of the last denial; 0 if there was none."
        ) {
            row, _ in
            .integer(Int32(row.recentDeniedCode ?? 0))
        },
    ]
}
