import AgentModel
import ManagementCore
import MobileIPv4

/// mnDiscovery, 1.3.2.
enum DiscoveryGroup {
    static var leaves: [MIBLeaf] {
        foreignAgents.columns(foreignAgentColumns) + recentAdvertisement
    }

    // MARK: - mnFATable

    static let foreignAgentIndex = [MIBIndexObject("mnFAAddress", .ipAddress), MIBIndexObject("mnCOA", .ipAddress)]

    static let foreignAgentRows = OrderedRows<KnownForeignAgentKey, KnownForeignAgent, KnownForeignAgent> {
        $0.state.foreignAgents
    }

    private static let foreignAgents = MIBTable(
        module: .mip, entry: [1, 3, 2, 1, 1], index: foreignAgentIndex, rows: foreignAgentRows)

    private static let foreignAgentColumns: [MIBColumn<KnownForeignAgent>] = [
        MIBColumn(1, "mnFAAddress", .ipAddress, "The foreign agent.") { row, _ in .ipAddress(row.address) },
        MIBColumn(2, "mnCOA", .ipAddress, "A care-of address it offers.") { row, _ in .ipAddress(row.careOfAddress) },
    ]

    // MARK: - mnRecentAdvReceived

    private static func recent(
        _ number: UInt, _ name: String, _ syntax: MIBSyntax, _ summary: String,
        _ value: @escaping @Sendable (HeardAdvertisement, MIBView) -> MIBValue
    ) -> MIBLeaf {
        .scalar(.mip, [1, 3, 2, 2, number], name, syntax, summary) { view in
            view.mobileNodeStatus?.recentAdvertisement.map { value($0, view) }
        }
    }

    private static var recentAdvertisement: [MIBLeaf] {
        [
            recent(1, "mnAdvSourceAddress", .ipAddress, "Sender of the advertisement heard last.") { row, _ in
                .ipAddress(row.sourceAddress)
            },
            recent(2, "mnAdvSequence", .integer32(0...65535), "Its sequence number.") { row, _ in .integer(Int32(row.sequence)) },
            recent(
                3, "mnAdvFlags",
                .bits("vjCompression", "gre", "minEnc", "foreignAgent", "homeAgent", "busy", "regRequired", "reverseTunnel"),
                "What it offers."
            ) { row, _ in .octet(row.flags.mibOctet) },
            recent(4, "mnAdvMaxRegLifetime", .integer32(0...65535), "Longest registration it allows, in seconds.") { row, _ in
                .integer(Int32(row.registrationLifetime))
            },
            recent(5, "mnAdvMaxAdvLifetime", .integer32(0...65535), "How long it is good, in seconds.") { row, _ in
                .integer(Int32(row.advertisementLifetime))
            },
            recent(6, "mnAdvTimeReceived", .timeStamp, "When it arrived.") { row, view in view.timeStamp(row.received) },
        ]
    }
}
