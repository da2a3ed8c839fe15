import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtExtensionUseTable, 1.11.23 of MIPV4-EXT-MIB: vendor and experimental extensions, and experimental messages.
enum ExtensionUseGroup {
    static var leaves: [MIBLeaf] { uses.columns(columns) }

    private static let uses = MIBTable(
        .mipExtExtensionUseEntry, key: ["role", "type", "vendor", "number"],
        rows: OrderedRows<ExtensionUseKey, ExtensionUse, ExtensionUse> { $0.state.extensionUses })

    private static let columns: [MIBColumn<ExtensionUse>] = [
        MIBColumn(.mipExtExtensionUseKnown, "isKnown", "Whether the configuration says what to do with them.") { row, _ in
            .truth(row.isKnown)
        },
        MIBColumn(.mipExtExtensionUseSeen, "seen", "How many were received.") { row, _ in .counter64(row.seen) },
        MIBColumn(.mipExtExtensionUseAccepted, "accepted", "Those that the agent acted on.") { row, _ in
            .counter64(row.accepted)
        },
        MIBColumn(.mipExtExtensionUseSkipped, "skipped", "Those that the agent passed over.") { row, _ in
            .counter64(row.skipped)
        },
        MIBColumn(.mipExtExtensionUseRefused, "refused", "Those for which the message was refused or dropped.") { row, _ in
            .counter64(row.refused)
        },
        MIBColumn(.mipExtExtensionUseLastSource, "lastSource", "Source address of the latest message with one.") { row, _ in
            .ipAddress(row.lastSource)
        },
        MIBColumn(.mipExtExtensionUseLastSeen, "lastSeen", "When that message arrived.") { row, _ in
            .dateAndTime(row.lastSeen)
        },
    ]
}

extension ExtensionUseKey: MIBIndexed {
    func appendIndex(to listener: inout some IndexListener) {
        listener.append(role.number)
        listener.append(UInt32(type))
        listener.append(vendor)
        listener.append(UInt32(number))
    }
}
