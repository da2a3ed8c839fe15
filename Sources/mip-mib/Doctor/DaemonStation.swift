import Foundation
import JSON

/// Looks at mip-mibd through its API.
struct DaemonStation: Sendable {
    let settings: Settings

    /// What is at these URLs.
    ///
    /// - Parameter areGiven: whether the user gave them; otherwise they come from mip-mibd's configuration, and one that wants a token is
    ///   well.
    func look(at urls: [String], areGiven: Bool) async -> Look {
        var look = Look()
        for url in urls {
            var own = await self.look(at: url)
            if !areGiven, own.findings.contains(where: { $0.kind == .locked }) {
                own = Look(seen: ["mip-mibd at \(url): it answers, and wants a token"])
            }
            look += own
            // One daemon that hangs is one finding.
            if own.findings.contains(where: { $0.kind == .daemonAway }) { break }
        }
        return look
    }

    /// What is at the places where a mip-mibd with the documented configuration answers, if it has an API there at all.
    func lookAround() async -> Look {
        let running = RunningProgram.all(named: "mip-mibd")
        for url in LocalDaemon.urls {
            let own = await look(at: url)
            // Without a process there need not be an API.
            if own.findings.contains(where: { $0.kind == .daemonAway && running.isEmpty || $0.station == Self.unreachable }) {
                continue
            }
            return own
        }
        return Look()
    }

    private static let unreachable = "API"

    private func look(at url: String) async -> Look {
        do {
            let answer = try await DaemonSource(quick, url: url).readiness()
            let parts = answer["parts"]?.array?.compactMap(\.object) ?? []
            let agents = parts.filter { $0.text("part") == "agent" }
            let well = agents.filter { $0.text("status") == "synchronized" }.count
            let snmp = parts.first { $0.text("part") == "snmp" }?.text("status")
            return Look(
                findings: parts.compactMap(finding),
                seen: [
                    "mip-mibd at \(url): "
                        + (agents.isEmpty
                            ? "\(answer.text("status") ?? "answers")"
                            : "\(well) of \(agents.count) agent\(agents.count == 1 ? "" : "s") synchronized")
                        + (snmp.map { ", SNMP \($0)" } ?? "")
                ])
        } catch let failure as CommandFailure {
            return Look(findings: [finding(failure, url)])
        } catch {
            return Look(findings: [Finding(Self.unreachable, "cannot read '\(url)': \(error)", "see the log of mip-mibd")])
        }
    }

    private var quick: Settings {
        var settings = settings
        settings.timeout = min(settings.timeout ?? 3, DoctorCommand.patience)
        settings.agents = []
        return settings
    }

    private func finding(_ failure: CommandFailure, _ url: String) -> Finding {
        guard failure.status == 3 else {
            return Finding(
                Self.unreachable, failure.message, "give a token of mip-mibd's configuration with --token-file",
                kind: failure.status == 4 ? .locked : .own)
        }
        let isLocal = url.hasPrefix("unix:") || url.contains("//127.") || url.contains("//localhost") || url.contains("//[::1]")
        if failure.message.contains("did not answer in time") {
            return Self.hung(at: url, isLocal ? RunningProgram.all(named: "mip-mibd") : [])
        }
        let isRunning = isLocal && !RunningProgram.all(named: "mip-mibd").isEmpty
        return Finding(
            Self.unreachable, failure.message,
            isRunning
                ? "check 'http:' in its configuration file, and restart it: its socket may have been removed"
                : Advice.start("mip-mibd"),
            kind: isRunning ? .own : .daemonAway)
    }

    /// That mip-mibd runs but does not answer.
    static func hung(at place: String, _ processes: [RunningProgram]) -> Finding {
        let only = processes.first { $0.isStopped } ?? (processes.count == 1 ? processes.first : nil)
        let which = only.map { " (\($0.words))" } ?? ""
        if let only, only.isStopped {
            return Finding(
                "mip-mibd", "mip-mibd\(which) is stopped by a signal, so it does not answer at \(place)",
                "kill -CONT \(only.process), or \(Advice.restart("mip-mibd"))", kind: .daemonAway)
        }
        return Finding(
            "mip-mibd", "mip-mibd\(which) does not answer at \(place): it hangs, or the machine is overloaded",
            Advice.restart("mip-mibd") + ", and report its last log lines", kind: .daemonAway)
    }

    private func finding(_ part: Row) -> Finding? {
        let (name, status, detail) = (part.text("name") ?? "", part.text("status") ?? "", part.text("detail"))
        let cause = detail.map { ": \($0)" } ?? ""
        switch (part.text("part"), status) {
        case ("agent", "synchronized"), ("snmp", "serving"), ("api", "listening"), ("state", "writable"): return nil
        case ("agent", _):
            return Finding(
                "mirror", "mip-mibd has no current data of the agent '\(name)' (\(status))\(cause)",
                "set 'agents: - control:' in mip-mibd's configuration file to the agent's socket, and let mip-mibd's user open it",
                kind: .mirror)
        case ("snmp", _):
            return Finding(
                "AgentX", "mip-mibd does not serve SNMP (\(status))\(cause)",
                "let 'snmp: agentx: socket:' in mip-mibd's configuration file be the address of snmpd's agentXSocket, and let its user open it",
                kind: .notConnected)
        case ("api", _):
            return Finding(
                Self.unreachable, "mip-mibd's API socket '\(name)' does not work (\(status))\(cause)", Advice.restart("mip-mibd"))
        case ("state", _):
            return Finding(
                "state file", "mip-mibd cannot write its state file '\(name)'\(cause)",
                "let mip-mibd's user write to its folder, or set another 'stateFile:'")
        default: return nil
        }
    }
}
