import AgentModel
import ManagementCore

/// mipExtNotify, 1.10 of MIPV4-EXT-MIB: the control of notifications, and what they carry. It answers in any case.
enum NotifyGroup {
    static var leaves: [MIBLeaf] { kinds.columns(kindColumns) + limits + content }

    // MARK: - mipExtNotifyTable

    private static let kinds = MIBTable(
        module: .ext, entry: [1, 10, 1, 1], index: [MIBIndexObject("mipExtNotifyKind", .notifyKind)],
        rows: FewRows<NumberedKey<NotificationKind>, NotificationKind>(
            keys: { _ in NumberedKey.all }, resolve: { _, key in key.value }))

    private static let kindColumns: [MIBColumn<NotificationKind>] = [
        MIBColumn(2, "mipExtNotifyEnabled", .truthValue, "Whether this kind is sent.", access: .readWrite) { kind, view in
            .truth(view.notifications.settings.enabled.contains(kind))
        },
        MIBColumn(3, "mipExtNotifySent", .counter32, "Notifications of this kind sent.") { kind, view in
            .counter(low: view.notifications.sent[kind] ?? 0)
        },
        MIBColumn(4, "mipExtNotifySuppressed", .counter32, "Notifications of this kind held back.") { kind, view in
            .counter(low: view.notifications.suppressed[kind] ?? 0)
        },
    ]

    private static var limits: [MIBLeaf] {
        [
            .scalar(
                .ext, [1, 10, 2], "mipExtNotifyNodeInterval", .unsigned32(0...3600),
                "Shortest time between two notifications of one kind about one node, in seconds.", access: .readWrite
            ) { .unsigned($0.notifications.settings.nodeInterval) },
            .scalar(
                .ext, [1, 10, 3], "mipExtNotifyMaximumRate", .unsigned32(0...60000),
                "Most notifications about nodes in a minute.",
                access: .readWrite
            ) { .unsigned($0.notifications.settings.maximumRate) },
        ]
    }

    // MARK: - mipExtNotifyContent

    private static func carried(_ number: UInt, _ name: String, _ syntax: MIBSyntax, _ summary: String) -> MIBLeaf {
        .forNotification(.ext, [1, 10, 4, number], name, syntax, summary)
    }

    private static var content: [MIBLeaf] {
        [
            carried(1, "mipExtNotifyRole", .role, "The role in which it happened."),
            carried(2, "mipExtNotifyTime", .dateAndTime, "When it happened."),
            carried(3, "mipExtNotifyHomeAddress", .ipAddress, "The node's home address."),
            carried(4, "mipExtNotifyNAI", .identifierNAI, "The node's network access identifier."),
            carried(5, "mipExtNotifyCareOfAddress", .ipAddress, "The care-of address."),
            carried(6, "mipExtNotifyPreviousCOA", .ipAddress, "The care-of address before a move."),
            carried(7, "mipExtNotifyHomeAgent", .ipAddress, "The home agent."),
            carried(8, "mipExtNotifySourceAddress", .ipAddress, "Source address of the message that caused it."),
            carried(9, "mipExtNotifyCode", .unsigned32(0...255), "The code of the reply."),
        ]
    }
}
