import AgentModel
import ArgumentParser
import DaemonSupport
import Foundation
import JSON

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Find out why monitoring sees nothing: check every step from agent to manager.",
        usage: "mip-mib doctor [<options>]",
        discussion: """
            Looks at the agents (--socket), at mip-mibd by its API, at snmpd's process and configuration, and queries SNMP as a \
            manager would (--snmp, default 127.0.0.1, and --credentials). With --url, the agents of that mip-mibd are looked at, and \
            SNMP only if --snmp is given. Each finding names the cause and what to change; what only follows from it is left out. \
            Exits with status 1 if there is a finding. If all is well, prints what was looked at. A note, such as that an agent keeps \
            no bindings across a restart, is not a finding.

            Examples:
              mip-mib doctor
              mip-mib doctor --snmp 127.0.0.1:1161 --credentials manager.yaml
              mip-mib doctor --url https://mib.example.net --token-file token
              mip-mib doctor -o json
            """)

    @OptionGroup var source: SourceOptions
    @Option(help: ArgumentHelp("Configuration file of snmpd.", valueName: "file")) var snmpdConf = "/etc/snmp/snmpd.conf"
    @Option(
        help: ArgumentHelp("Configuration file of mip-mibd; default \(DaemonConfiguration.standardPath).", valueName: "file"))
    var mibdConf: String?
    @Flag(help: "mip-mibd serves SNMP on its own port; there is no snmpd.") var standalone = false
    @OptionGroup var listing: ListOptions

    /// The most seconds to wait for mip-mibd and for SNMP, whatever --timeout says: silence is what the doctor looks for.
    static let patience = 5

    static let list = RowList(
        "doctor", row: "finding", topic: .information, order: [],
        columns: [Column("station"), Column("finding"), Column("remedy")], hasAgent: false
    ) { _ in [] }

    func run() async throws {
        let settings = try source.doctorSettings()
        let isForPeople = try listing.outputOptions.format(settings).isForPeople
        // Refused before anything is asked.
        try listing.check(Self.list)
        let configuration = DaemonConfiguration(mibdConf ?? DaemonConfiguration.standardPath)
        var look = try await agents(settings)
        look += await daemon(settings, configuration)
        if settings.target.url == nil || source.snmp != nil {
            let master = standalone ? nil : MasterStation(configuration: SNMPDConfiguration(snmpdConf))
            if let master { look += master.look(for: configuration?.agentXSocket) }
            let manager = await ManagerStation(settings: settings, place: source.snmp ?? "127.0.0.1", master: master).look()
            // A daemon that hangs is noticed at its API and by SNMP.
            let isKnown = look.findings.contains { $0.kind == .daemonAway }
            look.findings += manager.findings.filter { !($0.kind == .daemonAway && isKnown) }
            look.seen += manager.seen
            look.isServed = look.isServed || manager.isServed
        }
        try await report(look, settings, isForPeople)
    }

    private func report(_ look: Look, _ settings: Settings, _ isForPeople: Bool) async throws {
        let findings = Finding.causes(look.findings, isServed: look.isServed)
        guard isForPeople else {
            let rows = findings.map {
                Row([("station", .string($0.station)), ("finding", .string($0.problem)), ("remedy", .string($0.remedy))])
            }
            do {
                try await listing.print(Self.list, from: FixedRows(rows: rows), settings: settings)
            } catch let code as ExitCode where code == ExitCode(1) {
                // Programs get an empty list for a healthy system, and the status depends on the findings alone.
            }
            if !rows.isEmpty { throw ExitCode(1) }
            return
        }
        var output = StandardOutput()
        if findings.isEmpty {
            for line in look.seen { output.write(line.printable + "\n") }
        }
        for finding in findings + look.notes {
            output.write("\(finding.station): \(finding.problem.printable)\n  \(finding.remedy.printable)\n")
        }
        output.flush()
        if !findings.isEmpty { throw ExitCode(1) }
    }

    // MARK: - The agents

    private func agents(_ settings: Settings) async throws -> Look {
        if let url = settings.target.url { return try await managed(settings, url) }
        let paths: [String]
        var leftovers: [String] = []
        if settings.target.sockets.isEmpty {
            let directory = SocketDirectory.standard
            if let problem = directory.problem {
                return Look(findings: [Finding("agent", problem.text, problem.remedy)])
            }
            (paths, leftovers) = directory.sockets()
            if paths.isEmpty, leftovers.isEmpty {
                return Look(findings: [
                    Finding(
                        "agent", "no control socket in \(directory.path)",
                        Advice.start("mip-agentd") + ", or give its socket with --socket PATH", kind: .agentAway)
                ])
            }
        } else {
            paths = try source.sockets(settings)
        }
        let chosen =
            settings.agents.isEmpty
            ? paths : try await LocalAgents(paths: paths, timeout: settings.socketTimeout).paths(named: settings.agents)
        return await AgentStation(timeout: settings.socketTimeout).look(
            at: chosen, leftovers: settings.agents.isEmpty ? leftovers : [])
    }

    /// The agents as their management daemon reports them.
    private func managed(_ settings: Settings, _ url: String) async throws -> Look {
        var quick = settings
        quick.timeout = min(settings.timeout ?? Self.patience, Self.patience)
        let daemon = try DaemonSource(quick, url: url)
        let all: [Row]
        do {
            all = try await daemon.status()
        } catch {
            // Where the look at mip-mibd itself finds the same cause, this follows from it.
            let cause = DaemonStation.finding(error, url)
            return Look(findings: [Finding(cause.station, cause.problem, cause.remedy, kind: .unread)])
        }
        let chosen = try daemon.chosen(among: all)
        let rows = all.filter { chosen?.contains($0.text("agent") ?? "") ?? true }
        return Look(
            findings: rows.flatMap { AgentCheckup.findings($0) }, notes: rows.flatMap { AgentCheckup.notes($0) },
            seen: rows.map { row in
                "agent \(row.text("agent") ?? "-"): registration "
                    + (row.member(at: "information.enabled")?.isTrue == true ? "on" : "off")
                    + ", \(row.count("counts.bindings") ?? 0) bindings and \(row.count("counts.visitors") ?? 0) visitors"
            })
    }

    // MARK: - mip-mibd

    private func daemon(_ settings: Settings, _ configuration: DaemonConfiguration?) async -> Look {
        let station = DaemonStation(settings: settings)
        if let url = settings.target.url { return await station.look(at: [url], areGiven: true) }
        guard let configuration else {
            guard let mibdConf else { return await station.lookAround() }
            let isReadable = FileManager.default.contents(atPath: mibdConf) != nil
            return Look(findings: [
                Finding(
                    "mip-mibd", "cannot read its configuration '\(mibdConf)'",
                    isReadable ? "see what mip-mibd --check says about it" : "run this command as root, or give --mibd-conf")
            ])
        }
        let urls = [configuration.socket.map { "unix:\($0)" }, configuration.url].compactMap { $0 }
        return await station.look(at: urls, areGiven: false)
    }
}
