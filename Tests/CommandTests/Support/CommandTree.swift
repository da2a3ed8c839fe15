import Foundation
import JSON
import Testing

@testable import mip_mib

/// The commands there are, as the argument parser knows them: a new one is in the tests as soon as it is in the program.
enum CommandTree {
    struct Command: Sendable, CustomTestStringConvertible {
        /// Without the program's name.
        let path: [String]
        /// Long names of its options.
        let options: Set<String>
        let hasSubcommands: Bool

        var testDescription: String { path.joined(separator: " ") }
        /// For names of files.
        var name: String { path.joined(separator: "-") }
    }

    /// Every command, the program itself first.
    static let all: [Command] = {
        let dump = try? JSONValue(json: Array(ManagementCommand.helpDump.utf8))
        return dump?.object?["command"]?.object.map { commands($0, []) } ?? []
    }()

    /// Those that do something themselves.
    static let leaves = all.filter { !$0.hasSubcommands }

    private static func commands(_ command: Row, _ path: [String]) -> [Command] {
        let inner = (command["subcommands"]?.array ?? []).compactMap(\.object).filter { $0.text("commandName") != "help" }
        let options = (command["arguments"]?.array ?? []).compactMap(\.object).flatMap { argument in
            (argument["names"]?.array ?? []).compactMap { $0.object?.text("name") }
        }
        let own = Command(path: path, options: Set(options), hasSubcommands: !inner.isEmpty)
        return [own] + inner.flatMap { commands($0, path + [$0.text("commandName") ?? ""]) }
    }
}
