import AgentModel
import ManagementCore
import MobileIPv4

/// Bindings and counters of haRegistration, 1.6.3.
enum HomeAgentGroup {
    static var leaves: [MIBLeaf] {
        bindings.columns(bindingColumns) + ReplyCounts.leaves(of: .homeAgent) { $0.homeAgent?.repliesSentByCode } + [
            .scalar(.haRegMobilityBindingCount, nil, "Current number of bindings.") { view in
                view.state.plays(.homeAgent) ? .gauge(clamping: view.state.bindings.count) : nil
            }
        ]
    }

    // MARK: - haMobilityBindingTable

    static let bindingRows = OrderedRows<BindingKey, Binding, Binding> { $0.state.bindings }

    private static let bindings = MIBTable(.haMobilityBindingEntry, rows: bindingRows)

    private static let bindingColumns: [MIBColumn<Binding>] = [
        MIBColumn(.haMobilityBindingMN, "homeAddress", "The home address.") { row, _ in .ipAddress(row.homeAddress) },
        MIBColumn(.haMobilityBindingCOA, "careOfAddress", "The care-of address.") { row, _ in
            .ipAddress(row.careOfAddress)
        },
        MIBColumn(.haMobilityBindingSourceAddress, "sourceAddress", "Source address of the last accepted request.") { row, _ in
            .ipAddress(row.sourceAddress)
        },
        MIBColumn(.haMobilityBindingRegFlags, "flags", "Flags of the last accepted request.") { row, _ in
            .octet(row.flags.mibOctet)
        },
        MIBColumn(.haMobilityBindingRegIDLow, .low("identification"), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(.haMobilityBindingRegIDHigh, .high("identification"), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(.haMobilityBindingTimeGranted, "lifetimeGranted", "Lifetime granted, in seconds; 65535 never expires.") {
            row, _ in
            .integer(Int32(row.lifetimeGranted))
        },
        MIBColumn(.haMobilityBindingTimeRemaining, "timeRemaining", "Lifetime remaining, in seconds; 65535 never expires.") {
            row, view in
            .gauge(view.state.secondsRemaining(until: row.expires))
        },
        MIBColumn(.haMobilityBindingMnIdType, nil, "What kind of identity haMobilityBindingMnId is.") { row, _ in
            .integer(row.nai == nil ? 2 : 3)
        },
        MIBColumn(.haMobilityBindingMnId, nil, "The node: its network access identifier, or otherwise its home address.") {
            row, _ in
            .octets(EntityIdentity(nai: row.nai, address: row.homeAddress).octets)
        },
        MIBColumn(.haMobilityBindingHA, "homeAgent", "The address of this home agent that holds the binding.") { row, _ in
            .ipAddress(row.homeAgent)
        },
        MIBColumn(.haMobilityBindingNAI, "nai", "The full network access identifier, or empty.") { row, _ in
            .nai(row.nai)
        },
        traffic(.haMobilityBindingInPkts, "Datagrams received from the node through its reverse tunnel.") {
            $0.packetsFromNode
        },
        traffic(.haMobilityBindingInOctets, "Octets received from the node through its reverse tunnel.") {
            $0.octetsFromNode
        },
        traffic(.haMobilityBindingOutPkts, "Datagrams sent to the node through its tunnel.") { $0.packetsToNode },
        traffic(.haMobilityBindingOutOctets, "Octets sent to the node through its tunnel.") { $0.octetsToNode },
    ]

    private static func traffic(
        _ node: MIBNode, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBColumn<Binding> {
        MIBColumn(node, nil, summary) { row, view in
            .counter(low: view.traffic(.homeAgent, row.homeAddress).map(value) ?? 0)
        }
    }
}
