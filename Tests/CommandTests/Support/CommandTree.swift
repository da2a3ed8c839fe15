import Foundation
import JSON
import Testing

@testable import mip_mib

/// All commands, as declared to the argument parser. A new command is tested as soon as it is in the program.
enum CommandTree {
    struct Command: Sendable, CustomTestStringConvertible {
        /// The command's words, without the program's name.
        let path: [String]
        /// The long names of its options.
        let options: Set<String>
        /// The names of those options that take a value.
        let valueOptions: Set<String>
        let hasSubcommands: Bool

        var testDescription: String { path.joined(separator: " ") }
        /// The name used in file names.
        var name: String { path.joined(separator: "-") }
    }

    /// Every command, starting with the program itself.
    static let all: [Command] = {
        let dump = try? JSONValue(json: Array(ManagementCommand.helpDump.utf8))
        return dump?.object?["command"]?.object.map { commands($0, []) } ?? []
    }()

    /// The commands without subcommands.
    static let leaves = all.filter { !$0.hasSubcommands }

    private static func commands(_ command: Row, _ path: [String]) -> [Command] {
        let inner = (command["subcommands"]?.array ?? []).compactMap(\.object).filter { $0.text("commandName") != "help" }
        func names(_ argument: Row) -> [String] { (argument["names"]?.array ?? []).compactMap { $0.object?.text("name") } }
        let arguments = (command["arguments"]?.array ?? []).compactMap(\.object)
        let own = Command(
            path: path, options: Set(arguments.flatMap(names)),
            valueOptions: Set(arguments.filter { $0.text("kind") == "option" }.flatMap(names)), hasSubcommands: !inner.isEmpty)
        return [own] + inner.flatMap { commands($0, path + [$0.text("commandName") ?? ""]) }
    }
}
