import NIOConcurrencyHelpers

/// The daemon's persistent state, read once and written whenever it changes. Use it from any thread.
package final class StateStore: Sendable {
    private let file: PersistentStateFile
    private let contents: NIOLockedValueBox<PersistentState>
    /// Whether the file could not be read and is still in place.
    private let isUnreadable: NIOLockedValueBox<Bool>

    /// Why the file could not be read; nil if it was read or does not exist yet.
    package let readFailure: (any Error)?

    /// Reads the file. A file that cannot be read is left alone until something is to be written, and then renamed to `PATH.unreadable`.
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

    /// The current state: what was read, with what was written since.
    package var state: PersistentState { contents.withLockedValue { $0 } }

    /// The notification settings of an agent: the configuration, overridden by what was written.
    package func settings(of agent: String, configured: NotificationSettings) -> NotificationSettings {
        contents.withLockedValue { $0.agents[agent]?.applied(to: configured) ?? configured }
    }

    /// Saves written settings.
    package func keep(_ settings: NotificationSettings, of agent: String, configured: NotificationSettings) throws {
        try change { $0.agents[agent] = PersistentState.WrittenSettings(settings, over: configured) }
    }

    /// Saves the history limit of an agent and leaves its other written settings unchanged.
    func keep(historyLimit limit: UInt32, of agent: String) throws {
        try change {
            $0.agents[agent, default: PersistentState.WrittenSettings()].historyLimit =
                limit == NotificationSettings().historyLimit ? nil : limit
        }
    }

    /// Changes the state, after it has been written to the file.
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
