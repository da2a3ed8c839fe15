import AgentControl
import AgentModel
import JSON
import ManagementCore

/// The control sockets of agents on this machine.
struct SocketSource: RowSource {
    let paths: [String]
    /// How long an agent may say nothing.
    let timeout: Duration
    /// Of the agents whose rows of `status` were read.
    let uptimes = AgentUptimes()

    /// An agent goes by the name of its socket file.
    static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".sock") ? String(file.dropLast(5)) : file
    }

    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        if list.isKeptByManagement {
            throw CommandFailure.usage(
                "an agent keeps no \(list.name), its management does; name mip-mibd with --url, or its SNMP with --snmp")
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

    /// How an agent is, and for tables since how long it is up by its own clock.
    private func status(of agent: AgentCommands, named name: String) async throws -> Row {
        let (status, agentTime) = try await agent.status(name: name)
        let row = try Row(encoding: status)
        if let start = status.information?.startTime, let now = agentTime {
            uptimes[row] = UInt64(max(0, now.milliseconds(since: start) / 1000))
        }
        return row
    }
}
