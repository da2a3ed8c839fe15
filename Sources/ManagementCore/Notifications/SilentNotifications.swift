/// Notification control for a daemon that sends none because SNMP is off: `historyLimit` is saved and applied, and no kind is enabled.
///
/// Limits saved earlier, with SNMP on or off, are applied on initialisation.
public struct SilentNotifications: NotificationControl {
    private let agents: [ManagedAgent]
    private let store: StateStore

    /// - Parameter stateFile: the file with the daemon's persistent state.
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

    /// Why the state file could not be read; nil if it was read or does not exist yet.
    public var readFailure: (any Error)? { store.readFailure }

    /// Always false.
    public var sendsNotifications: Bool { false }

    /// No kind enabled, nothing sent, and the current history limit.
    public func notifications(of name: String) -> NotificationState? {
        guard agents.contains(where: { $0.name == name }) else { return nil }
        return NotificationState(settings: NotificationSettings(enabled: [], historyLimit: Self.limit(of: name, in: store)))
    }

    /// Saves and applies the history limit; ignores the other settings.
    public func setNotifications(_ settings: NotificationSettings, of name: String) throws {
        guard let agent = agents.first(where: { $0.name == name }) else { return }
        try store.keep(historyLimit: settings.historyLimit, of: name)
        agent.setHistoryLimit(Int(settings.historyLimit))
    }
}
