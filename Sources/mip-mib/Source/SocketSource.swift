import AgentControl
import ManagementCore
import Synchronization

/// The control sockets of agents on this machine.
struct SocketSource: RowSource {
    let paths: [String]

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
            let agent = AgentCommands(socketPath: path)
            do {
                if list.isSingle {
                    let answer = try await agent.state(name: Self.name(of: path), ofOne: list.topic)
                    guard receive(answer.isTold ? try list.rows(answer.state) : []) else {
                        break
                    }
                    continue
                }
                try await agent.pages(name: Self.name(of: path), topics: [list.topic]) { page in
                    ordering.take(try list.rows(page))
                }
            } catch let error as ControlError {
                failures.append(error.description)
            }
            guard ordering.finish() else { return failures }
        }
        if failures.count == paths.count, let first = failures.first { throw CommandFailure.unreachable(first) }
        return failures
    }
}

/// Puts a table of one agent in order as long as it is small. An agent tells its rows in the order in which it keeps them; those of a
/// table of more than `limit` rows are passed on as they come, so that output begins at once.
private final class PageOrdering: Sendable {
    static let limit = 250

    private struct State {
        var held: [Row] = []
        var isPassing = false
        var isWanted = true
    }

    private let list: RowList
    private let receive: @Sendable ([Row]) -> Bool
    private let state = Mutex(State())

    init(list: RowList, receive: @escaping @Sendable ([Row]) -> Bool) {
        self.list = list
        self.receive = receive
    }

    func take(_ rows: [Row]) -> Bool {
        state.withLock { state in
            if !state.isPassing {
                state.held += rows
                guard state.held.count > Self.limit else { return true }
                state.isPassing = true
                state.isWanted = receive(state.held)
                state.held = []
            } else if !rows.isEmpty {
                state.isWanted = receive(rows)
            }
            return state.isWanted
        }
    }

    /// Returns whether more rows are wanted.
    func finish() -> Bool {
        state.withLock { state in
            guard !state.isPassing else { return state.isWanted }
            return state.held.isEmpty || receive(RowOrder(ascending: list.order).sorted(state.held))
        }
    }
}
