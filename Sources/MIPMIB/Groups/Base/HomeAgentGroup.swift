import AgentModel
import ManagementCore
import MobileIPv4

/// Bindings and counters of haRegistration, 1.6.3.
enum HomeAgentGroup {
    static var leaves: [MIBLeaf] {
        bindings.columns(bindingColumns) + ReplyCounts.leaves(of: .homeAgent) { $0.homeAgent?.repliesSentByCode } + [
            .scalar(.mip, [1, 6, 3, 27], "haRegMobilityBindingCount", .gauge32, "Bindings at this moment.") { view in
                view.state.plays(.homeAgent) ? .gauge(clamping: view.state.bindings.count) : nil
            }
        ]
    }

    // MARK: - haMobilityBindingTable

    static let bindingIndex = [
        MIBIndexObject("haMobilityBindingMN", .ipAddress), MIBIndexObject("haMobilityBindingCOA", .ipAddress),
    ]
    static let bindingRows = OrderedRows<BindingKey, Binding, Binding> { $0.state.bindings }

    private static let bindings = MIBTable(module: .mip, entry: [1, 6, 3, 1, 1], index: bindingIndex, rows: bindingRows)

    private static let bindingColumns: [MIBColumn<Binding>] = [
        MIBColumn(1, "haMobilityBindingMN", .ipAddress, "The home address.") { row, _ in .ipAddress(row.homeAddress) },
        MIBColumn(2, "haMobilityBindingCOA", .ipAddress, "The care-of address.") { row, _ in
            .ipAddress(row.careOfAddress)
        },
        MIBColumn(3, "haMobilityBindingSourceAddress", .ipAddress, "Source address of the last request.") { row, _ in
            .ipAddress(row.sourceAddress)
        },
        MIBColumn(4, "haMobilityBindingRegFlags", .registrationFlags, "Flags of the last request.") { row, _ in
            .octet(row.flags.mibOctet)
        },
        MIBColumn(5, "haMobilityBindingRegIDLow", .integer32(), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(6, "haMobilityBindingRegIDHigh", .integer32(), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(7, "haMobilityBindingTimeGranted", .integer32(), "Seconds granted; 65535 never expires.") { row, _ in
            .integer(Int32(row.lifetimeGranted))
        },
        MIBColumn(8, "haMobilityBindingTimeRemaining", .gauge32, "Seconds left; 65535 never expires.") { row, view in
            .gauge(view.state.secondsRemaining(until: row.expires))
        },
        MIBColumn(9, "haMobilityBindingMnIdType", .identifierType, "What kind of identity haMobilityBindingMnId is.") { row, _ in
            .integer(row.nai == nil ? 2 : 3)
        },
        MIBColumn(10, "haMobilityBindingMnId", .identifier, "The node: its network access identifier, or its home address.") {
            row, _ in
            .octets(EntityIdentity(nai: row.nai, address: row.homeAddress).octets)
        },
        MIBColumn(11, "haMobilityBindingHA", .ipAddress, "The address of this home agent that holds the binding.") { row, _ in
            .ipAddress(row.homeAgent)
        },
        MIBColumn(12, "haMobilityBindingNAI", .identifierNAI, "The network access identifier in full, or nothing.") { row, _ in
            .nai(row.nai)
        },
        traffic(13, "haMobilityBindingInPkts", "Datagrams received from the node through its reverse tunnel.") {
            $0.packetsFromNode
        },
        traffic(14, "haMobilityBindingInOctets", "Octets received from the node through its reverse tunnel.") {
            $0.octetsFromNode
        },
        traffic(15, "haMobilityBindingOutPkts", "Datagrams sent to the node through its tunnel.") { $0.packetsToNode },
        traffic(16, "haMobilityBindingOutOctets", "Octets sent to the node through its tunnel.") { $0.octetsToNode },
    ]

    private static func traffic(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBColumn<Binding> {
        MIBColumn(number, name, .counter32, summary) { row, view in
            .counter(low: view.traffic(.homeAgent, row.homeAddress).map(value) ?? 0)
        }
    }
}
