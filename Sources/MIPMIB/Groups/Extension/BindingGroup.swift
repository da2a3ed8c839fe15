import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtHomeAgent, 1.4 of MIPV4-EXT-MIB: more of bindings and of the nodes they are for.
enum BindingGroup {
    static var leaves: [MIBLeaf] { bindings.columns(bindingColumns + trafficColumns) + nodes.columns(nodeColumns) }

    // MARK: - mipExtBindingTable

    private static let bindings = MIBTable(
        module: .ext, entry: [1, 4, 1, 1], index: HomeAgentGroup.bindingIndex, rows: HomeAgentGroup.bindingRows)

    private static let bindingColumns: [MIBColumn<Binding>] = [
        MIBColumn(1, "mipExtBindingCreated", .dateAndTime, "When the binding was accepted first.") { row, _ in
            .dateAndTime(row.created)
        },
        MIBColumn(2, "mipExtBindingRenewed", .dateAndTime, "When it was accepted last.") { row, _ in .dateAndTime(row.renewed) },
        MIBColumn(3, "mipExtBindingRenewals", .counter32, "Accepted requests after the first one.") { row, _ in
            .counter(row.renewals)
        },
        MIBColumn(4, "mipExtBindingHandoffs", .counter32, "Moves of the node without a break of service.") { row, _ in
            .counter(row.handoffs)
        },
        MIBColumn(5, "mipExtBindingEncapsulation", .encapsulation, "How datagrams are carried to the care-of address.") {
            row, _ in
            .integer(row.encapsulation.number)
        },
        MIBColumn(6, "mipExtBindingReverseTunnel", .reverseTunnel, "The reverse tunnel granted.") { row, _ in
            row.reverseTunnel.mibValue
        },
        MIBColumn(7, "mipExtBindingTunnelLocal", .ipAddress, "This machine's end of the tunnel; 0.0.0.0 without one.") {
            row, view in
            let key = MobilityTunnelKey(
                localAddress: row.homeAgent, remoteAddress: row.careOfAddress, encapsulation: row.encapsulation)
            return .ipAddress(view.state.tunnels[key] == nil ? .zero : row.homeAgent)
        },
        MIBColumn(8, "mipExtBindingSourcePort", .unsigned32(0...65535), "UDP port of the last accepted request.") { row, _ in
            .unsigned(UInt32(row.sourcePort))
        },
        MIBColumn(9, "mipExtBindingSPI", .unsigned32, "SPI of the association that authenticated the last request.") { row, _ in
            .unsigned(row.spi.rawValue)
        },
        MIBColumn(10, "mipExtBindingIDHigh", .unsigned32, "High half of the identification.") { row, _ in
            .unsigned(row.identification.high)
        },
        MIBColumn(11, "mipExtBindingIDLow", .unsigned32, "Low half of the identification.") { row, _ in
            .unsigned(row.identification.low)
        },
        MIBColumn(
            17, "mipExtBindingAdminStatus", .enumeration("active", "revoke"), "Writing revoke ends the binding.",
            access: .readWrite
        ) { _, _ in .integer(1) },
    ]

    private static let trafficColumns: [MIBColumn<Binding>] = [
        traffic(12, "mipExtBindingPacketsToNode", "Datagrams sent to the node through tunnels.") { $0.packetsToNode },
        traffic(13, "mipExtBindingOctetsToNode", "Octets sent to the node through tunnels.") { $0.octetsToNode },
        traffic(14, "mipExtBindingPacketsFromNode", "Datagrams received through the reverse tunnel.") { $0.packetsFromNode },
        traffic(15, "mipExtBindingOctetsFromNode", "Octets received through the reverse tunnel.") { $0.octetsFromNode },
        MIBColumn(16, "mipExtBindingDiscontinuity", .timeStamp, "When the row's traffic counters began at zero.") { row, view in
            view.timeStamp(view.state.mobileNodes[row.homeAddress]?.servingSince ?? row.created)
        },
    ]

    private static func traffic(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBColumn<Binding> {
        MIBColumn(number, name, .counter64, summary) { row, view in
            .counter64(view.traffic(.homeAgent, row.homeAddress).map(value) ?? 0)
        }
    }

    // MARK: - mipExtNodeTable

    private static let nodes = MIBTable(
        module: .ext, entry: [1, 4, 2, 1], index: NodeCounterGroup.identityIndex, rows: NodeCounterGroup.identityRows)

    private static let nodeColumns: [MIBColumn<MobileNodeService>] = [
        MIBColumn(1, "mipExtNodeRequestsReceived", .counter64, "Requests in the node's name.") { row, _ in
            .counter64(row.requestsReceived)
        },
        MIBColumn(2, "mipExtNodeServingSince", .dateAndTime, "Since when the node has had a binding without a break.") { row, _ in
            .dateAndTime(row.servingSince)
        },
    ]
}
