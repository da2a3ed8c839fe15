import AgentModel
import ManagementCore
import MobileIPv4

/// haCounterTable and haRegCounterTable: what a home agent did for each node, by home address and by identity.
enum NodeCounterGroup {
    static var leaves: [MIBLeaf] {
        byAddress.columns(byAddressColumns) + [byAddress.column(deniedCode, from: deniedRows)]
            + byIdentity.columns(byIdentityColumns)
    }

    /// Seconds of service so far, that under way included.
    private static func serviceTime(_ row: MobileNodeService, _ view: MIBView) -> UInt64 {
        guard let since = row.servingSince, let now = view.state.agentTime else { return row.serviceTime }
        return row.serviceTime &+ UInt64(max(0, now.milliseconds(since: since) / 1000))
    }

    // MARK: - haCounterTable

    private static let byAddress = MIBTable(
        module: .mip, entry: [1, 6, 3, 2, 1], index: [MIBIndexObject("haMobilityBindingMN", .ipAddress)], status: .deprecated,
        rows: OrderedRows<IPv4Address, MobileNodeService, MobileNodeService> { $0.state.mobileNodes })

    private static let deniedRows = OrderedRows<IPv4Address, Void, MobileNodeService>(
        table: { $0.state.identities.deniedNodes }, resolve: { view, address, _ in view.state.mobileNodes[address] })

    private static let deniedCodes: [MIBSyntax.NamedNumber] = [
        .init("reasonUnspecified", 128), .init("admProhibited", 129), .init("insufficientResource", 130),
        .init("mnAuthenticationFailure", 131), .init("faAuthenticationFailure", 132), .init("idMismatch", 133),
        .init("poorlyFormedRequest", 134), .init("tooManyBindings", 135), .init("unknownHA", 136),
        .init("reverseTunnelUnavailable", 137), .init("reverseTunnelBitNotSet", 138), .init("encapsulationUnavailable", 139),
        .init("cvseFromMnUnsupported", 140), .init("cvseFromFaUnsupported", 141), .init("udpEncapsulationUnavailable", 142),
        .init("redirected", 143), .init("badAaaAuthentication", 144), .init("zeroCareOfAddress", 145),
        .init("dynamicGfaUnsupported", 146), .init("mobileNetworkError", 147), .init("mobileNetworkDisallowed", 148),
        .init("proxyMobileIpUnsupported", 149), .init("proxyMobileIpDisallowed", 150), .init("serviceAuthorizationFailed", 151),
        .init("multipathNotAllowed", 152), .init("invalidFlowBindingIdentifier", 153), .init("experimental", 192),
    ]

    private static let byAddressColumns: [MIBColumn<MobileNodeService>] = [
        MIBColumn(2, "haServiceRequestsAccepted", .counter32, "Requests of this node answered with 0 or 1.") { row, _ in
            .counter(low: row.accepted)
        },
        MIBColumn(3, "haServiceRequestsDenied", .counter32, "Requests of this node answered with 128 to 159.") { row, _ in
            .counter(low: row.denied)
        },
        MIBColumn(4, "haOverallServiceTime", .gauge32, "Seconds of service so far.") { row, view in
            .gauge(clamping: serviceTime(row, view))
        },
        MIBColumn(5, "haRecentServiceAcceptedTime", .timeStamp, "When a request was last accepted.") { row, view in
            view.timeStamp(row.recentAccepted)
        },
        MIBColumn(6, "haRecentServiceDeniedTime", .timeStamp, "When a request was last denied.") { row, view in
            view.timeStamp(row.recentDenied)
        },
    ]

    private static let deniedCode = MIBColumn<MobileNodeService>(
        7, "haRecentServiceDeniedCode", .enumeration(deniedCodes), "The code of the last denial; absent without one."
    ) { row, _ in
        row.recentDeniedCode.map { code in .integer(deniedCodes.contains { $0.number == Int(code) } ? Int32(code) : 128) }
    }

    // MARK: - haRegCounterTable

    static let identityIndex = [
        MIBIndexObject("haMobilityBindingMnIdType", .identifierType), MIBIndexObject("haMobilityBindingMnId", .identifier),
    ]

    /// One row an identity; where it was served under several home addresses they are added up.
    static let identityRows = OrderedRows<IdentityKey<IPv4Address>, Void, MobileNodeService>(
        table: { $0.state.identities.mobileNodes },
        resolve: { view, key, _ in
            guard var sum = view.state.mobileNodes[key.rest] else { return nil }
            guard case .address = key.identity else {
                for (other, _) in view.state.identities.mobileNodes.rows(after: key) {
                    guard other.identity == key.identity else { break }
                    if let row = view.state.mobileNodes[other.rest] { sum.add(row) }
                }
                return sum
            }
            return sum
        })

    private static let byIdentity = MIBTable(module: .mip, entry: [1, 6, 3, 28, 1], index: identityIndex, rows: identityRows)

    private static let byIdentityColumns: [MIBColumn<MobileNodeService>] = [
        MIBColumn(1, "haRegServiceRequestsAccepted", .counter32, "Requests of this node answered with 0 or 1.") { row, _ in
            .counter(low: row.accepted)
        },
        MIBColumn(2, "haRegServiceRequestsDenied", .counter32, "Requests of this node answered with 128 to 159.") { row, _ in
            .counter(low: row.denied)
        },
        MIBColumn(3, "haRegOverallServiceTime", .gauge32, "Seconds of service so far.") { row, view in
            .gauge(clamping: serviceTime(row, view))
        },
        MIBColumn(4, "haRegRecentServiceAcceptedTime", .timeStamp, "When a request was last accepted.") { row, view in
            view.timeStamp(row.recentAccepted)
        },
        MIBColumn(5, "haRegRecentServiceDeniedTime", .timeStamp, "When a request was last denied.") { row, view in
            view.timeStamp(row.recentDenied)
        },
        MIBColumn(6, "haRegRecentServiceDeniedCode", .integer32(0...255), "The code of the last denial; 0 without one.") {
            row, _ in
            .integer(Int32(row.recentDeniedCode ?? 0))
        },
    ]
}

extension MobileNodeService {
    /// Adds what was done for the same node under another home address.
    fileprivate mutating func add(_ other: MobileNodeService) {
        requestsReceived &+= other.requestsReceived
        accepted &+= other.accepted
        denied &+= other.denied
        serviceTime &+= other.serviceTime
        servingSince = [servingSince, other.servingSince].compactMap(\.self).min()
        recentAccepted = [recentAccepted, other.recentAccepted].compactMap(\.self).max()
        if let denied = other.recentDenied, recentDenied.map({ $0 < denied }) ?? true {
            (recentDenied, recentDeniedCode) = (denied, other.recentDeniedCode)
        }
    }
}
