import Foundation
import MIPTesting

/// mip-mibd for the daemons of a laboratory, running outside its networks, with its own snmpd or standalone.
final class ManagementBench {
    private let directory: TemporaryDirectory
    let port = freePort()
    private let agents: [(name: String, community: String)]
    private var processes: [ChildProcess] = []

    /// - Parameter agents: the daemons, each with the community that reads its context; the first is also in the default context.
    init(_ lab: Laboratory, _ agents: [(name: String, community: String)]) throws {
        directory = try TemporaryDirectory()
        self.agents = agents
        let list = agents.map { "  - {name: \($0.name), control: \(lab.socket($0.name))}" }.joined(separator: "\n")
        let communities = agents.flatMap {
            [
                "{name: \($0.community), context: \($0.name)}",
                "{name: \($0.community)-rw, context: \($0.name), access: readWrite}",
            ]
        }.joined(separator: ", ")
        let modes = [
            ManagementPath.agentX: "agentx: {socket: \"unix:\(directory.file("agentx"))\"}",
            .agentXThroughLibrary: "agentx: {socket: \"unix:\(directory.file("agentx"))\", answerDirectly: false}",
            .standalone: "standalone: {listen: [\"udp:127.0.0.1:\(port)\"], communities: [\(communities)]}",
        ]
        for (path, mode) in modes {
            try directory.write(
                """
                agents:
                \(list)
                runtimeDirectory: \(directory.file("runtime"))
                stateFile: \(directory.file("mip-mibd.json"))
                snmp:
                  \(mode)
                  writable: [advertising, foreignAgent, homeAgents]
                http: {enabled: false}
                """, to: "\(path).yaml")
        }
        try directory.write(
            (["agentXSocket unix:\(directory.file("agentx"))", "master agentx", "view all included .1"]
                + agents.flatMap {
                    [
                        "rocommunity \($0.community) 127.0.0.1 -V all \($0.name)",
                        "rwcommunity \($0.community)-rw 127.0.0.1 -V all \($0.name)",
                    ]
                }).joined(separator: "\n"),
            to: "snmpd.conf")
    }

    func start(_ path: ManagementPath) async throws {
        let environment = ["SNMP_PERSISTENT_DIR": directory.file("snmp")]
        if path.hasMaster {
            processes.append(
                try ChildProcess(
                    "snmpd", ["-f", "-C", "-c", directory.file("snmpd.conf"), "-Lo", "udp:127.0.0.1:\(port)"],
                    log: directory.file("snmpd.log"), environment: environment))
        }
        processes.append(
            try ChildProcess(
                BuiltProducts.path(of: "mip-mibd"), ["--config", directory.file("\(path).yaml")],
                log: directory.file("mip-mibd.log"),
                environment: environment))
        for agent in agents {
            try await eventually("\(agent.name) by SNMP") {
                // mipExtSourceStatus is synchronized(3).
                try await ChildProcess.run(
                    "snmpwalk", ["-v2c", "-c", agent.community, "-Oqv", "127.0.0.1:\(port)", ".1.3.6.1.2.1.44.1.1.1"]
                ).output.contains("\"")
            }
        }
    }

    /// All instances below an object, with types, numeric names and bytes in hexadecimal digits.
    func walk(_ root: String, _ community: String) async throws -> String {
        try await ChildProcess.run(
            "snmpbulkwalk", ["-v2c", "-c", community, "-t", "5", "-On", "-Oe", "-Ox", "127.0.0.1:\(port)", root],
            within: .seconds(60)
        ).output
    }

    /// The value of an instance as printed by net-snmp, without name and type.
    func get(_ oid: String, _ community: String) async throws -> String {
        try await ChildProcess.run(
            "snmpget", ["-v2c", "-c", community, "-t", "5", "-Oqv", "127.0.0.1:\(port)", oid]
        ).output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Writes; returns the output of snmpset if it failed, otherwise nil.
    func set(_ community: String, _ binds: String...) async throws -> String? {
        let result = try await ChildProcess.run(
            "snmpset", ["-v2c", "-c", community + "-rw", "-On", "-t", "5", "-r", "0", "127.0.0.1:\(port)"] + binds)
        return result.status == 0 ? nil : result.output + result.errors
    }

    func stop() async throws {
        for process in processes.reversed() { try await process.stop() }
        processes = []
    }
}
