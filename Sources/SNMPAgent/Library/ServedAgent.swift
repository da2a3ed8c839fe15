import AgentModel
import MIPMIB
import ManagementCore

/// An agent with the state that the management daemon keeps for it.
struct ServedAgent: Sendable {
    let agent: ManagedAgent
    let desk: NotificationDesk
    /// The SNMP context of notifications about it; nil for the default one.
    let notificationContext: String?
    /// The notification settings in the operator's configuration.
    let configured: NotificationSettings
    let store: StateStore
    /// The clock of the SNMP master.
    let clock: MasterClock

    /// The current view from which a request is answered.
    var view: MIBView { view(of: agent.state()) }

    /// A view of a snapshot of the agent. The same time in records is the same TimeStamp in all views, until the master restarts.
    func view(of state: AgentState) -> MIBView {
        var start: Timestamp?
        if let local = clock.start, let difference = state.clockDifference { start = Timestamp(milliseconds: local - difference) }
        return MIBView(state: state, notifications: desk.state, masterStart: start)
    }

    /// The means to change the agent.
    var exchange: AgentExchange { AgentExchange(agent: agent) }

    /// Applies new notification settings, after saving them where they persist across a restart of the daemon.
    func keep(_ settings: NotificationSettings) throws {
        try store.keep(settings, of: agent.name, configured: configured)
        desk.setSettings(settings)
        agent.setHistoryLimit(Int(settings.historyLimit))
    }
}

extension [ServedAgent] {
    /// The SNMP contexts in which the agents are served: the first in the default context, and each in the context with its name.
    var contexts: [AgentXResponder.Context] {
        prefix(1).map { served in .init(name: []) { served.view } }
            + map { served in .init(name: [UInt8](served.agent.name.utf8)) { served.view } }
    }
}

extension [ServedAgent] {
    /// How SetRequests in these contexts are carried out.
    func writing(mib: MIPMIB, areas: Set<MIBWriteArea>) -> [AgentXSets.Context] {
        func make(_ served: ServedAgent) -> () -> any SetSteps {
            { SetTransaction(served: served, mib: mib, areas: areas) }
        }
        return prefix(1).map { .init(name: [], make: make($0)) }
            + map { .init(name: [UInt8]($0.agent.name.utf8), make: make($0)) }
    }
}

/// An SNMP context and the agent it represents. It is a class because two registrations share one.
final class SNMPContext {
    /// Nil for the default context.
    let name: String?
    let agent: ServedAgent

    init(name: String?, agent: ServedAgent) {
        self.name = name
        self.agent = agent
    }
}
