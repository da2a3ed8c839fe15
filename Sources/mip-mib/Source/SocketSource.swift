import AgentControl
import AgentModel
import JSON
import ManagementCore

/// Reads the control sockets of agents on this machine.
struct SocketSource: RowSource {
    let paths: [String]
    /// How long an agent may send nothing before reading fails.
    let timeout: Duration
    /// The uptimes of the agents whose rows of `status` have been read.
    let uptimes = AgentUptimes()

    /// An agent is named after its socket file.
    static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".sock") ? String(file.dropLast(5)) : file
    }

    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        if list.isKeptByManagement {
            throw CommandFailure.usage(
                "an agent keeps no \(list.name), but its management does; read it from mip-mibd with --url or --snmp")
        }
        var failures: [String] = []
        for path in paths {
            let ordering = PageOrdering(list: list, receive: receive)
            let agent = AgentCommands(socketPath: path, limit: timeout)
            do {
                if list.isStatus {
                    guard receive([try await status(of: agent, named: Self.name(of: path))]) else { break }
                    continue
                }
                if list.isSingle {
                    let answer = try await agent.state(name: Self.name(of: path), ofOne: list.topic)
                    guard receive(answer.isReported ? try list.rows(answer.state) : []) else {
                        break
                    }
                    continue
                }
                try await agent.pages(name: Self.name(of: path), topics: [list.topic]) { page in
                    ordering.take(try list.rows(page))
                }
            } catch let error as ControlError {
                failures.append(error.sentence(about: path))
            }
            guard ordering.finish() else { return failures }
        }
        if failures.count == paths.count, let first = failures.first { throw CommandFailure.unreachable(first) }
        return failures
    }

    /// The status of an agent. Its uptime by its own clock is recorded for tables.
    private func status(of agent: AgentCommands, named name: String) async throws -> Row {
        let (status, agentTime) = try await agent.status(name: name)
        let row = try Row(encoding: status)
        if let start = status.information?.startTime, let now = agentTime {
            uptimes[row] = UInt64(max(0, now.milliseconds(since: start) / 1000))
        }
        return row
    }
}
