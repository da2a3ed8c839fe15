import MIPMIB
import ManagementCore

/// An agent with what the management daemon keeps for it.
struct ServedAgent: Sendable {
    let agent: ManagedAgent
    let desk: NotificationDesk
    /// The SNMP context of notifications about it; nil for the default one.
    let notificationContext: String?
    /// What the operator's configuration says of its notifications.
    let configured: NotificationSettings
    let store: StateStore

    /// Where changes go.
    var exchange: AgentExchange { AgentExchange(agent: agent) }

    /// Puts other settings of notifications in force, once they are written where they outlive the daemon.
    func keep(_ settings: NotificationSettings) throws {
        try store.keep(settings, of: agent.name, configured: configured)
        desk.setSettings(settings)
        agent.setHistoryLimit(Int(settings.historyLimit))
    }
}

/// An SNMP context and the agent it tells of. An object, since two registrations share one.
final class SNMPContext {
    /// Nil for the default context.
    let name: String?
    let agent: ServedAgent

    init(name: String?, agent: ServedAgent) {
        self.name = name
        self.agent = agent
    }
}
