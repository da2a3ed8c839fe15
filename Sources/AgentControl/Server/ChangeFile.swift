package import AgentModel
import Foundation
package import Persistence

/// Where an agent keeps what operators have changed, keys included, so that it is there again after a restart: one JSON object, readable
/// by its owner alone.
package struct ChangeFile: Sendable {
    private struct Contents: Codable {
        var version: Int
        var changes: [AgentChangeRequest]
    }

    private let file: StateFile

    package init(path: String) { file = StateFile(path: path) }

    /// What was kept, in the order in which it is to be made again; nothing when there is no file.
    package func read() throws(StateFile.Failure) -> [AgentChange] {
        guard let data = try file.read() else { return [] }
        let contents: Contents
        do {
            contents = try JSONDecoder().decode(Contents.self, from: data)
        } catch {
            // The decoder's own words may quote what is in the file.
            throw StateFile.Failure(
                "the state file '\(file.path)' was not written by this daemon; move it aside to start without what it holds")
        }
        guard contents.version == 1 else {
            throw StateFile.Failure(
                "the state file '\(file.path)' has version \(contents.version), and this daemon knows version 1 only")
        }
        return contents.changes.map(\.change)
    }

    /// Replaces the file whole, or leaves it as it was.
    package func write(_ changes: [AgentChange]) throws(StateFile.Failure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data: Data
        do {
            data = try encoder.encode(Contents(version: 1, changes: changes.map(AgentChangeRequest.init)))
        } catch {
            throw StateFile.Failure("what is kept in '\(file.path)' cannot be written as JSON")
        }
        try file.write(data)
    }
}
