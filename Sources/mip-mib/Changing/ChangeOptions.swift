import AgentModel
import ArgumentParser
import Foundation
import JSON

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

    /// Has the one agent that is meant make the change, and prints `done`.
    func apply(_ change: AgentChange, at target: any ChangeTarget, done: String) async throws {
        let undo = try await target.apply(change, validate: dryRun)
        print(dryRun ? "this would be done: \(done)" : done)
        if let undo { print("'mip-mib undo \(undo)' takes it back within 60 seconds") }
    }
}

/// Which agent is changed.
struct TargetOptions: ParsableArguments {
    @OptionGroup var source: SourceOptions
    @Option(help: ArgumentHelp("Which agent, where there are several.", valueName: "name")) var agent: String?

    /// The one agent that is meant.
    ///
    /// - Throws: `CommandFailure` of wrong use when there are several, with their names.
    func target() async throws -> any ChangeTarget {
        let settings = try source.settings()
        guard let url = settings.target.url else {
            if settings.target.snmpHost != nil {
                throw CommandFailure.usage("changes are made at a control socket or a mip-mibd; give --socket or --url")
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
        let known = names.isEmpty ? "there is none" : "there are \(names.joined(separator: ", "))"
        return .usage(
            wanted.map { "no agent is called '\($0)'; \(known)" }
                ?? "\(known); say which with --agent NAME" + (Set(names).count < names.count ? " or --socket PATH" : ""))
    }
}
