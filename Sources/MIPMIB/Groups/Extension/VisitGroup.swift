import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtForeignAgent, 1.5 of MIPV4-EXT-MIB: further information about visitors, and pending registrations.
enum VisitGroup {
    static var leaves: [MIBLeaf] {
        visitors.columns(visitorColumns + trafficColumns) + pending.columns(pendingColumns)
    }

    // MARK: - mipExtVisitorTable

    private static let visitors = MIBTable(.mipExtVisitorEntry, rows: VisitorGroup.identityRows)

    private static let visitorColumns: [MIBColumn<Visitor>] = [
        MIBColumn(.mipExtVisitorCreated, "created", "When the first request was relayed.") { row, _ in
            .dateAndTime(row.created)
        },
        MIBColumn(.mipExtVisitorState, "state", "Whether the home agent has accepted the visitor.") {
            row, _ in
            row.state.mibValue
        },
        MIBColumn(.mipExtVisitorLifetimeRequested, "lifetimeRequested", "Lifetime last requested, in seconds.") { row, _ in
            .unsigned(UInt32(row.lifetimeRequested))
        },
        MIBColumn(.mipExtVisitorSourceAddress, "sourceAddress", "Source address of the latest request.") { row, _ in
            .ipAddress(row.sourceAddress)
        },
        MIBColumn(.mipExtVisitorSourcePort, "sourcePort", "UDP port of the latest request.") { row, _ in
            .unsigned(UInt32(row.sourcePort))
        },
        MIBColumn(.mipExtVisitorCareOfAddress, "careOfAddress", "The care-of address in use.") { row, _ in
            .ipAddress(row.careOfAddress)
        },
        MIBColumn(.mipExtVisitorReverseTunnel, "reverseTunnel", "The reverse tunnel requested or granted.") { row, _ in
            row.reverseTunnel.mibValue
        },
        MIBColumn(.mipExtVisitorRevocation, "revocation", "Whether both agents inform each other of a revocation.") { row, _ in
            row.revocation.mibValue
        },
        MIBColumn(.mipExtVisitorAdminStatus, nil, "Ends the visit when revoke is written.") { _, _ in .integer(1) },
        MIBColumn(.mipExtVisitorService, "service", "The service of the node, or empty.") { row, _ in .service(row.service) },
    ]

    private static let trafficColumns: [MIBColumn<Visitor>] = [
        traffic(.mipExtVisitorPacketsToNode, "packetsToNode", "Datagrams from tunnels that were sent to the visitor.") {
            $0.packetsToNode
        },
        traffic(.mipExtVisitorOctetsToNode, "octetsToNode", "Octets from tunnels that were sent to the visitor.") {
            $0.octetsToNode
        },
        traffic(.mipExtVisitorPacketsFromNode, "packetsFromNode", "Datagrams received for the reverse tunnel.") {
            $0.packetsFromNode
        },
        traffic(.mipExtVisitorOctetsFromNode, "octetsFromNode", "Octets received for the reverse tunnel.") { $0.octetsFromNode },
        MIBColumn(.mipExtVisitorDiscontinuity, nil, "When the row's traffic counters started at zero.") { row, view in
            view.timeStamp(row.created)
        },
    ]

    private static func traffic(
        _ node: MIBNode, _ member: String, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBColumn<Visitor> {
        MIBColumn(node, .traffic(member), summary) { row, view in
            .counter64(view.traffic(.foreignAgent, row.homeAddress).map(value) ?? 0)
        }
    }

    // MARK: - mipExtPendingTable

    /// If one identity has several pending requests, the one with the lowest home address is shown.
    private static let pending = MIBTable(
        .mipExtPendingEntry,
        rows: SharedRows<IdentityKey<PendingPlace>, PendingRegistration, PendingRegistration> { $0.state.pendingRegistrations })

    private static let pendingColumns: [MIBColumn<PendingRegistration>] = [
        MIBColumn(.mipExtPendingHomeAddress, "homeAddress", "The home address in the request.") { row, _ in
            .ipAddress(row.homeAddress)
        },
        MIBColumn(.mipExtPendingHomeAgent, "homeAgent", "The address to which the request was relayed.") { row, _ in
            .ipAddress(row.homeAgent)
        },
        MIBColumn(.mipExtPendingKind, "kind", "The kind of request.") { row, _ in row.kind.mibValue },
        MIBColumn(.mipExtPendingSent, "sent", "When the request was first relayed.") { row, _ in .dateAndTime(row.sent) },
        MIBColumn(.mipExtPendingRetransmissions, "retransmissions", "How often the request was repeated.") { row, _ in
            .gauge(row.retransmissions)
        },
        MIBColumn(.mipExtPendingTimeRemaining, nil, "Milliseconds until the foreign agent gives up.") { row, view in
            .gauge(clamping: view.state.agentTime.map { max(0, row.expires.milliseconds(since: $0)) } ?? 0)
        },
    ]
}
