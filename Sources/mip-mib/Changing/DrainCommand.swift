import AgentModel
import ArgumentParser
import MobileIPv4

struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain", abstract: "Move the nodes of a home agent to other home agents, or show how far that has got.",
        usage: "mip-mib drain [<options>] [<home-agent> ...]",
        discussion: """
            The home agent redirects nodes that ask for any home agent (RFC 4433), revokes their bindings if the other end can be \
            informed (RFC 3543), and refuses new nodes that name it. Other bindings last until they end. It goes on, also over a \
            restart, until 'mip-mib drain --end'. Without home agents, the command shows how many bindings are left; its status is \
            1 if the home agent does not drain.

            Nodes move only if their configuration lets them register with any home agent. The other home agents must know the \
            keys of these nodes.

            Examples:
              mip-mib drain 198.51.100.1 198.51.100.2 --text 'Maintenance at 22:00'
              mip-mib drain 198.51.100.1 --yes --wait 300
              mip-mib drain
              mip-mib drain --end
            """)

    @Argument(help: ArgumentHelp("Addresses of the home agents to which nodes are moved, at most 16.", valueName: "home-agent"))
    var homeAgents: [String] = []
    @Flag(help: "Serve new nodes again.") var end = false
    @Option(
        help: ArgumentHelp("A text for the other ends and the nodes, 1 to 254 bytes on one line.", valueName: "text"))
    var text: String?
    @Option(
        help: ArgumentHelp("Wait at most this long until no binding is left that can be moved.", valueName: "seconds"),
        transform: { try WholeNumber.parse($0, as: Int.self) })
    var wait: Int?
    @OptionGroup var place: TargetOptions
    @OptionGroup var options: ChangeOptions

    private static let interval = Duration.seconds(1)
    /// How long a management daemon may take to show what the home agent does.
    private static let patience = Duration.seconds(10)

    func validate() throws {
        if let wait, !(1...86_400).contains(wait) {
            throw ValidationError("--wait \(wait) is invalid; expected 1 to 86400 seconds")
        }
        if end, !homeAgents.isEmpty { throw ValidationError("--end takes no home agents; give one or the other") }
        if text != nil, homeAgents.isEmpty { throw ValidationError("--text needs the home agents to which nodes are moved") }
        if wait != nil, end || options.dryRun {
            throw ValidationError("--wait has nothing to wait for with \(end ? "--end" : "--dry-run"); leave it out")
        }
    }

    func run() async throws {
        if end {
            // Ending loses nothing, so there is no confirmation.
            return try await options.apply(.endDrain, at: place, done: "new nodes are served again")
        }
        if homeAgents.isEmpty {
            if try place.source.settings().target.snmpHost != nil {
                throw CommandFailure.usage(
                    "drains are shown from a control socket or a mip-mibd; give --socket or --url, or read "
                        + "mipExtDrainBindings.0 and mipExtDrainMovableBindings.0 with 'mip-mib get'")
            }
            return try await show(try await place.target(for: .endDrain))
        }
        let change = AgentChange.drain(try order())
        let targets = homeAgents.joined(separator: ", ")
        try options.confirm("Move the nodes to \(targets), and end their bindings here?")
        let target = try await place.target(for: change)
        let undo = try await target.apply(change, validate: options.dryRun)
        if options.dryRun { return print("this would be done: nodes are moved to \(targets)") }
        print("nodes are moved to \(targets)")
        if let undo { print("to undo it within 60 seconds: \(undo)") }
        await ChangeOptions.warnIfLost(at: target)
        guard wait != nil else {
            // The order is given, whether or not its progress can be read.
            if let progress = try? await target.drain() { print(progress.rest) }
            return
        }
        try await follow(target, try await begun(target))
    }

    /// How far the drain has got that was ordered just now, once the target shows it.
    private func begun(_ target: any ChangeTarget) async throws -> DrainProgress {
        let end = ContinuousClock.now + Self.patience
        while true {
            if let progress = try await target.drain() { return progress }
            guard ContinuousClock.now < end else {
                throw CommandFailure(message: "the home agent does not drain: the order was ended", status: 1)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func order() throws -> DrainOrder {
        let order = DrainOrder(
            homeAgents: try homeAgents.map { try address($0, named: "the home agent ", example: "198.51.100.1") },
            text: text ?? "")
        do throws(ChangeRefusal) {
            if let text { try OperatorText.check(text) }
            try order.check()
        } catch {
            throw CommandFailure.usage(error.reason)
        }
        return order
    }

    /// Shows the drain that is under way.
    private func show(_ target: any ChangeTarget) async throws {
        guard let progress = try await target.drain() else {
            throw CommandFailure(message: "the home agent does not drain", status: 1)
        }
        print(progress.sentence)
        try await follow(target, progress)
    }

    /// Prints what is left; with `--wait`, once nothing is left that can be moved, or when the time is over.
    private func follow(_ target: any ChangeTarget, _ first: DrainProgress) async throws {
        guard let wait else { return print(first.rest) }
        let end = ContinuousClock.now + .seconds(wait)
        var progress = first
        while progress.movable > 0, ContinuousClock.now < end {
            try await Task.sleep(for: Self.interval)
            guard let next = try await target.drain() else {
                throw CommandFailure(message: "the drain was ended while \(progress.movable) bindings could be moved", status: 1)
            }
            progress = next
        }
        guard progress.movable == 0 else { throw CommandFailure(message: progress.rest, status: 1) }
        print(progress.rest)
    }
}
