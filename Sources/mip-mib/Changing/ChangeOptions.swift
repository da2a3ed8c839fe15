import AgentModel
import ArgumentParser
import Foundation

/// Options common to the commands that change something.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Do not ask for confirmation.") var yes = false
    @Flag(help: "Only let the agent check the change, without making it.") var dryRun = false

    /// Asks for confirmation at a terminal; without a terminal, `--yes` is required.
    func confirm(_ question: String) throws {
        if yes || dryRun { return }
        guard isatty(0) == 1 else { throw CommandFailure.usage("\(question) Cannot ask without a terminal; add --yes.") }
        StandardError.put("\(question) [y/N] ")
        guard readLine()?.lowercased().hasPrefix("y") == true else { throw CommandFailure.usage("nothing was changed") }
    }

    /// Lets the agent that `place` selects make the change, and prints `done`.
    func apply(_ change: AgentChange, at place: TargetOptions, done: String) async throws {
        let target = try await place.target(for: change)
        let undo = try await target.apply(change, validate: dryRun)
        print(dryRun ? "this would be done: \(done)" : done)
        if let undo { print("to undo it within 60 seconds: \(undo)") }
        if !dryRun { await Self.warnIfLost(at: target) }
    }

    /// Says so if the change may be lost when the agent restarts.
    static func warnIfLost(at target: any ChangeTarget) async {
        guard await target.keepsChanges() == false else { return }
        StandardError.write("the agent reports no state file, so it may forget this when it restarts")
    }
}
