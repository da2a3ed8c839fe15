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

    /// All that a request is answered from, as it is now. On the SNMP thread only.
    var view: MIBView { MIBView(state: agent.state(), notifications: desk.state, sysUpTime: SNMPLibrary.upTime) }

    /// Where changes go.
    var exchange: AgentExchange { AgentExchange(agent: agent) }

    /// Puts other settings of notifications in force, once they are written where they outlive the daemon.
    func keep(_ settings: NotificationSettings) throws {
        try store.keep(settings, of: agent.name, configured: configured)
        desk.setSettings(settings)
        agent.setHistoryLimit(Int(settings.historyLimit))
    }
}

extension [ServedAgent] {
    /// The SNMP contexts in which they are served: the first in the default one, each in the one of its name.
    var contexts: [AgentXResponder.Context] {
        prefix(1).map { served in .init(name: []) { served.view } }
            + map { served in .init(name: [UInt8](served.agent.name.utf8)) { served.view } }
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
