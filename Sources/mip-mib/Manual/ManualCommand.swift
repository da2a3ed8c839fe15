import ArgumentParser
import Foundation
import JSON

/// Writes the manual pages. The command is hidden, because it is run by `scripts/install`.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Write a manual page for each subcommand to a directory.",
        usage: "mip-mib manual <directory>",
        discussion: "Example: mip-mib manual /usr/local/share/man/man1", shouldDisplay: false)

    @Argument(help: "The directory; it is created if it does not exist.") var directory: String

    func run() throws {
        let pages = try ManualPage.all(in: JSONValue(json: Array(ManagementCommand.helpDump.utf8)))
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            for page in pages {
                try page.text.write(toFile: "\(directory)/\(page.name).1", atomically: true, encoding: .utf8)
            }
        } catch {
            throw CommandFailure.usage("cannot write to '\(directory)': \(error.localizedDescription)")
        }
    }
}

extension ManagementCommand {
    /// Every command and its arguments, as JSON.
    static let helpDump = _dumpHelp()
}
