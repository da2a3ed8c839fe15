import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtForeignAgent, 1.5 of MIPV4-EXT-MIB: more of visitors, and what a foreign agent counts.
enum VisitGroup {
    static var leaves: [MIBLeaf] {
        visitors.columns(visitorColumns + trafficColumns) + pending.columns(pendingColumns)
    }

    // MARK: - mipExtVisitorTable

    private static let visitors = MIBTable(
        module: .ext, entry: [1, 5, 1, 1], index: VisitorGroup.identityIndex, rows: VisitorGroup.identityRows)

    private static let visitorColumns: [MIBColumn<Visitor>] = [
        MIBColumn(1, "mipExtVisitorCreated", .dateAndTime, "When the first request was relayed.") { row, _ in
            .dateAndTime(row.created)
        },
        MIBColumn(2, "mipExtVisitorState", .enumeration("pending", "accepted"), "Whether the home agent has accepted.") {
            row, _ in
            row.state.mibValue
        },
        MIBColumn(3, "mipExtVisitorLifetimeRequested", .unsigned32(0...65535), "Seconds asked for last.") { row, _ in
            .unsigned(UInt32(row.lifetimeRequested))
        },
        MIBColumn(4, "mipExtVisitorSourceAddress", .ipAddress, "Source address of the latest request.") { row, _ in
            .ipAddress(row.sourceAddress)
        },
        MIBColumn(5, "mipExtVisitorSourcePort", .unsigned32(0...65535), "UDP port of the latest request.") { row, _ in
            .unsigned(UInt32(row.sourcePort))
        },
        MIBColumn(6, "mipExtVisitorCareOfAddress", .ipAddress, "The care-of address in use.") { row, _ in
            .ipAddress(row.careOfAddress)
        },
        MIBColumn(7, "mipExtVisitorReverseTunnel", .reverseTunnel, "The reverse tunnel asked for or granted.") { row, _ in
            row.reverseTunnel.mibValue
        },
    ]

    private static let trafficColumns: [MIBColumn<Visitor>] = [
        traffic(8, "mipExtVisitorPacketsToNode", "Datagrams sent to the visitor out of tunnels.") { $0.packetsToNode },
        traffic(9, "mipExtVisitorOctetsToNode", "Octets sent to the visitor out of tunnels.") { $0.octetsToNode },
        traffic(10, "mipExtVisitorPacketsFromNode", "Datagrams received for the reverse tunnel.") { $0.packetsFromNode },
        traffic(11, "mipExtVisitorOctetsFromNode", "Octets received for the reverse tunnel.") { $0.octetsFromNode },
        MIBColumn(12, "mipExtVisitorDiscontinuity", .timeStamp, "When the row's traffic counters began at zero.") { row, view in
            view.timeStamp(row.created)
        },
    ]

    private static func traffic(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBColumn<Visitor> {
        MIBColumn(number, name, .counter64, summary) { row, view in
            .counter64(view.traffic(.foreignAgent, row.homeAddress).map(value) ?? 0)
        }
    }

    // MARK: - mipExtPendingTable

    private static let pending = MIBTable(
        module: .ext, entry: [1, 5, 2, 1],
        index: [MIBIndexObject("mipExtPendingIdType", .identifierType), MIBIndexObject("mipExtPendingId", .identifier)],
        rows: OrderedRows<IdentityKey<IPv4Address>, PendingRegistration, PendingRegistration> { $0.state.pendingRegistrations })

    private static let pendingColumns: [MIBColumn<PendingRegistration>] = [
        MIBColumn(3, "mipExtPendingHomeAddress", .ipAddress, "The home address in the request.") { row, _ in
            .ipAddress(row.homeAddress)
        },
        MIBColumn(4, "mipExtPendingHomeAgent", .ipAddress, "Where the request was relayed to.") { row, _ in
            .ipAddress(row.homeAgent)
        },
        MIBColumn(5, "mipExtPendingKind", .requestKind, "What the request asks for.") { row, _ in row.kind.mibValue },
        MIBColumn(6, "mipExtPendingSent", .dateAndTime, "When it was relayed first.") { row, _ in .dateAndTime(row.sent) },
        MIBColumn(7, "mipExtPendingRetransmissions", .gauge32, "How often it was repeated.") { row, _ in
            .gauge(row.retransmissions)
        },
        MIBColumn(8, "mipExtPendingTimeRemaining", .gauge32, "Milliseconds until the foreign agent gives up.") { row, view in
            .gauge(clamping: view.state.agentTime.map { max(0, row.expires.milliseconds(since: $0)) } ?? 0)
        },
    ]
}
