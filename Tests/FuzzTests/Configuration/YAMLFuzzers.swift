import AgentDaemon
import DaemonSupport
import FuzzSupport
import NodeDaemon

@testable import mip_mibd

/// The configuration of `mip-agentd`.
enum AgentConfigurationFuzzer: FuzzTarget {
    static let name = "yaml-agentd"
    static let about = "a file is accepted, or each mistake has a position in it and fits on one line"
    static let maximumLength = 4096

    static func run(_ input: [UInt8]) throws { try YAML.check(input) { AgentDaemonConfiguration($0) } }
}

/// The configuration of `mip-node`.
enum NodeConfigurationFuzzer: FuzzTarget {
    static let name = "yaml-node"
    static let about = AgentConfigurationFuzzer.about
    static let maximumLength = 4096

    static func run(_ input: [UInt8]) throws { try YAML.check(input) { NodeDaemonConfiguration($0) } }
}

/// The configuration of `mip-mibd`.
enum ManagementConfigurationFuzzer: FuzzTarget {
    static let name = "yaml-mibd"
    static let about = AgentConfigurationFuzzer.about
    static let maximumLength = 4096

    static func run(_ input: [UInt8]) throws { try YAML.check(input) { ManagementDaemonConfiguration($0) } }
}

private enum YAML {
    private static let lineBreaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]

    static func check<Configuration>(_ input: [UInt8], _ read: (ConfigurationSection) -> Configuration) throws {
        // Files that are not UTF-8 are refused before they are parsed.
        guard let text = String(validating: input, as: UTF8.self) else { return }
        let found: ConfigurationMistakes
        do throws(ConfigurationMistakes) {
            // In a folder that does not exist, so that no file that the input names is read.
            _ = try ConfigurationFile.read(text: text, named: "/nonexistent/fuzz.yaml", read)
            return
        } catch {
            found = error
        }
        try require(!found.mistakes.isEmpty, "refused without a mistake")
        let lines = text.unicodeScalars.count { lineBreaks.contains($0) }
        var last: ConfigurationPosition?
        for mistake in found.mistakes {
            let line = mistake.description
            try require(!mistake.problem.isEmpty && !mistake.remedy.isEmpty, "a mistake without an explanation: \(line)")
            let hasControl = line.unicodeScalars.contains { $0.properties.generalCategory == .control }
            try require(!hasControl, "a mistake with control characters: \(line.debugDescription)")
            try require(line.utf8.count < 4096, "a mistake of \(line.utf8.count) bytes")
            guard let position = mistake.position else { continue }
            try require((1...lines + 2).contains(position.line) && position.column >= 1, "no such place: \(line)")
            if let last { try require(last <= position, "mistakes out of order: \(line)") }
            last = position
        }
    }
}
