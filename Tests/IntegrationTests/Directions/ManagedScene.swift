import Foundation
import MIPTesting

/// One agent with both agent roles, and all its management interfaces: SNMP, the JSON API and metrics of a mip-mibd, and mip-mib.
final class ManagedScene {
    static let key = "00112233445566778899aabbccddeeff"
    /// Advertising needs a packet socket. The agent advertises on the loopback interface, where no one else listens.
    static let canAdvertise = getuid() == 0

    let directory: TemporaryDirectory
    private let snmpPort = freePort()
    private let httpPort = freePort(stream: true)
    private let homeAgent = "127.0.0.1:\(freePort())"
    private var processes: [ChildProcess] = []

    init(_ path: ManagementPath) async throws {
        directory = try TemporaryDirectory()
        try directory.write(Self.key + "\n", to: "node.key")
        try directory.write(
            """
            name: home
            control: \(directory.file("home.sock"))
            state: \(directory.file("home.state"))
            homeAgent:
              addresses: ["\(homeAgent)"]
              homeNetworks: [127.40.0.0/16]
            foreignAgent:
              addresses: ["127.0.0.2:\(freePort())"]
              careOfAddresses: [127.0.0.2]
              homeAgentPort: 434
            \(Self.canAdvertise
                ? "interfaces:\n  - {name: lo, address: 127.0.0.1, services: [foreignAgent], advertise: {maximumInterval: 600}}" : "")
            securityAssociations:
              - {peer: 127.40.0.0/16, spi: 256, key: \(Self.key)}

            """, to: "home.yaml")
        let mode =
            path.hasMaster
            ? "agentx: {socket: \"unix:\(directory.file("agentx"))\"}"
            : "standalone: {listen: [\"udp:127.0.0.1:\(snmpPort)\"], communities: [{name: public}, {name: private, access: readWrite}]}"
        try directory.write(
            """
            agents:
              - {name: home, control: \(directory.file("home.sock"))}
            runtimeDirectory: \(directory.file("runtime"))
            stateFile: \(directory.file("mip-mibd.json"))
            snmp:
              \(mode)
              writable: [enable, associations, advertising, foreignAgent, bindings]
            http:
              port: \(httpPort)
              \(ManagementToken.setting)

            """, to: "mip-mibd.yaml")
        try directory.write(
            """
            agentXSocket unix:\(directory.file("agentx"))
            master agentx
            view all included .1
            rocommunity public 127.0.0.1
            rwcommunity private 127.0.0.1

            """, to: "snmpd.conf")
        try start("mip-agentd", BuiltProducts.path(of: "mip-agentd"), ["--config", directory.file("home.yaml")])
        try await eventually("the agent") { processes[0].output.contains("serving") }
        if path.hasMaster {
            try start("snmpd", "snmpd", ["-f", "-C", "-c", directory.file("snmpd.conf"), "-Lo", "udp:127.0.0.1:\(snmpPort)"])
        }
        try start("mip-mibd", BuiltProducts.path(of: "mip-mibd"), ["--config", directory.file("mip-mibd.yaml")])
        try await eventually("SNMP") { try await get(".1.3.6.1.2.1.44.1.1.2.0") == "1" }
        try await eventually("the JSON API") { try await request("GET", "/readyz").status == 200 }
    }

    private func start(_ name: String, _ program: String, _ arguments: [String]) throws {
        processes.append(
            try ChildProcess(
                program, arguments, log: directory.file("\(name).log"),
                environment: ["SNMP_PERSISTENT_DIR": directory.file("snmp")]))
    }

    /// The value of an instance as printed by net-snmp, without name and type.
    func get(_ oid: String) async throws -> String {
        try await ChildProcess.run(
            "snmpget", ["-v2c", "-c", "public", "-t", "5", "-Oqv", "127.0.0.1:\(snmpPort)", oid]
        ).output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Writes by SNMP; returns the output of snmpset if it failed, otherwise nil.
    func set(_ binds: [String]) async throws -> String? {
        let result = try await ChildProcess.run(
            "snmpset", ["-v2c", "-c", "private", "-On", "-t", "10", "-r", "0", "127.0.0.1:\(snmpPort)"] + binds)
        return result.status == 0 ? nil : result.output + result.errors
    }

    func request(_ method: String, _ path: String, _ body: String? = nil) async throws -> (status: Int, body: String) {
        let content = body.map { ["-H", "Content-Type: application/json", "-d", $0] } ?? []
        let output = try await ChildProcess.run(
            "curl",
            ["-sS", "--max-time", "30", "-X", method, "-w", "\n%{http_code}"] + ManagementToken.curl + content
                + ["http://127.0.0.1:\(httpPort)\(path)"]
        ).output
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
    }

    /// Runs `mip-mib` on the agent's socket or on the management daemon.
    func command(_ arguments: [String], byURL: Bool) async throws -> (status: Int32, output: String, errors: String) {
        let source = byURL ? ["--url", "http://127.0.0.1:\(httpPort)"] : ["--socket", directory.file("home.sock")]
        return try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mib"), arguments + source,
            environment: ["MIP_MIB_TIMEOUT": "60", "MIP_MIB_TOKEN": ManagementToken.text], within: .seconds(90))
    }

    /// Registers a node; returns the output of mip-node if it failed, otherwise nil.
    func register(_ home: String, from careOf: String) async throws -> String? {
        let result = try await ChildProcess.run(
            BuiltProducts.path(of: "mip-node"),
            [
                "register", "--home-agent", homeAgent, "--spi", "256", "--key-file", directory.file("node.key"), "--count", "1",
                "--first-home-address", home, "--care-of-address", careOf,
            ])
        return result.status == 0 ? nil : result.output + result.errors
    }

    func stop() async throws {
        for process in processes.reversed() { try await process.stop() }
    }
}
