import AgentModel
import ManagementCore
import MobileIPv4

/// mnDiscovery, 1.3.2.
enum DiscoveryGroup {
    static var leaves: [MIBLeaf] {
        foreignAgents.columns(foreignAgentColumns) + recentAdvertisement
    }

    // MARK: - mnFATable

    static let foreignAgentRows = OrderedRows<KnownForeignAgentKey, KnownForeignAgent, KnownForeignAgent> {
        $0.state.foreignAgents
    }

    private static let foreignAgents = MIBTable(.mnFAEntry, rows: foreignAgentRows)

    private static let foreignAgentColumns: [MIBColumn<KnownForeignAgent>] = [
        MIBColumn(.mnFAAddress, "address", "The foreign agent.") { row, _ in .ipAddress(row.address) },
        MIBColumn(.mnCOA, "careOfAddress", "A care-of address that it offers.") { row, _ in .ipAddress(row.careOfAddress) },
    ]

    // MARK: - mnRecentAdvReceived

    private static func recent(
        _ node: MIBNode, _ member: String, _ summary: String,
        _ value: @escaping @Sendable (HeardAdvertisement, MIBView) -> MIBValue
    ) -> MIBLeaf {
        .scalar(node, MIBMember("recentAdvertisement.\(member)"), summary) { view in
            view.mobileNodeStatus?.recentAdvertisement.map { value($0, view) }
        }
    }

    private static var recentAdvertisement: [MIBLeaf] {
        [
            recent(.mnAdvSourceAddress, "sourceAddress", "Sender of the latest advertisement heard.") { row, _ in
                .ipAddress(row.sourceAddress)
            },
            recent(.mnAdvSequence, "sequence", "Sequence number of the latest advertisement heard.") { row, _ in
                .integer(Int32(row.sequence))
            },
            recent(.mnAdvFlags, "flags", "Flags of the latest advertisement heard.") { row, _ in .octet(row.flags.mibOctet) },
            recent(
                .mnAdvMaxRegLifetime, "registrationLifetime",
                "Longest registration that the latest advertisement allows, in seconds."
            ) { row, _ in
                .integer(Int32(row.registrationLifetime))
            },
            recent(.mnAdvMaxAdvLifetime, "advertisementLifetime", "How long the latest advertisement is valid, in seconds.") {
                row, _ in
                .integer(Int32(row.advertisementLifetime))
            },
            recent(.mnAdvTimeReceived, "received", "When the latest advertisement arrived.") { row, view in
                view.timeStamp(row.received)
            },
        ]
    }
}
