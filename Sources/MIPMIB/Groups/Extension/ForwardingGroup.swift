import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtForwarding, 1.7 of MIPV4-EXT-MIB: tunnels and dropped datagrams.
enum ForwardingGroup {
    static var leaves: [MIBLeaf] {
        tunnels.columns(tunnelColumns) + drops.columns(dropColumns)
    }

    // MARK: - mipExtTunnelTable

    private static let tunnels = MIBTable(
        .mipExtTunnelEntry, key: ["localAddress", "remoteAddress", "encapsulation"],
        rows: OrderedRows<MobilityTunnelKey, MobilityTunnel, MobilityTunnel> { $0.state.tunnels })

    private static let tunnelColumns: [MIBColumn<MobilityTunnel>] = [
        MIBColumn(.mipExtTunnelUsers, nil, "Bindings and visits that use the tunnel.") { row, view in
            .gauge(clamping: view.state.tunnelUsers[row.key])
        },
        MIBColumn(.mipExtTunnelPacketsSent, "packetsSent", "Datagrams sent into the tunnel.") { row, _ in
            .counter64(row.packetsSent)
        },
        MIBColumn(.mipExtTunnelOctetsSent, "octetsSent", "Octets sent into the tunnel.") { row, _ in .counter64(row.octetsSent)
        },
        MIBColumn(.mipExtTunnelPacketsReceived, "packetsReceived", "Datagrams that came out of the tunnel.") { row, _ in
            .counter64(row.packetsReceived)
        },
        MIBColumn(.mipExtTunnelOctetsReceived, "octetsReceived", "Octets that came out of the tunnel.") { row, _ in
            .counter64(row.octetsReceived)
        },
        MIBColumn(.mipExtTunnelDiscontinuity, "since", "When the row's counters started at zero.") { row, view in
            view.timeStamp(row.since)
        },
    ]

    // MARK: - mipExtDropTable

    private static let drops = MIBTable(
        .mipExtDropEntry,
        rows: FewRows<NumberedKey<DropReason>, UInt64>(
            keys: { _ in NumberedKey.all },
            resolve: { view, key in view.state.counters.forwarding.map { $0.drops[key.value] ?? 0 } }))

    private static let dropColumns: [MIBColumn<UInt64>] = [
        MIBColumn(.mipExtDropCount, nil, "Datagrams dropped.") { count, _ in .counter64(count) }
    ]
}

/// A case of an enumeration as the index of a row.
struct NumberedKey<Value: MIBNumbered>: MIBIndexed, Comparable, Sendable {
    let value: Value

    static var all: [NumberedKey] { Value.allCases.map(NumberedKey.init) }

    func appendIndex(to listener: inout some IndexListener) { listener.append(value.number) }

    static func < (a: Self, b: Self) -> Bool { a.value.number < b.value.number }
}
