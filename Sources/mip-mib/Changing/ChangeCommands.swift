import AgentControl
import ArgumentParser
import Foundation
import ManagementCore
import MobileIPv4

/// What commands that change something have in common.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Do it without asking.")
    var yes = false

    /// Asks at a terminal; without one `--yes` is needed.
    func confirm(_ question: String) throws {
        if yes { return }
        guard isatty(0) == 1 else { throw CommandFailure.usage("\(question) Not asked without a terminal; add --yes.") }
        FileHandle.standardError.write(Data("\(question) [y/N] ".utf8))
        guard readLine()?.lowercased().hasPrefix("y") == true else { throw CommandFailure.usage("nothing was changed") }
    }
}

extension SourceOptions {
    /// Runs a command on the one agent meant and turns its errors into exit statuses.
    func perform<R: Sendable>(
        _ body: @escaping @Sendable (AgentControlClient.Calls) async throws -> R
    ) async throws -> R {
        let paths = try paths(try settings())
        guard let path = paths.first, paths.count == 1 else {
            throw CommandFailure.usage("\(paths.count) agents run here; say which with --socket PATH")
        }
        do {
            return try await AgentCommands(socketPath: path).run(body)
        } catch {
            switch error {
            case .bindingNotFound: throw CommandFailure.nothingFound("such binding: \(error.description)")
            case .refused: throw CommandFailure.refused(error.description)
            default: throw CommandFailure.unreachable(error.description)
            }
        }
    }
}

struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End the bindings of a home address; the mobile node is not told.")

    @Argument(help: "The home address.") var homeAddress: String
    @Option(name: .customLong("care-of"), help: "Only the binding with this care-of address.") var careOf: String?
    @OptionGroup var source: SourceOptions
    @OptionGroup var options: ChangeOptions

    func run() async throws {
        guard let home = IPv4Address(homeAddress) else {
            throw CommandFailure.usage("'\(homeAddress)' is not an IPv4 address such as 10.0.0.7")
        }
        let care = try careOf.map { text in
            guard let address = IPv4Address(text) else {
                throw CommandFailure.usage("--care-of '\(text)' is not an IPv4 address such as 192.0.2.1")
            }
            return address
        }
        try options.confirm("End the binding of \(home)?")
        let ended = try await source.perform { try await $0.revokeBinding(homeAddress: home, careOfAddress: care) }
        print("\(ended) binding\(ended == 1 ? "" : "s") of \(home) ended")
    }
}

struct EnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "enable", abstract: "Switch registration on.")
    @OptionGroup var source: SourceOptions

    func run() async throws {
        try await source.perform { try await $0.setEnabled(true) }
        print("registration is enabled")
    }
}

struct DisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Switch registration off; bindings and visits stay until they run out.")
    @OptionGroup var source: SourceOptions
    @OptionGroup var options: ChangeOptions

    func run() async throws {
        try options.confirm("Refuse all registrations from now on?")
        try await source.perform { try await $0.setEnabled(false) }
        print("registration is disabled")
    }
}
