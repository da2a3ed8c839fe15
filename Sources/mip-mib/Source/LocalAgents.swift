import AgentControl
import AgentModel
import ManagementCore

/// The agents at some control sockets of this machine, and the names they go by.
///
/// An agent goes by the name in its configuration. The name of its socket's file is an alias, which counts where no agent has it as its name.
struct LocalAgents: Sendable {
    /// An agent that was asked who it is.
    struct Agent: Sendable {
        let path: String
        /// Nil if it did not answer.
        let information: AgentInformation?
        /// Why it did not answer.
        let problem: ControlError?

        var alias: String { LocalAgents.alias(of: path) }
        var name: String { information.flatMap { $0.name.isEmpty ? nil : $0.name } ?? alias }

        /// Whether no program listens at the socket, so that there is nothing to read or to change.
        var isGone: Bool { if case .unreachable? = problem { true } else { false } }
    }

    let paths: [String]
    /// How long an agent may send nothing.
    let timeout: Duration

    /// The name of a socket's file without its suffix.
    static func alias(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".sock") ? String(file.dropLast(5)) : file
    }

    /// Asks all agents at once, so that one that hangs costs one timeout, whatever their number.
    func all() async -> [Agent] { await ask(paths) }

    /// The sockets of the agents with these names, in the order of the sockets.
    ///
    /// - Throws: A usage `CommandFailure` with the names of the agents when one is unknown.
    func paths(named names: [String]) async throws -> [String] {
        // All are asked: another agent than the one with the name's file may have the name as well.
        try Self.named(names, among: await all()).map(\.path)
    }

    /// Those agents that have one of these names.
    ///
    /// - Throws: A usage `CommandFailure` with the names of the agents when one is unknown.
    static func named(_ names: [String], among agents: [Agent]) throws -> [Agent] {
        var chosen: Set<String> = []
        for name in names {
            let own = agents.filter { $0.name == name }
            let found = own.isEmpty ? agents.filter { $0.alias == name } : own
            guard !found.isEmpty else { throw unknown(name, agents.map(\.name)) }
            chosen.formUnion(found.map(\.path))
        }
        return agents.filter { chosen.contains($0.path) }
    }

    static func unknown(_ name: String, _ known: [String]) -> CommandFailure {
        .usage(
            "no agent named '\(name)'; "
                + (known.isEmpty ? "there is no agent" : "known agents: \(known.joined(separator: ", "))"))
    }

    private func ask(_ paths: [String]) async -> [Agent] {
        await withTaskGroup(of: (Int, Agent).self) { group in
            for (index, path) in paths.enumerated() {
                group.addTask {
                    do throws(ControlError) {
                        let answer = try await AgentCommands(socketPath: path, limit: timeout).run { try await $0.information() }
                        return (index, Agent(path: path, information: answer.information, problem: nil))
                    } catch {
                        return (index, Agent(path: path, information: nil, problem: error))
                    }
                }
            }
            var agents: [(Int, Agent)] = []
            for await agent in group { agents.append(agent) }
            return agents.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
