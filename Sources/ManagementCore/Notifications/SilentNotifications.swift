/// The control of notifications where none are sent, since SNMP is off: `historyLimit` is kept and put in force, no kind is enabled.
///
/// Limits that were written earlier, with SNMP on or off, are in force as soon as it is made.
public struct SilentNotifications: NotificationControl {
    private let agents: [ManagedAgent]
    private let store: StateStore

    /// - Parameter stateFile: the file of what outlives the daemon.
    public init(agents: [ManagedAgent], stateFile: String) {
        self.agents = agents
        store = StateStore(path: stateFile)
        for agent in agents {
            agent.setHistoryLimit(Int(Self.limit(of: agent.name, in: store)))
        }
    }

    private static func limit(of agent: String, in store: StateStore) -> UInt32 {
        store.settings(of: agent, configured: NotificationSettings()).historyLimit
    }

    /// Why the state file could not be read; nil when it was, or when there is none yet.
    public var readFailure: (any Error)? { store.readFailure }

    /// Always false.
    public var sendsNotifications: Bool { false }

    /// No kind enabled, nothing sent, and the limit of history that is in force.
    public func notifications(of name: String) -> NotificationState? {
        guard agents.contains(where: { $0.name == name }) else { return nil }
        return NotificationState(settings: NotificationSettings(enabled: [], historyLimit: Self.limit(of: name, in: store)))
    }

    /// Keeps the limit of history and puts it in force; the other settings are not looked at.
    public func setNotifications(_ settings: NotificationSettings, of name: String) throws {
        guard let agent = agents.first(where: { $0.name == name }) else { return }
        try store.keep(historyLimit: settings.historyLimit, of: name)
        agent.setHistoryLimit(Int(settings.historyLimit))
    }
}
