import AgentControl
import AgentModel
import ManagementCore
import Synchronization

/// The status of agents behind control sockets: every agent's whole picture is counted.
final class StatusSource: RowSource {
    private let paths: [String]
    private let isForPeople: Bool
    private let disabled = Mutex(false)

    /// Whether an agent was seen that has registration switched off.
    var hasDisabled: Bool { disabled.withLock { $0 } }

    /// - Parameter isForPeople: adds how long each agent is up.
    init(paths: [String], isForPeople: Bool) {
        self.paths = paths
        self.isForPeople = isForPeople
    }

    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        var failures: [String] = []
        for path in paths {
            do {
                let state = try await AgentCommands(socketPath: path).state(
                    name: SocketSource.name(of: path), topics: [.bindings, .visitors, .associations, .violations])
                var row = try RowEncoder.row(StatusResource(state))
                if isForPeople, let start = state.information?.startTime, let now = state.agentTime {
                    row["uptime"] = JSONValue(max(0, now.milliseconds(since: start) / 1000))
                }
                if state.information?.enabled == false { disabled.withLock { $0 = true } }
                guard receive([row]) else { break }
            } catch let error as ControlError {
                failures.append(error.description)
            }
        }
        if failures.count == paths.count, let first = failures.first { throw CommandFailure.unreachable(first) }
        return failures
    }
}
