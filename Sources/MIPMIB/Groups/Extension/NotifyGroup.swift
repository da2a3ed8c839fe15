import AgentModel
import ManagementCore

/// mipExtNotify, 1.10 of MIPV4-EXT-MIB: the control of notifications, and the objects they carry. It is always available.
enum NotifyGroup {
    static var leaves: [MIBLeaf] { kinds.columns(kindColumns) + limits + content }

    // MARK: - mipExtNotifyTable

    private static let kinds = MIBTable(
        .mipExtNotifyEntry,
        rows: FewRows<NumberedKey<NotificationKind>, NotificationKind>(
            keys: { _ in NumberedKey.all }, resolve: { _, key in key.value }))

    private static let kindColumns: [MIBColumn<NotificationKind>] = [
        MIBColumn(.mipExtNotifyEnabled, nil, "Whether notifications of this kind are sent.") { kind, view in
            .truth(view.notifications.settings.enabled.contains(kind))
        },
        MIBColumn(.mipExtNotifySent, nil, "Notifications of this kind sent.") { kind, view in
            .counter(low: view.notifications.sent[kind] ?? 0)
        },
        MIBColumn(.mipExtNotifySuppressed, nil, "Notifications of this kind suppressed by the limits.") { kind, view in
            .counter(low: view.notifications.suppressed[kind]?.total ?? 0)
        },
    ]

    private static var limits: [MIBLeaf] {
        [
            .scalar(
                .mipExtNotifyNodeInterval, nil, "Shortest time between two notifications of one kind about one node, in seconds."
            ) { .unsigned($0.notifications.settings.nodeInterval) },
            .scalar(.mipExtNotifyMaximumRate, nil, "Most notifications about nodes per minute; 0 for no limit.") {
                .unsigned($0.notifications.settings.maximumRate)
            },
        ]
    }

    // MARK: - mipExtNotifyContent

    private static var content: [MIBLeaf] {
        [
            .forNotification(.mipExtNotifyRole, "The role in which the event happened."),
            .forNotification(.mipExtNotifyTime, "When the event happened."),
            .forNotification(.mipExtNotifyHomeAddress, "The node's home address."),
            .forNotification(.mipExtNotifyNAI, "The node's network access identifier."),
            .forNotification(.mipExtNotifyCareOfAddress, "The care-of address."),
            .forNotification(.mipExtNotifyPreviousCOA, "The care-of address before a move."),
            .forNotification(.mipExtNotifyHomeAgent, "The home agent."),
            .forNotification(.mipExtNotifySourceAddress, "Source address of the message that caused the event."),
            .forNotification(.mipExtNotifyCode, "The code of the reply."),
            .forNotification(.mipExtNotifyMessage, "What happened, as a sentence."),
        ]
    }
}
