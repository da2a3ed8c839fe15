import AgentControl
import AgentModel
import ArgumentParser
import Foundation
import ManagementCore

/// What commands that change something have in common.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Do it without asking.") var yes = false
    @Flag(help: "Let the agent check the change, and make none.") var dryRun = false

    /// Asks at a terminal; without one `--yes` is needed.
    func confirm(_ question: String) throws {
        if yes || dryRun { return }
        guard isatty(0) == 1 else { throw CommandFailure.usage("\(question) Not asked without a terminal; add --yes.") }
        StandardError.put("\(question) [y/N] ")
        guard readLine()?.lowercased().hasPrefix("y") == true else { throw CommandFailure.usage("nothing was changed") }
    }

    /// Has the one agent that is meant make the changes, all or none, and prints `done`.
    func apply(_ changes: [AgentChange], at source: SourceOptions, done: String) async throws {
        let validate = dryRun
        let result = try await source.perform { try await $0.apply(changes, validate: validate) }
        print(dryRun ? "this would be done: \(done)" : done)
        if let token = result.undo { print("'mip-mib undo \(token)' takes it back within 60 seconds") }
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
            case .changeRefused(let refusal) where refusal.problem == .notFound:
                throw CommandFailure(message: "the agent found nothing to change: \(refusal.reason)", status: 1)
            case .changeRefused(let refusal):
                throw CommandFailure.refused(
                    "the agent refused" + (refusal.field.map { " \($0)" } ?? "") + ": \(refusal.reason)")
            case .refused: throw CommandFailure.refused(error.description)
            default: throw CommandFailure.unreachable(error.description)
            }
        }
    }
}
