package import AgentModel
import Foundation
package import Persistence

/// Where an agent keeps the changes made by operators, including keys, so that they survive a restart: one JSON object, readable only by
/// its owner.
package struct ChangeFile: Sendable {
    private struct Contents: Codable {
        var version: Int
        var changes: [AgentChangeRequest]
    }

    private let file: StateFile

    package init(path: String) { file = StateFile(path: path) }

    /// The saved changes in the order in which they are to be made again; empty if there is no file.
    package func read() throws(StateFile.Failure) -> [AgentChange] {
        guard let data = try file.read() else { return [] }
        let contents: Contents
        do {
            contents = try JSONDecoder().decode(Contents.self, from: data)
        } catch {
            // The decoder's message is not used because it may quote the file's contents.
            throw StateFile.Failure(
                "state file '\(file.path)' was not written by this daemon; move it aside to start with an empty state")
        }
        guard contents.version == 1 else {
            throw StateFile.Failure(
                "state file '\(file.path)' has version \(contents.version), but this daemon only supports version 1")
        }
        return contents.changes.map(\.change)
    }

    /// Replaces the whole file, or leaves it unchanged.
    package func write(_ changes: [AgentChange]) throws(StateFile.Failure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data: Data
        do {
            data = try encoder.encode(Contents(version: 1, changes: changes.map(AgentChangeRequest.init)))
        } catch {
            throw StateFile.Failure("cannot write state file '\(file.path)': the changes cannot be encoded as JSON")
        }
        try file.write(data)
    }

    /// Why the file cannot be written; nil if it can. Tries to make a file where `write` makes one, because no other check is sure: file
    /// systems may refuse root too.
    package func writeProblem() -> String? {
        let trial = file.path + ".new"
        unlink(trial)
        let descriptor = open(trial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            return "cannot write state file '\(file.path)': \(String(cString: strerror(errno)))"
        }
        close(descriptor)
        unlink(trial)
        return nil
    }
}
