import AgentControl
import ArgumentParser
import Foundation
import ManagementCore

/// Which agents are asked.
struct SourceOptions: ParsableArguments {
    @Option(name: .long, help: "Control socket of an agent; may be given several times.")
    var socket: [String] = []

    static let directory = "/run/mip-mib"

    func paths() throws -> [String] {
        if !socket.isEmpty { return socket }
        if let list = ProcessInfo.processInfo.environment["MIP_MIB_SOCKET"], !list.isEmpty {
            return list.split(separator: ":").map(String.init)
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: Self.directory)) ?? []
        let found = files.filter { $0.hasSuffix(".sock") }.sorted().map { "\(Self.directory)/\($0)" }
        guard !found.isEmpty else {
            throw CommandFailure.unreachable(
                "no control socket in \(Self.directory); start mip-agentd, or name its socket with --socket PATH")
        }
        return found
    }

    /// The state of every agent, of these topics. An agent that cannot be reached is told on standard error; when none can, it fails.
    func states(_ topics: Set<ControlTopic>) async throws -> (states: [AgentState], failed: Int) {
        var states: [AgentState] = []
        var failures: [String] = []
        for path in try paths() {
            do {
                states.append(
                    try await AgentCommands(socketPath: path).state(name: Self.name(of: path), topics: topics))
            } catch {
                failures.append(error.description)
            }
        }
        if states.isEmpty, let first = failures.first { throw CommandFailure.unreachable(first) }
        for failure in failures { FileHandle.standardError.write(Data("mip-mib: \(failure)\n".utf8)) }
        return (states, failures.count)
    }

    /// An agent goes by the name of its socket file.
    static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".sock") ? String(file.dropLast(5)) : file
    }
}
