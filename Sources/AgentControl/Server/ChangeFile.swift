package import AgentModel
import Foundation

/// Where an agent keeps what operators have changed, keys included, so that it is there again after a restart: one JSON object, readable
/// by its owner alone.
package struct ChangeFile: Sendable {
    /// Why the file cannot be used, in words for the operator. Never a key.
    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    private struct Contents: Codable {
        var version: Int
        var changes: [AgentChangeRequest]
    }

    /// Path of the file.
    package let path: String

    package init(path: String) { self.path = path }

    /// What was kept, in the order in which it is to be made again; nothing when there is no file.
    package func read() throws(Problem) -> [AgentChange] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Problem(description: "the state file '\(path)' cannot be read; it must be readable by the daemon's user")
        }
        let contents: Contents
        do {
            contents = try JSONDecoder().decode(Contents.self, from: data)
        } catch {
            // The decoder's own words may quote what is in the file.
            throw Problem(
                description:
                    "the state file '\(path)' is none that this daemon has written; move it away to start without what it holds")
        }
        guard contents.version == 1 else {
            throw Problem(
                description: "the state file '\(path)' has version \(contents.version), and this daemon knows version 1 only")
        }
        return contents.changes.map(\.change)
    }

    /// Replaces the file whole, or leaves it as it was.
    package func write(_ changes: [AgentChange]) throws(Problem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let temporary = path + ".new"
        guard let data = try? encoder.encode(Contents(version: 1, changes: changes.map(AgentChangeRequest.init))) else {
            throw Problem(description: "what is kept in '\(path)' cannot be written as JSON")
        }
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        var cause: CInt = 0
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            try handle.write(contentsOf: data)
            if fsync(descriptor) != 0 { cause = errno }
        } catch {
            cause = errno == 0 ? EIO : errno
        }
        if close(descriptor) != 0 && cause == 0 { cause = errno }
        if cause == 0 && rename(temporary, path) != 0 { cause = errno }
        guard cause == 0 else {
            unlink(temporary)
            throw failure(cause)
        }
    }

    private func failure(_ code: CInt) -> Problem {
        Problem(description: "the state file '\(path)' cannot be written: \(String(cString: strerror(code)))")
    }
}
