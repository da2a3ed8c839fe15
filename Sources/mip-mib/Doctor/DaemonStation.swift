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
            if !areGiven { own = withoutLock(own, url) }
            look += own
            // One daemon that hangs is one finding.
            if own.findings.contains(where: { $0.kind == .daemonAway }) { break }
        }
        return look
    }

    /// What is at the places where a mip-mibd with the documented configuration answers, if it has an API there at all.
    func lookAround(_ urls: [String] = LocalDaemon.urls) async -> Look {
        let running = RunningProgram.all(named: "mip-mibd")
        for url in urls {
            let own = await look(at: url)
            // Without a process there need not be an API, and one that runs need not have it here.
            let isElsewhere = own.findings.contains { finding in
                finding.kind == .noAPI || finding.kind == .daemonAway && (finding.station == Self.station || running.isEmpty)
            }
            if !isElsewhere { return withoutLock(own, url) }
        }
        return Look()
    }

    /// A mip-mibd that wants a token from a doctor who was given none is well.
    private func withoutLock(_ look: Look, _ url: String) -> Look {
        guard look.findings.contains(where: { $0.kind == .locked }) else { return look }
        return Look(seen: ["mip-mibd at \(url): it answers, and wants a token"])
    }

    private static let station = "API"

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
                ], isServed: snmp == "serving")
        } catch {
            return Look(findings: [Self.finding(error, url)])
        }
    }

    private var quick: Settings {
        var settings = settings
        settings.timeout = min(settings.timeout ?? 3, DoctorCommand.patience)
        settings.agents = []
        return settings
    }

    // MARK: - Requests that fail

    /// Why a request to mip-mibd failed, with the remedy that fits the place.
    static func finding(_ error: any Error, _ url: String) -> Finding {
        let log = "see the log of mip-mibd"
        guard let failure = error as? CommandFailure else {
            return Finding(station, "cannot read '\(url)': \(error)", log, kind: .noAPI)
        }
        guard let daemon = failure.daemon else {
            switch failure.status {
            case 4:
                return Finding(
                    station, failure.message, "give a token of mip-mibd's configuration with --token-file", kind: .locked)
            case 2:
                return Finding(
                    station, failure.message, "give the URL of a mip-mibd, as 'http:' in its configuration file has it",
                    kind: .noAPI, socket: socket(url))
            default: return Finding(station, failure.message, log, kind: .noAPI, socket: socket(url))
            }
        }
        let problem = "cannot read '\(url)': \(daemon.problem)"
        func own(_ remedy: String) -> Finding { Finding(station, problem, remedy, kind: .noAPI, socket: socket(url)) }
        switch daemon.kind {
        case .timeout: return hung(at: url, isLocal(url) ? RunningProgram.all(named: "mip-mibd") : [])
        case .refused, .noSocket:
            guard isLocal(url) else {
                return Finding(
                    station, problem, "start mip-mibd there, with 'http:' in its configuration file", kind: .daemonAway)
            }
            guard RunningProgram.all(named: "mip-mibd").isEmpty else {
                return own(
                    "check 'http:' in its configuration file, and restart it"
                        + (daemon.kind == .noSocket ? ": its socket may have been removed" : ""))
            }
            return Finding(station, problem, Advice.start("mip-mibd"), kind: .daemonAway)
        case .denied:
            let group = socket(url).flatMap { Advice.group(of: $0) }
            return own("run this command as root" + (group.map { ", or as a member of the group \($0)" } ?? ""))
        case .tls, .name, .other: return own(daemon.remedy)
        }
    }

    private static func isLocal(_ url: String) -> Bool {
        ["unix:", "http://127.", "https://127."].contains { url.lowercased().hasPrefix($0) }
            || ["localhost", "::1", "[::1]"].contains(URL(string: url)?.host ?? "")
    }

    /// The path in the URL of a Unix socket; nil for any other URL.
    private static func socket(_ url: String) -> String? {
        url.lowercased().hasPrefix("unix:") ? String(url.dropFirst(5)) : nil
    }

    /// That a program runs but does not answer.
    ///
    /// - Parameter kind: the kind of cause, which says what follows from it.
    static func hung(
        _ program: String = "mip-mibd", at place: String, _ processes: [RunningProgram], kind: Finding.Kind = .daemonAway
    ) -> Finding {
        let only = processes.first { $0.isStopped } ?? (processes.count == 1 ? processes.first : nil)
        let which = only.map { " (\($0.words))" } ?? ""
        if let only, only.isStopped {
            return Finding(
                program, "\(program)\(which) is stopped by a signal, so it does not answer at \(place)",
                "kill -CONT \(only.process), or \(Advice.restart(program))", kind: kind)
        }
        return Finding(
            program, "\(program)\(which) does not answer at \(place): it hangs, or the machine is overloaded",
            Advice.restart(program) + ", and report its last log lines", kind: kind)
    }

    private func finding(_ part: Row) -> Finding? {
        let (name, status, detail) = (part.text("name") ?? "", part.text("status") ?? "", part.text("detail"))
        let cause = detail.map { ": \($0)" } ?? ""
        switch (part.text("part"), status) {
        case ("agent", "synchronized"), ("snmp", "serving"), ("api", "listening"), ("state", "writable"): return nil
        // Found at the agent itself.
        case ("agentState", _): return nil
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
                Self.station, "mip-mibd's API socket '\(name)' does not work (\(status))\(cause)", Advice.restart("mip-mibd"),
                socket: name)
        case ("state", _):
            return Finding(
                "state file", "mip-mibd cannot write its state file '\(name)'\(cause)",
                "let mip-mibd's user write to its folder, or set another 'stateFile:'")
        default: return nil
        }
    }
}
