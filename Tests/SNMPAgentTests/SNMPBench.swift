import AgentModel
import MIPTesting
import Testing

/// A scripted agent, a private snmpd and mip-mibd in one folder, which can be started and stopped separately.
final class SNMPBench {
    let directory: TemporaryDirectory
    let agent: ScriptedAgent
    let snmpPort = freePort()
    let httpPort = freePort(stream: true)
    private(set) var snmpd: ChildProcess?
    private(set) var daemon: ChildProcess?

    static let root = ".1.3.6.1.2.1.44"

    /// - Parameters:
    ///   - information: what the agent says about itself.
    ///   - hasHTTP: whether mip-mibd serves the JSON API too.
    ///   - settings: lines of the section `snmp` in addition.
    init(
        rows: [StateChange] = [], information: AgentInformation = Samples.information(), hasHTTP: Bool = false,
        settings: [String] = []
    ) throws {
        let settings = settings.map { "  \($0)" }.joined(separator: "\n")
        let http = hasHTTP ? "http: {port: \(httpPort)}" : ""
        directory = try TemporaryDirectory()
        agent = ScriptedAgent(socketPath: directory.file("home.sock"), information: information, rows: rows)
        try directory.write(
            """
            agentXSocket unix:\(directory.file("agentx"))
            master agentx
            view all included .1
            rocommunity public 127.0.0.1
            rocommunity home 127.0.0.1 -V all home
            rwcommunity private 127.0.0.1
            """, to: "snmpd.conf")
        for mode in [Mode.agentx, .agentxThroughLibrary] {
            try directory.write(
                """
                agents:
                  - name: home
                    control: \(directory.file("home.sock"))
                grace: 1
                runtimeDirectory: \(directory.file("runtime"))
                stateFile: \(directory.file("state.json"))
                snmp:
                  agentx:
                    socket: unix:\(directory.file("agentx"))
                    answerDirectly: \(mode == .agentx)
                  writable: \(Self.areas)
                \(settings)
                \(http)
                """, to: "\(mode).yaml")
        }
        try directory.write(
            """
            agents:
              - name: home
                control: \(directory.file("home.sock"))
            runtimeDirectory: \(directory.file("runtime2"))
            stateFile: \(directory.file("state.json"))
            snmp:
              standalone:
                port: \(snmpPort)
                communities: [{name: public}, {name: home, context: home}, {name: private, access: readWrite}]
              writable: \(Self.areas)
            \(settings)
            \(http)
            """, to: "standalone.yaml")
    }

    private static let areas =
        "[enable, bindings, drain, associations, advertising, foreignAgent, homeAgents, signalling, messages, notifications]"

    /// The modes in which mip-mibd runs.
    enum Mode: String, CaseIterable, Sendable {
        case agentx, standalone
        /// A subagent that leaves the master's requests to libnetsnmp: different code for reading, the same for everything else.
        case agentxThroughLibrary

        static let allCases: [Mode] = [.agentx, .standalone]
        /// The modes for tests of reading.
        static let reading: [Mode] = allCases + [.agentxThroughLibrary]

        var hasMaster: Bool { self != .standalone }
    }

    /// Starts the agent, snmpd if needed, and mip-mibd, and waits until they are ready.
    func start(_ mode: Mode) async throws {
        try await agent.start()
        if mode.hasMaster { try startSnmpd() }
        try startDaemon("\(mode).yaml")
        try await waitUntilServed()
    }

    /// Writes with the community that may write, and returns the response as printed by snmpset.
    func set(_ binds: [String], timeout: Int = 5) async throws -> (isDone: Bool, text: String) {
        let result = try await ChildProcess.run(
            "snmpset", ["-v2c", "-c", "private", "-On", "-t", "\(timeout)", "-r", "0", "127.0.0.1:\(snmpPort)"] + binds)
        return (result.status == 0, result.output + result.errors)
    }

    func startSnmpd() throws {
        snmpd = try ChildProcess(
            "snmpd", ["-f", "-C", "-c", directory.file("snmpd.conf"), "-Lo", "udp:127.0.0.1:\(snmpPort)"],
            log: directory.file("snmpd.log"), environment: ["SNMP_PERSISTENT_DIR": directory.file("persistent")])
    }

    func startDaemon(_ configuration: String = "agentx.yaml") throws {
        daemon = try startAnother(configuration, log: "mip-mibd.log")
    }

    func startAnother(_ configuration: String, log: String) throws -> ChildProcess {
        try ChildProcess(
            BuiltProducts.path(of: "mip-mibd"), ["--config", directory.file(configuration)], log: directory.file(log))
    }

    /// Runs one of net-snmp's tools with numeric output.
    func snmp(_ tool: String, _ arguments: [String], community: String = "public") async throws -> String {
        let result = try await ChildProcess.run(
            tool,
            ["-v2c", "-c", community, "-On", "-t", "3", "-r", "2"] + arguments.dropLast() + ["127.0.0.1:\(snmpPort)"]
                + arguments.suffix(1))
        return result.output
    }

    /// Walks the agent with the checks of `AgentWalk`, and returns the OIDs.
    @discardableResult
    func checkWalk(community: String = "public", sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
        try await AgentWalk(port: snmpPort, access: ["-v2c", "-c", community], socket: agent.socketPath)
            .check(sourceLocation: sourceLocation)
    }

    func answers() async throws -> Bool {
        let output = try await snmp("snmpget", ["\(Self.root).1.1.1.0"])
        return output.contains("= ") && !output.contains("No Such")
    }

    func waitUntilServed(within limit: Duration = .seconds(60)) async throws {
        do {
            try await eventually("the MIB by SNMP", within: limit) { try await answers() }
        } catch {
            throw TimedOut(description: "\(error)\n\(daemon?.output ?? "")\n\(snmpd?.output ?? "")")
        }
    }

    func stop() async throws {
        try await daemon?.stop()
        try await snmpd?.stop()
        await agent.stop()
    }
}
