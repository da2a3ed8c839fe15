import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtMobileNode, 1.6 of MIPV4-EXT-MIB.
enum NodeGroup {
    static var leaves: [MIBLeaf] { heard.columns(heardColumns) + traffic }

    // MARK: - mipExtHeardTable

    private static let heard = MIBTable(.mipExtHeardEntry, rows: DiscoveryGroup.foreignAgentRows)

    private static let heardColumns: [MIBColumn<KnownForeignAgent>] = [
        MIBColumn(.mipExtHeardFlags, "flags", "Flags of the latest advertisement of the agent.") { row, _ in
            .octets(row.flags.mibOctets)
        },
        MIBColumn(.mipExtHeardSequence, "sequence", "Sequence number of the latest advertisement of the agent.") { row, _ in
            .unsigned(UInt32(row.sequence))
        },
        MIBColumn(.mipExtHeardLifetime, "registrationLifetime", "Longest registration that the agent accepts, in seconds.") {
            row, _ in
            .unsigned(UInt32(row.registrationLifetime))
        },
        MIBColumn(.mipExtHeardTime, "heard", "When the latest advertisement of the agent arrived.") { row, _ in
            .dateAndTime(row.heard)
        },
        MIBColumn(.mipExtHeardExpires, "expires", "When the agent is considered lost unless it is heard again.") { row, _ in
            .dateAndTime(row.expires)
        },
    ]

    // MARK: - Scalars

    private static func traffic(
        _ node: MIBNode, _ member: String, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBLeaf {
        .scalar(node, .traffic(member), summary) { view in
            view.mobileNodeStatus.map { .counter64(view.traffic(.mobileNode, $0.homeAddress).map(value) ?? 0) }
        }
    }

    private static var traffic: [MIBLeaf] {
        [
            traffic(.mipExtMnPacketsToNode, "packetsToNode", "Datagrams that came out of the node's tunnel.") {
                $0.packetsToNode
            },
            traffic(.mipExtMnOctetsToNode, "octetsToNode", "Octets that came out of the node's tunnel.") { $0.octetsToNode },
            traffic(.mipExtMnPacketsFromNode, "packetsFromNode", "Datagrams sent into the node's reverse tunnel.") {
                $0.packetsFromNode
            },
            traffic(.mipExtMnOctetsFromNode, "octetsFromNode", "Octets sent into the node's reverse tunnel.") {
                $0.octetsFromNode
            },
        ]
    }
}
