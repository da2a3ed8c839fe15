import AgentControl
import AgentModel
import JSON
import ManagementCore
import Synchronization

/// Reads the control sockets of agents on this machine.
struct SocketSource: RowSource {
    let paths: [String]
    /// How long an agent may send nothing before reading fails.
    let timeout: Duration
    /// The uptimes of the agents whose rows of `status` have been read.
    let uptimes = AgentUptimes()

    func read(
        _ list: RowList, where conditions: [RowCondition], _ given: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        if list.isKeptByManagement {
            throw CommandFailure.usage(
                "an agent keeps no \(list.name), but its management does; read it from mip-mibd with --url or --snmp, or leave out --socket"
            )
        }
        var failures: [String] = []
        // Rows that cannot be read do not hide the others.
        var notes: [String] = []
        let hasRows = Mutex(false)
        @Sendable func receive(_ rows: [Row]) -> Bool {
            if !rows.isEmpty { hasRows.withLock { $0 = true } }
            return given(rows)
        }
        let filter = RowFilter(conditions)
        let statuses = list.isStatus ? await allStatuses() : []
        for (number, path) in paths.enumerated() {
            let state = Mutex<AgentState?>(nil)
            let ordering = PageOrdering(list: list, receive: receive)
            let agent = AgentCommands(socketPath: path, limit: timeout)
            let alias = LocalAgents.alias(of: path)
            do {
                if list.isStatus {
                    guard receive([try statuses[number].get()]) else { break }
                    continue
                }
                if list.isSingle {
                    let answer = try await agent.state(name: alias, ofOne: list.topic)
                    notes += Self.note(answer.state, path)
                    guard receive(answer.isReported ? Self.named(try list.rows(answer.state), answer.state) : []) else {
                        break
                    }
                    continue
                }
                try await agent.pages(name: alias, topics: [list.topic], matching: filter) { page in
                    if !page.health.faults.isEmpty { state.withLock { $0 = page } }
                    return ordering.take(Self.named(try list.rows(page), page))
                }
            } catch let error as ControlError {
                failures.append(error.sentence(about: path))
            }
            notes += state.withLock { $0 }.map { Self.note($0, path) } ?? []
            guard ordering.finish() else { break }
        }
        if failures.isEmpty, let note = notes.first, !hasRows.withLock({ $0 }) { throw CommandFailure.unreachable(note) }
        for note in notes { StandardError.write(note) }
        if failures.count == paths.count, let first = failures.first {
            for other in failures.dropFirst() { StandardError.write(other) }
            throw CommandFailure.unreachable(first)
        }
        return failures
    }

    private static func note(_ state: AgentState, _ path: String) -> [String] {
        let name = state.information.flatMap { $0.name.isEmpty ? nil : $0.name } ?? state.name
        return [state.health.faults.sentence(from: name, state.information, at: path)].compactMap { $0 }
    }

    /// The rows under the agent's own name, which comes with its first page.
    private static func named(_ rows: [Row], _ page: AgentState) -> [Row] {
        guard let name = page.information?.name, !name.isEmpty, name != page.name else { return rows }
        return rows.map { row in
            var row = row
            row["agent"] = .string(name)
            return row
        }
    }

    /// The status of each agent, in the order of the sockets. All are asked at once, so that those that hang cost one timeout.
    private func allStatuses() async -> [Result<Row, any Error>] {
        await withTaskGroup(of: (Int, Result<Row, any Error>).self) { group in
            for (number, path) in paths.enumerated() {
                group.addTask {
                    let agent = AgentCommands(socketPath: path, limit: timeout)
                    do {
                        return (number, .success(try await status(of: agent, named: LocalAgents.alias(of: path))))
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            var statuses: [(Int, Result<Row, any Error>)] = []
            for await status in group { statuses.append(status) }
            return statuses.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// The status of an agent. Its uptime by its own clock is recorded for tables.
    private func status(of agent: AgentCommands, named name: String) async throws -> Row {
        let (status, agentTime) = try await agent.status(name: name)
        var row = try Row(encoding: status)
        if let own = status.information?.name, !own.isEmpty { row["agent"] = .string(own) }
        if let start = status.information?.startTime, let now = agentTime {
            uptimes[row] = UInt64(max(0, now.milliseconds(since: start) / 1000))
        }
        return row
    }
}
