import ArgumentParser
import Foundation
import JSON

/// Writes the manual pages. Hidden: `scripts/install` runs it.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Write a manual page for each subcommand into a folder.",
        usage: "mip-mib manual <folder>",
        discussion: "Example: mip-mib manual /usr/local/share/man/man1", shouldDisplay: false)

    @Argument(help: "The folder; it is made when it is missing.") var folder: String

    func run() throws {
        let pages = try ManualPage.all(in: JSONValue(json: Array(ManagementCommand.helpDump.utf8)))
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for page in pages {
                try page.text.write(toFile: "\(folder)/\(page.name).1", atomically: true, encoding: .utf8)
            }
        } catch {
            throw CommandFailure.usage("'\(folder)' cannot be written: \(error.localizedDescription)")
        }
    }
}

extension ManagementCommand {
    /// Every command and its arguments, as JSON.
    static var helpDump: String { _dumpHelp() }
}
