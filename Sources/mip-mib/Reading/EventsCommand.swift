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
    @Option(help: ArgumentHelp("Stop after this many events.", valueName: "count")) var limit: Int?
    @Flag(help: "Keep running until Ctrl-C; with control sockets this is always so.") var follow = false
    @Option(help: ArgumentHelp("Resume after this event; needs --url.", valueName: "id")) var after: String?

    static let columns = [
        "time", "agent", "kind", "role", "homeAddress", "nai", "careOfAddress", "previousCareOfAddress", "homeAgent",
        "sourceAddress", "code", "violationReason", "spi", "message", "id",
    ].map { Column($0) }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit) is invalid; expected 1 or more") }
    }

    func run() async throws {
        let settings = try source.settings()
        let format = try outputOptions.format(settings)
        let narrowing = try nodes.conditions()
        let sink = EventSink(
            format: format, conditions: try narrowing + conditions.map { try RowCondition($0) }, limit: limit ?? .max)
        if let url = settings.target.url {
            let daemon = try DaemonSource(settings, url: url)
            let query = DaemonSource.query(narrowing, known: ["homeAddress", "careOfAddress", "nai"])
            if follow {
                try await daemon.follow(query, after: after, sink.take)
            } else {
                try await daemon.keptEvents(query, after: after, sink.take)
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
        try await listen(at: try source.paths(settings), settings.socketTimeout, sink)
        _ = sink.end()
    }

    /// Listens to the agents themselves until one of them ends the connection or the limit is reached.
    private func listen(at paths: [String], _ timeout: Duration, _ sink: EventSink) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for path in paths {
                group.addTask {
                    do {
                        try await AgentCommands(socketPath: path, limit: timeout).follow([.events]) { update in
                            try update.changes.allSatisfy { change in
                                guard case .event(let event) = change else { return true }
                                let agent = SocketSource.name(of: path)
                                return try sink.take(Row(encoding: Resource(agent: agent, record: event)))
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

    init(format: OutputFormat, conditions: [RowCondition], limit: Int) {
        self.conditions = conditions
        self.limit = limit
        let printer: any RowPrinter =
            format.isForPeople
            ? EventLinePrinter() : format.printer(columns: EventsCommand.columns, chosen: nil, hasHeader: true)
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
    mutating func begin(_ sample: [Row], to output: inout StandardOutput) {}

    mutating func print(_ row: Row, to output: inout StandardOutput) {
        let cells = [Column.time("time").cell(row)] + ["agent", "kind", "message"].map { Column.text(row[$0]) }
        output.write(cells.joined(separator: "  ") + "\n")
    }

    mutating func end(to output: inout StandardOutput) {}
}
