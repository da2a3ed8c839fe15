import ManagementCore

/// An agent with what the management daemon keeps for it.
struct ServedAgent: Sendable {
    let agent: ManagedAgent
    let desk: NotificationDesk
    /// The SNMP context of notifications about it; nil for the default one.
    let notificationContext: String?
}
