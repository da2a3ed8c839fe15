import AgentControl
import AgentModel
import ArgumentParser
import JSON
import ManagementCore
import Synchronization

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Show the events of agents as they happen.", usage: "mip-mib events [<options>]",
        discussion: """
            Agents do not keep events: with control sockets, events are shown as they happen, until Ctrl-C or until --limit is reached. \
            A management daemon (--url) keeps some events; those are shown, and with --follow the ones that happen from then on. \
            --after resumes after a known event, given by the id it has in JSON.

            Examples:
              mip-mib events
              mip-mib events --where kind=registrationDenied -o ndjson
              mip-mib events --home-address 10.0.0.7 --limit 1
              mip-mib events --url http://127.0.0.1:8044
              mip-mib events --url http://127.0.0.1:8044 --follow --after 3f2c-118
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var nodes: NodeOptions
    @OptionGroup var outputOptions: OutputOptions
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only events that satisfy this condition, such as kind=revoked.", valueName: "condition"))
    var conditions: [String] = []
    @Option(
        help: ArgumentHelp("Stop after this many events.", valueName: "count"),
        transform: { try WholeNumber.parse($0, as: Int.self) })
    var limit: Int?
    @Flag(help: "Keep running until Ctrl-C; with control sockets this is always so.") var follow = false
    @Option(help: ArgumentHelp("Resume after this event; needs --url.", valueName: "id")) var after: String?

    static let columns = [
        "time", "agent", "kind", "role", "homeAddress", "nai", "careOfAddress", "previousCareOfAddress", "homeAgent",
        "sourceAddress", "code", "violationReason", "spi", "message", "id",
    ].map { Column($0) }

    static let members = RowMembers(columns.map(\.name), of: AgentEvent.self)

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit) is invalid; expected 1 or more") }
    }

    func run() async throws {
        let settings = try source.settings()
        let format = try outputOptions.format(settings)
        let narrowing = try nodes.conditions()
        let own = try conditions.map { try RowCondition($0) }
        for condition in own { try condition.check(in: Self.members, of: "events") }
        let sink = EventSink(format: format, conditions: narrowing + own, limit: limit ?? .max, zone: outputOptions.zone)
        if let url = settings.target.url {
            let daemon = try DaemonSource(settings, url: url)
            let chosen = try await daemon.chosenAgents()
            // The API can select one agent.
            let agent = chosen.flatMap { $0.count == 1 ? $0.first : nil }.map {
                RowCondition(path: "agent", comparison: .equal, operand: $0)
            }
            let query = DaemonSource.query(
                narrowing + [agent].compactMap { $0 }, known: ["agent", "homeAddress", "careOfAddress", "nai"])
            let take: @Sendable (Row) -> Bool = { row in
                chosen?.contains(row.text("agent") ?? "") ?? true ? sink.take(row) : true
            }
            if follow {
                try await daemon.follow(query, after: after, take)
            } else {
                try await daemon.keptEvents(query, after: after, take)
            }
            guard sink.end() > 0 else {
                guard format.isForPeople else { throw ExitCode(1) }
                throw CommandFailure.nothingFound("event")
            }
            return
        }
        if after != nil {
            throw CommandFailure.usage("--after needs a management daemon, which keeps events; give its URL with --url")
        }
        try await listen(at: try await source.paths(settings), settings.socketTimeout, sink)
        _ = sink.end()
    }

    /// Listens to the agents themselves until one of them ends the connection or the limit is reached.
    private func listen(at paths: [String], _ timeout: Duration, _ sink: EventSink) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for path in paths {
                group.addTask {
                    do {
                        let agent = Mutex(LocalAgents.alias(of: path))
                        try await AgentCommands(socketPath: path, limit: timeout).follow([.events, .information]) { update in
                            let name = agent.withLock { $0 }
                            if let note = update.faults.sentence(from: name, nil, at: path) { StandardError.write(note) }
                            return try update.changes.allSatisfy { change in
                                switch change {
                                case .information(let own):
                                    if !own.name.isEmpty { agent.withLock { $0 = own.name } }
                                    return true
                                case .event(let event):
                                    let name = agent.withLock { $0 }
                                    return try sink.take(Row(encoding: Resource(agent: name, record: event)))
                                default: return true
                                }
                            }
                        }
                    } catch let error as ControlError {
                        throw CommandFailure.unreachable(error.sentence(about: path))
                    }
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}

/// Prints the events of several agents, each as soon as it arrives.
private final class EventSink: Sendable {
    private struct State {
        var output = StandardOutput()
        var printer: any RowPrinter
        var count = 0
        var hasBegun = false
    }

    private let conditions: [RowCondition]
    private let limit: Int
    private let state: Mutex<State>

    init(format: OutputFormat, conditions: [RowCondition], limit: Int, zone: ShownTime.Zone) {
        self.conditions = conditions
        self.limit = limit
        let printer: any RowPrinter =
            format.isForPeople
            ? EventLinePrinter(zone: zone)
            : format.printer(columns: EventsCommand.columns, chosen: nil, hasHeader: true, zone: zone)
        state = Mutex(State(printer: printer))
    }

    /// Returns whether more are wanted.
    func take(_ row: Row) -> Bool {
        guard conditions.allSatisfy({ $0.holds(for: row) }) else { return true }
        return state.withLock { state in
            begin(&state)
            state.printer.print(row, to: &state.output)
            state.output.flush()
            state.count += 1
            return state.count < limit
        }
    }

    /// Ends the output. Returns how many events were printed.
    func end() -> Int {
        state.withLock { state in
            begin(&state)
            state.printer.end(to: &state.output)
            state.output.flush()
            return state.count
        }
    }

    private func begin(_ state: inout State) {
        if !state.hasBegun { state.printer.begin([], to: &state.output) }
        state.hasBegun = true
    }
}

/// Prints one line per event, for people.
private struct EventLinePrinter: RowPrinter {
    let zone: ShownTime.Zone

    mutating func begin(_ sample: [Row], to output: inout StandardOutput) {}

    mutating func print(_ row: Row, to output: inout StandardOutput) {
        let cells = [Column.time("time").text(of: row, zone)] + ["agent", "kind", "message"].map { Column.text(row[$0]) }
        output.write(cells.joined(separator: "  ") + "\n")
    }

    mutating func end(to output: inout StandardOutput) {}
}
