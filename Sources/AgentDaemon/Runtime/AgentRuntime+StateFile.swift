import AgentControl
import AgentModel
import Logging
import MobilityAgent
import MobilityLink
import NIOCore
import Persistence

/// Whether the changes of operators can be saved.
extension AgentRuntime {
    /// How long until a state file that cannot be written is looked at again.
    private static let stateFileInterval = TimeAmount.seconds(2)

    /// Finds out whether changes can be saved, so that an operator need not wait for the first change to fail.
    func tryStateFile() {
        guard let problem = stateFile?.writeProblem() else { return }
        stateError = problem
        logger.warning("changes cannot be saved", metadata: ["error": "\(problem)"])
        publishStateError()
    }

    /// Writes what is to be restored after a restart. Returns the reason if that fails.
    func save() -> String? {
        guard let file = stateFile else { return nil }
        do {
            try file.write(agent.keptChanges + (discovery?.keptChanges ?? []))
            (stateError, isSaveDue) = ("", false)
            return nil
        } catch {
            (stateError, isSaveDue) = (error.description, true)
            return error.description
        }
    }

    /// Publishes whether changes can be saved, if that has changed. As long as they cannot, the file is looked at again.
    func publishStateError() {
        guard !isStopped else { return }
        if !stateError.isEmpty { tryStateFileSoon() }
        guard stateError != publishedStateError else { return }
        publishedStateError = stateError
        publish([.information(information)], time)
    }

    private func tryStateFileSoon() {
        guard stateFileTask == nil else { return }
        stateFileTask = loop.assumeIsolated().scheduleTask(in: Self.stateFileInterval) { [self] in
            stateFileTask = nil
            guard !isStopped, !stateError.isEmpty else { return }
            if let problem = stateFile?.writeProblem() {
                stateError = problem
            } else if isSaveDue {
                // Only a whole file shows what a small one does not, such as a disk that is nearly full.
                _ = save()
            } else {
                stateError = ""
            }
            if stateError.isEmpty { logger.notice("changes can be saved again") }
            publishStateError()
        }
    }
}
