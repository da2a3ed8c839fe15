import NIOConcurrencyHelpers

/// The daemon's persistent state, read once and written as it changes. Any thread.
package final class StateStore: Sendable {
    private let file: PersistentStateFile
    private let contents: NIOLockedValueBox<PersistentState>
    /// Whether a file that could not be read is still in its place.
    private let isUnreadable: NIOLockedValueBox<Bool>

    /// Why the file could not be read; nil when it was, or when there is none yet.
    package let readFailure: (any Error)?

    /// Reads the file. One that cannot be read is left alone until something is to be written, and then moved to `PATH.unreadable`.
    package init(path: String) {
        file = PersistentStateFile(path: path)
        var state = PersistentState()
        var failure: (any Error)?
        do {
            state = try file.read()
        } catch {
            failure = error
        }
        readFailure = failure
        contents = NIOLockedValueBox(state)
        isUnreadable = NIOLockedValueBox(failure != nil)
    }

    /// What was read, and written since.
    package var state: PersistentState { contents.withLockedValue { $0 } }

    /// What an agent's notifications are set to: the configuration with what was written in its place.
    package func settings(of agent: String, configured: NotificationSettings) -> NotificationSettings {
        contents.withLockedValue { $0.agents[agent]?.applied(to: configured) ?? configured }
    }

    /// Keeps written settings.
    package func keep(_ settings: NotificationSettings, of agent: String, configured: NotificationSettings) throws {
        try change { $0.agents[agent] = PersistentState.WrittenSettings(settings, over: configured) }
    }

    /// Keeps how many registrations of an agent that ended are kept, and leaves its other settings as they were written.
    func keep(historyLimit limit: UInt32, of agent: String) throws {
        try change {
            $0.agents[agent, default: PersistentState.WrittenSettings()].historyLimit =
                limit == NotificationSettings().historyLimit ? nil : limit
        }
    }

    /// Changes the state, once it is written.
    package func change(_ body: (inout PersistentState) -> Void) throws {
        try contents.withLockedValue { contents in
            var state = contents
            body(&state)
            guard state != contents else { return }
            try isUnreadable.withLockedValue { isUnreadable in
                if isUnreadable { try file.moveAside() }
                isUnreadable = false
            }
            try file.write(state)
            contents = state
        }
    }
}
