import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtHomeAgent, 1.4 of MIPV4-EXT-MIB: further information about bindings and their mobile nodes.
enum BindingGroup {
    static var leaves: [MIBLeaf] { bindings.columns(bindingColumns + trafficColumns) + nodes.columns(nodeColumns) }

    // MARK: - mipExtBindingTable

    private static let bindings = MIBTable(.mipExtBindingEntry, rows: HomeAgentGroup.bindingRows)

    private static let bindingColumns: [MIBColumn<Binding>] = [
        MIBColumn(.mipExtBindingCreated, "created", "When the binding was first accepted.") { row, _ in
            .dateAndTime(row.created)
        },
        MIBColumn(.mipExtBindingRenewed, "renewed", "When the binding was last accepted.") { row, _ in .dateAndTime(row.renewed)
        },
        MIBColumn(.mipExtBindingRenewals, "renewals", "Accepted requests after the first.") { row, _ in
            .counter(row.renewals)
        },
        MIBColumn(.mipExtBindingHandoffs, "handoffs", "Moves of the node without an interruption of service.") { row, _ in
            .counter(row.handoffs)
        },
        MIBColumn(.mipExtBindingEncapsulation, "encapsulation", "How datagrams are carried to the care-of address.") {
            row, _ in
            .integer(row.encapsulation.number)
        },
        MIBColumn(.mipExtBindingReverseTunnel, "reverseTunnel", "The reverse tunnel granted.") { row, _ in
            row.reverseTunnel.mibValue
        },
        MIBColumn(.mipExtBindingTunnelLocal, nil, "This machine's end of the tunnel; 0.0.0.0 if there is no tunnel.") {
            row, view in
            let key = MobilityTunnelKey(
                localAddress: row.homeAgent, remoteAddress: row.careOfAddress, encapsulation: row.encapsulation)
            return .ipAddress(view.state.tunnels[key] == nil ? .zero : row.homeAgent)
        },
        MIBColumn(.mipExtBindingSourcePort, "sourcePort", "UDP port of the last accepted request.") { row, _ in
            .unsigned(UInt32(row.sourcePort))
        },
        MIBColumn(.mipExtBindingSPI, "spi", "SPI of the association that authenticated the last accepted request.") { row, _ in
            .unsigned(row.spi.rawValue)
        },
        MIBColumn(.mipExtBindingIDHigh, .high("identification"), "High half of the identification.") { row, _ in
            .unsigned(row.identification.high)
        },
        MIBColumn(.mipExtBindingIDLow, .low("identification"), "Low half of the identification.") { row, _ in
            .unsigned(row.identification.low)
        },
        MIBColumn(.mipExtBindingAdminStatus, nil, "Ends the binding when revoke is written.") { _, _ in .integer(1) },
        MIBColumn(.mipExtBindingRevocation, "revocation", "Whether both ends inform each other of a revocation.") { row, _ in
            row.revocation.mibValue
        },
        MIBColumn(.mipExtBindingService, "service", "The service of the node, or empty.") { row, _ in .service(row.service) },
    ]

    private static let trafficColumns: [MIBColumn<Binding>] = [
        traffic(.mipExtBindingPacketsToNode, "packetsToNode", "Datagrams sent to the node through tunnels.") { $0.packetsToNode },
        traffic(.mipExtBindingOctetsToNode, "octetsToNode", "Octets sent to the node through tunnels.") { $0.octetsToNode },
        traffic(.mipExtBindingPacketsFromNode, "packetsFromNode", "Datagrams received through the reverse tunnel.") {
            $0.packetsFromNode
        },
        traffic(.mipExtBindingOctetsFromNode, "octetsFromNode", "Octets received through the reverse tunnel.") {
            $0.octetsFromNode
        },
        MIBColumn(.mipExtBindingDiscontinuity, nil, "When the row's traffic counters started at zero.") { row, view in
            view.timeStamp(view.state.mobileNodes[row.homeAddress]?.servingSince ?? row.created)
        },
    ]

    private static func traffic(
        _ node: MIBNode, _ member: String, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBColumn<Binding> {
        MIBColumn(node, .traffic(member), summary) { row, view in
            .counter64(view.traffic(.homeAgent, row.homeAddress).map(value) ?? 0)
        }
    }

    // MARK: - mipExtNodeTable

    private static let nodes = MIBTable(.mipExtNodeEntry, rows: NodeCounterGroup.identityRows)

    private static let nodeColumns: [MIBColumn<MobileNodeTotal>] = [
        MIBColumn(.mipExtNodeRequestsReceived, "requestsReceived", "Requests in the node's name.") { row, _ in
            .counter64(row.requestsReceived)
        },
        MIBColumn(.mipExtNodeServingSince, "servingSince", "The time since which the node has continuously had a binding.") {
            row, _ in
            .dateAndTime(row.servingSince)
        },
    ]
}
