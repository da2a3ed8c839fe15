import AgentModel
import Foundation
import Persistence

/// State that persists across restarts of the daemon, in one JSON file with mode 0600.
package struct PersistentState: Codable, Equatable, Sendable {
    /// snmpEngineID in hexadecimal digits; nil until there is one.
    package var engineID: String?
    /// snmpEngineBoots of the last start (RFC 3414 §2.2.2).
    package var engineBoots: UInt32 = 0
    /// What managers have written, by agent name.
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

        /// The configuration, overridden by what was written. Values out of range, as in an edited file, are ignored.
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
    private let file: StateFile

    init(path: String) { file = StateFile(path: path) }

    /// The content of the file; an empty state if there is no file. A file that this daemon did not write is an error, and is not silently
    /// overwritten.
    func read() throws -> PersistentState {
        guard let data = try file.read() else { return PersistentState() }
        return try JSONDecoder().decode(PersistentState.self, from: data)
    }

    /// Renames the file to `PATH.unreadable`.
    func moveAside() throws { try file.moveAside() }

    /// Replaces the whole file, and creates its folder if necessary.
    func write(_ state: PersistentState) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let data = try encoder.encode(state)
        let folder = URL(fileURLWithPath: file.path).deletingLastPathComponent()
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try file.write(data)
    }
}
