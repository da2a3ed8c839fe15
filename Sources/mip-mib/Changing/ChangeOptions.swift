import AgentModel
import ArgumentParser
import Foundation
import JSON

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

    /// Lets the target agent make the change, and prints `done`.
    func apply(_ change: AgentChange, at target: any ChangeTarget, done: String) async throws {
        let undo = try await target.apply(change, validate: dryRun)
        print(dryRun ? "this would be done: \(done)" : done)
        if let undo { print("to undo it within 60 seconds: mip-mib undo \(undo)") }
    }
}

/// Selects the agent to change.
struct TargetOptions: ParsableArguments {
    @OptionGroup var source: SourceOptions
    @Option(help: ArgumentHelp("Name of the agent, if there are several.", valueName: "name")) var agent: String?

    /// The agent to change.
    ///
    /// - Throws: A usage `CommandFailure` with the names of the agents, if none or several match.
    func target() async throws -> any ChangeTarget {
        let settings = try source.settings()
        guard let url = settings.target.url else {
            if settings.target.snmpHost != nil {
                throw CommandFailure.usage("changes need a control socket or a mip-mibd; give --socket or --url")
            }
            let all = try source.paths(settings)
            let paths = all.filter { agent == nil || SocketSource.name(of: $0) == agent }
            guard let path = paths.first, paths.count == 1 else { throw Self.ambiguous(all.map(SocketSource.name), agent) }
            return SocketTarget(path: path, timeout: settings.socketTimeout)
        }
        let daemon = try DaemonSource(settings, url: url)
        if let agent { return DaemonTarget(daemon: daemon, agent: agent) }
        let known = CollectedRows()
        _ = try await daemon.read(.agents, where: [], known.append)
        let names = known.rows.compactMap { $0.text("agent") }
        guard let name = names.first, names.count == 1 else { throw Self.ambiguous(names, nil) }
        return DaemonTarget(daemon: daemon, agent: name)
    }

    private static func ambiguous(_ names: [String], _ wanted: String?) -> CommandFailure {
        guard !names.isEmpty else { return .usage("no agent to change; the management daemon has none") }
        let known = names.joined(separator: ", ")
        if let wanted, !names.contains(wanted) { return .usage("no agent named '\(wanted)'; known agents: \(known)") }
        let isDistinct = Set(names).count == names.count
        return .usage("several agents: \(known). Choose one with --agent NAME" + (isDistinct ? "" : " or --socket PATH"))
    }
}
