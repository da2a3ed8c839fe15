import AgentModel
import Foundation

/// What outlives the daemon, as one JSON file with mode 0600.
package struct PersistentState: Codable, Equatable, Sendable {
    /// snmpEngineID in hexadecimal digits; nil until there is one.
    package var engineID: String?
    /// snmpEngineBoots of the last start (RFC 3414 §2.2.2).
    package var engineBoots: UInt32 = 0
    /// What managers have written, by the name of the agent.
    var agents: [String: WrittenSettings] = [:]

    /// Settings that differ from the operator's configuration because a manager wrote them.
    struct WrittenSettings: Codable, Equatable, Sendable {
        var enabled: [String: Bool]?
        var nodeInterval: UInt32?
        var maximumRate: UInt32?
        /// By mipExtCapacityResource.
        var thresholds: [String: CapacityThreshold]?
        var historyLimit: UInt32?

        init() {}

        /// The difference between what was written and what the configuration says.
        init(_ settings: NotificationSettings, over configured: NotificationSettings) {
            let changed = settings.enabled.symmetricDifference(configured.enabled)
            if !changed.isEmpty {
                enabled = Dictionary(uniqueKeysWithValues: changed.map { ($0.rawValue, settings.enabled.contains($0)) })
            }
            if settings.nodeInterval != configured.nodeInterval { nodeInterval = settings.nodeInterval }
            if settings.maximumRate != configured.maximumRate { maximumRate = settings.maximumRate }
            if settings.historyLimit != configured.historyLimit { historyLimit = settings.historyLimit }
            let different = settings.thresholds.filter { configured.thresholds[$0.key] != $0.value }
            if !different.isEmpty {
                thresholds = Dictionary(uniqueKeysWithValues: different.map { ($0.key.rawValue, $0.value) })
            }
        }

        /// The configuration with what was written in its place. What is out of range in a file that was edited is left out.
        func applied(to configured: NotificationSettings) -> NotificationSettings {
            var settings = configured
            for (name, isEnabled) in enabled ?? [:] {
                guard let kind = NotificationKind(rawValue: name) else { continue }
                if isEnabled { settings.enabled.insert(kind) } else { settings.enabled.remove(kind) }
            }
            if let nodeInterval, nodeInterval <= 3600 { settings.nodeInterval = nodeInterval }
            if let maximumRate, maximumRate <= 60_000 { settings.maximumRate = maximumRate }
            if let historyLimit, historyLimit <= 1_000_000 { settings.historyLimit = historyLimit }
            for (name, pair) in thresholds ?? [:] where pair.rising <= 100 && pair.falling <= 100 {
                if let resource = CapacityResource(rawValue: name) { settings.thresholds[resource] = pair }
            }
            return settings
        }
    }
}

/// The file of `PersistentState`.
struct PersistentStateFile: Sendable {
    /// Its path.
    let path: String

    /// What the file holds; an empty state when there is none. A file that is none of ours is an error, not overwritten unseen.
    func read() throws -> PersistentState {
        guard FileManager.default.fileExists(atPath: path) else { return PersistentState() }
        return try JSONDecoder().decode(PersistentState.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Replaces the file as a whole: after a crash either the old or the new one is there.
    func write(_ state: PersistentState) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let octets = try encoder.encode(state)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("created") }
        defer { close(descriptor) }
        let isWritten = octets.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) == $0.count }
        guard isWritten, fsync(descriptor) == 0 else { throw failure("written") }
        guard rename(temporary, path) == 0 else { throw failure("replaced") }
    }

    private func failure(_ what: String) -> StateFileError {
        StateFileError(description: "the state file '\(path)' cannot be \(what): \(String(cString: strerror(errno)))")
    }
}

/// Why the state file could not be written.
struct StateFileError: Error, CustomStringConvertible {
    /// What could not be done to which file, and the cause, in one sentence.
    let description: String
}
