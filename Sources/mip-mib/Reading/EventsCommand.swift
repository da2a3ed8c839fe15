import AgentControl
import AgentModel
import ArgumentParser
import ManagementCore
import Synchronization

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "What happens at the agents, as it happens.",
        discussion: """
            Prints until Ctrl-C, or --limit events. As ndjson for programs.

            Examples:
              mip-mib events
              mip-mib events --where kind=registrationDenied -o ndjson
              mip-mib events --limit 1
            """)

    @OptionGroup var source: SourceOptions
    @OptionGroup var form: FormOptions
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Only events that meet this, such as kind=revoked.", valueName: "condition"))
    var conditions: [String] = []
    @Option(help: ArgumentHelp("End after this many.", valueName: "count")) var limit: Int?
    @Flag(help: "Go on until Ctrl-C; it does so anyway.") var follow = false

    func run() async throws {
        let settings = try source.settings()
        let isForPeople = try form.format(settings).isForPeople
        let conditions = try conditions.map { try RowCondition($0) }
        let sink = EventSink(isForPeople: isForPeople, conditions: conditions, limit: limit ?? .max)
        let paths = try source.paths(settings)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for path in paths {
                group.addTask {
                    do {
                        try await AgentControlClient.connect(to: path) { calls in
                            try await calls.subscribe(to: [.events]) { update in
                                try update.changes.allSatisfy { change in
                                    guard case .event(let event) = change else { return true }
                                    return try sink.take(event, of: SocketSource.name(of: path))
                                }
                            }
                        }
                    } catch {
                        throw CommandFailure.unreachable("\(error)")
                    }
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}

/// Prints events of several agents, whole lines each.
private final class EventSink: Sendable {
    private let isForPeople: Bool
    private let conditions: [RowCondition]
    private let limit: Int
    private let state = Mutex((output: StandardOutput(), count: 0))

    init(isForPeople: Bool, conditions: [RowCondition], limit: Int) {
        self.isForPeople = isForPeople
        self.conditions = conditions
        self.limit = limit
    }

    func take(_ event: AgentEvent, of agent: String) throws -> Bool {
        let row = try RowEncoder.row(Resource(agent: agent, record: event))
        guard conditions.allSatisfy({ $0.holds(for: row) }) else { return true }
        return state.withLock { state in
            if isForPeople {
                state.output.write("\(event.time)  \(agent)  \(event.kind.rawValue)  \(event.message.printable)\n")
            } else {
                state.output.append { row.write(to: &$0) }
                state.output.write("\n")
            }
            state.output.flush()
            state.count += 1
            return state.count < limit
        }
    }
}
