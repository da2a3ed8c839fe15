import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtMobileNode, 1.6 of MIPV4-EXT-MIB.
enum NodeGroup {
    static var leaves: [MIBLeaf] { heard.columns(heardColumns) + traffic }

    // MARK: - mipExtHeardTable

    private static let heard = MIBTable(
        module: .ext, entry: [1, 6, 1, 1], index: DiscoveryGroup.foreignAgentIndex, rows: DiscoveryGroup.foreignAgentRows)

    private static let heardColumns: [MIBColumn<KnownForeignAgent>] = [
        MIBColumn(1, "mipExtHeardFlags", .advertFlags, "What the agent offered last.") { row, _ in .octets(row.flags.mibOctets) },
        MIBColumn(2, "mipExtHeardSequence", .unsigned32(0...65535), "Sequence number of its latest advertisement.") { row, _ in
            .unsigned(UInt32(row.sequence))
        },
        MIBColumn(3, "mipExtHeardLifetime", .unsigned32(0...65535), "Longest registration it accepts, in seconds.") { row, _ in
            .unsigned(UInt32(row.registrationLifetime))
        },
        MIBColumn(4, "mipExtHeardTime", .dateAndTime, "When its latest advertisement arrived.") { row, _ in
            .dateAndTime(row.heard)
        },
        MIBColumn(5, "mipExtHeardExpires", .dateAndTime, "When it counts as lost unless heard again.") { row, _ in
            .dateAndTime(row.expires)
        },
    ]

    // MARK: - Scalars

    private static func traffic(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBLeaf {
        .scalar(.ext, [1, 6, number], name, .counter64, summary) { view in
            view.mobileNodeStatus.map { .counter64(view.traffic(.mobileNode, $0.homeAddress).map(value) ?? 0) }
        }
    }

    private static var traffic: [MIBLeaf] {
        [
            traffic(5, "mipExtMnPacketsToNode", "Datagrams that came out of the node's tunnel.") { $0.packetsToNode },
            traffic(6, "mipExtMnOctetsToNode", "Octets that came out of the node's tunnel.") { $0.octetsToNode },
            traffic(7, "mipExtMnPacketsFromNode", "Datagrams sent into the node's reverse tunnel.") { $0.packetsFromNode },
            traffic(8, "mipExtMnOctetsFromNode", "Octets sent into the node's reverse tunnel.") { $0.octetsFromNode },
        ]
    }
}
