import AgentControl
import AgentModel
import ArgumentParser
import JSON
import ManagementCore
import SNMPClient

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Find out why monitoring sees nothing: check every step from agent to manager.",
        usage: "mip-mib doctor [<options>]",
        discussion: """
            Queries the agents, then snmpd as a manager would (--snmp and --credentials), and reads snmpd's configuration. Each \
            finding names the line to change. Prints nothing and exits with status 0 if all is well, with 1 otherwise.

            Examples:
              mip-mib doctor
              mip-mib doctor --snmp 127.0.0.1:1161 --credentials manager.yaml
              mip-mib doctor -o json
            """)

    @Option(help: ArgumentHelp("Control socket of an agent; may be repeated.", valueName: "path")) var socket: [String] = []
    @Option(help: ArgumentHelp("Host that the manager queries.", valueName: "host")) var snmp = "127.0.0.1"
    @Option(help: ArgumentHelp("File with the manager's SNMP credentials.", valueName: "file")) var credentials: String?
    @Option(help: ArgumentHelp("Configuration file of snmpd.", valueName: "file")) var snmpdConf = "/etc/snmp/snmpd.conf"
    @Flag(help: "mip-mibd serves SNMP on its own port; there is no snmpd.") var standalone = false
    @OptionGroup var listing: ListOptions

    static let list = RowList(
        "doctor", row: "finding", topic: .information, order: [],
        columns: [Column("station"), Column("finding"), Column("remedy")], hasAgent: false
    ) { _ in [] }

    func run() async throws {
        var settings = try Settings.read()
        if !socket.isEmpty { settings.target = .init(sockets: socket) }
        settings.target.url = nil
        settings.target.snmpHost = nil
        settings.credentialsFile = credentials ?? settings.credentialsFile
        var findings = await agents(settings)
        let configuration = standalone ? nil : SNMPDConfiguration.read(snmpdConf)
        if let configuration { findings += configuration.findings(snmpdConf) }
        findings += manager(settings, configuration)
        let isForPeople = try listing.outputOptions.format(settings).isForPeople
        guard !findings.isEmpty else {
            // Programs get an empty list in the requested format.
            if !isForPeople { try? await listing.print(Self.list, from: FixedRows(rows: []), settings: settings) }
            return
        }
        let rows = findings.map {
            Row([("station", .string($0.station)), ("finding", .string($0.problem)), ("remedy", .string($0.remedy))])
        }
        if isForPeople {
            var output = StandardOutput()
            for finding in findings {
                output.write("\(finding.station): \(finding.problem.printable)\n  \(finding.remedy.printable)\n")
            }
            output.flush()
        } else {
            try await listing.print(Self.list, from: FixedRows(rows: rows), settings: settings)
        }
        throw ExitCode(1)
    }

    // MARK: - The agents

    private func agents(_ settings: Settings) async -> [Finding] {
        let paths: [String]
        do {
            var options = SourceOptions()
            options.socket = settings.target.sockets
            paths = try options.paths(settings)
        } catch {
            return [Finding("agent", (error as? CommandFailure)?.message ?? "\(error)", "systemctl start mip-agentd")]
        }
        var findings: [Finding] = []
        for path in paths {
            do {
                let state = try await AgentCommands(socketPath: path, limit: settings.socketTimeout).state(
                    name: SocketSource.name(of: path), topics: [.associations, .violations])
                findings += AgentCheckup.findings(state)
            } catch {
                findings.append(
                    Finding(
                        "agent", error.sentence(about: path),
                        "start mip-agentd with 'control: \(path)' in its configuration file, and run this command as a member of "
                            + "the socket's group"))
            }
        }
        return findings
    }

    // MARK: - The manager

    /// Queries SNMP as the manager would.
    private func manager(_ settings: Settings, _ configuration: SNMPDConfiguration?) -> [Finding] {
        let entities: [UInt32] = [1, 3, 6, 1, 2, 1, 44, 1, 1, 1, 0]
        do {
            let instances = try RemoteInstances(settings, host: snmp)
            let snapshot = try MirrorCheckup.findings(instances)
            let answer = try instances.get([entities]).first?.value
            // mip-mibd withdraws the agent's objects while it has no snapshot of the agent.
            if let snapshot, !snapshot.isEmpty { return snapshot }
            if case .octets? = answer { return [] }
        } catch let failure as CommandFailure where failure.status == 4 {
            return [
                Finding(
                    "SNMPv3 user", failure.message,
                    "stop snmpd, add to /var/lib/snmp/snmpd.conf: createUser NAME SHA-256 PASSWORD AES PASSWORD, and to \(snmpdConf): "
                        + "rouser NAME priv")
            ]
        } catch let failure as CommandFailure {
            return [Finding("manager", failure.message, remedyForSilence(configuration))]
        } catch {
            return [Finding("manager", "\(error)", "give the same --snmp and --credentials as the manager uses")]
        }
        if let configuration, !configuration.showsMIPMIB {
            return [
                Finding(
                    "view", "snmpd's views hide MIP-MIB from the manager",
                    "add to \(snmpdConf): view \(configuration.firstView) included .1.3.6.1.2.1.44")
            ]
        }
        return [
            Finding(
                "mip-mibd", "snmpd answers, but no subagent has registered MIP-MIB with it",
                "start mip-mibd with 'snmp: agentx: socket: \(configuration?.agentXSocket ?? "/var/agentx/master")' in its "
                    + "configuration file")
        ]
    }

    private func remedyForSilence(_ configuration: SNMPDConfiguration?) -> String {
        if configuration == nil { return "start mip-mibd with 'snmp: standalone:' on this address and port" }
        return
            "start snmpd with 'agentaddress udp:161' and 'rocommunity public' in \(snmpdConf), or give the --snmp and --credentials "
            + "that the manager uses"
    }
}

/// What is wrong at one station, and what to change.
struct Finding: Sendable {
    let station: String
    let problem: String
    let remedy: String

    init(_ station: String, _ problem: String, _ remedy: String) {
        self.station = station
        self.problem = problem
        self.remedy = remedy
    }
}
