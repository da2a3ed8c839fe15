import AgentControl
import AgentModel
import ManagementCore
import Synchronization

/// The status of agents behind control sockets: counted by themselves where they can, by reading their tables otherwise.
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
                let (status, agentTime) = try await AgentCommands(socketPath: path).status(name: SocketSource.name(of: path))
                var row = try RowEncoder.row(status)
                if isForPeople, let start = status.information?.startTime, let now = agentTime {
                    row["uptime"] = JSONValue(max(0, now.milliseconds(since: start) / 1000))
                }
                if status.information?.enabled == false { disabled.withLock { $0 = true } }
                guard receive([row]) else { break }
            } catch let error as ControlError {
                failures.append(error.description)
            }
        }
        if failures.count == paths.count, let first = failures.first { throw CommandFailure.unreachable(first) }
        return failures
    }
}
