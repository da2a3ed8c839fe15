import AgentControl
import AgentModel
import Logging
import MobileIPv4
import NIOCore
import Persistence

/// Whether the changes of operators can be saved.
extension NodeRuntime {
    /// How long until a state file that cannot be written is looked at again.
    private static let stateFileInterval = TimeAmount.seconds(2)

    /// Finds out whether changes can be saved, so that an operator need not wait for the first change to fail.
    func tryStateFile() {
        guard let problem = stateFile?.writeProblem() else { return }
        stateError = problem
        logger.warning("changes cannot be saved", metadata: ["error": "\(problem)"])
        tryStateFileSoon()
    }

    /// Writes what is to be restored after a restart. Returns the reason if that fails; then the file is looked at again.
    func save(_ state: Written) -> String? {
        guard let stateFile else { return nil }
        var changes: [AgentChange] = state.homeAgents.map { .addHomeAgent($0) }
        if let enabled = state.enabled { changes.append(.enabled(enabled)) }
        if !state.signalling.isEmpty { changes.append(.signalling(state.signalling)) }
        if !state.discovery.isEmpty { changes.append(.discovery(state.discovery)) }
        do {
            try stateFile.write(changes)
            (stateError, isSaveDue) = ("", false)
            return nil
        } catch {
            (stateError, isSaveDue) = (error.description, true)
            tryStateFileSoon()
            return error.description
        }
    }

    private func tryStateFileSoon() {
        guard stateFileTask == nil, !isStopped else { return }
        stateFileTask = loop.assumeIsolated().scheduleTask(in: Self.stateFileInterval) { [self] in
            stateFileTask = nil
            guard !isStopped, !stateError.isEmpty else { return }
            if let problem = stateFile?.writeProblem() {
                stateError = problem
            } else if isSaveDue {
                // Only a whole file shows what a small one does not, such as a disk that is nearly full.
                _ = save(written)
            } else {
                stateError = ""
            }
            if stateError.isEmpty { logger.notice("changes can be saved again") } else { tryStateFileSoon() }
            publishChanges()
        }
    }
}
