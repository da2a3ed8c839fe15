import AgentControl
import AgentModel
import Foundation
import ManagementCore
import Synchronization

/// Looks at the agents of this machine through their control sockets.
struct AgentStation: Sendable {
    let timeout: Duration

    func look(at paths: [String], leftovers: [String]) async -> Look {
        var look = Look()
        for message in leftovers {
            look.findings.append(Finding("agent", message, Advice.start("mip-agentd"), kind: .agentAway))
        }
        // Asked at once, so that agents that hang cost one timeout.
        let looks = await withTaskGroup(of: (Int, Look).self) { group in
            for (index, path) in paths.enumerated() { group.addTask { (index, await self.look(at: path)) } }
            var looks: [(Int, Look)] = []
            for await look in group { looks.append(look) }
            return looks.sorted { $0.0 < $1.0 }.map(\.1)
        }
        for own in looks { look += own }
        return look
    }

    private func look(at path: String) async -> Look {
        let agent = AgentCommands(socketPath: path, limit: timeout)
        do throws(ControlError) {
            let reported = try await agent.run { try await $0.information() }
            let name = reported.information.name.isEmpty ? LocalAgents.alias(of: path) : reported.information.name
            let state = try await agent.state(
                name: name, topics: [.counters, .associations, .violations, .exchanges, .mobileNodeStatus])
            let broken = try await brokenRows(of: agent, name, path)
            let counts = reported.counts.map { ", \($0.bindings) bindings and \($0.visitors) visitors" } ?? ""
            return Look(
                findings: AgentCheckup.findings(reported.information, name, path: path) + AgentCheckup.clocks(state) + broken,
                notes: AgentCheckup.notes(reported.information, name) + AgentCheckup.clockSteps(state, name)
                    + AgentCheckup.revocation(state, name) + AgentCheckup.notifications(state, name)
                    + AgentCheckup.discovery(state, name),
                seen: ["agent \(name) at \(path): registration \(reported.information.enabled ? "on" : "off")\(counts)"])
        } catch {
            return Look(findings: [Self.finding(error, path)])
        }
    }

    /// Reads every row, without keeping any. Returns a finding if some cannot be read.
    private func brokenRows(of agent: AgentCommands, _ name: String, _ path: String) async throws(ControlError) -> [Finding] {
        let last = Mutex<AgentState?>(nil)
        try await agent.pages(name: name, topics: Set(ControlTopic.allCases).subtracting([.events])) { page in
            if !page.health.faults.isEmpty { last.withLock { $0 = page } }
            return true
        }
        return last.withLock { $0 }.flatMap { AgentCheckup.broken($0, path: path) }.map { [$0] } ?? []
    }

    private static func finding(_ error: ControlError, _ path: String) -> Finding {
        let remedy: String
        switch error {
        case .unreachable where access(path, R_OK | W_OK) != 0 && errno == EACCES:
            let group = Advice.group(of: path)
            remedy = "run this command as root" + (group.map { ", or as a member of the group \($0)" } ?? "")
        case .unreachable where isAnotherFile(path): remedy = "give the path of the agent's control socket with --socket"
        case .unreachable: remedy = "start mip-agentd with 'control: \(path)' in its configuration file"
        case .timedOut, .closed: remedy = Advice.restart("mip-agentd") + ", if it does not recover by itself"
        default: remedy = "see the agent's log; if its version is another one, use the mip-mib of that version"
        }
        return Finding("agent", error.sentence(about: path), remedy, kind: .agentAway)
    }

    /// Whether the path has something else than a socket, such as a folder.
    private static func isAnotherFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFSOCK
    }
}
