import Foundation
import MIPTesting
import MobileIPv4
import Testing

/// The programs of the product as an operator runs them, on loopback: a home agent, a foreign agent, snmpd and mip-mibd.
final class Slice {
    static let key = "00112233445566778899aabbccddeeff"
    let directory: TemporaryDirectory
    let homeAgent: TransportEndpoint
    let foreignAgent: TransportEndpoint
    let snmpPort = freePort()
    /// The addresses at which SNMP is served.
    let addresses: [String]
    let httpPort = freePort(stream: true)
    private(set) var processes: [String: ChildProcess] = [:]

    /// - Parameters:
    ///   - associations: security associations of the home agent in addition to those of every test, as YAML.
    ///   - homeAgent: settings of the home agent in addition to those of every test, as lines of YAML.
    ///   - everyTransport: whether SNMP is also served over TCP and, if the machine has it, IPv6.
    init(associations: [String] = [], homeAgent settings: [String] = [], everyTransport: Bool = false) throws {
        addresses =
            ["udp:127.0.0.1:\(snmpPort)"] + (everyTransport ? ["tcp:127.0.0.1:\(snmpPort)"] : [])
            + (everyTransport && LoopbackIPv6.isPresent ? ["udp6:[::1]:\(snmpPort)"] : [])
        directory = try TemporaryDirectory()
        homeAgent = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: freePort())
        foreignAgent = TransportEndpoint(IPv4Address(127, 0, 0, 2), port: freePort())
        try directory.write(
            """
            name: home
            control: \(directory.file("home.sock"))
            state: \(directory.file("home.state"))
            homeAgent:
              addresses: ["\(homeAgent)"]
              homeNetworks: [127.40.0.0/16]
              addressPool: [127.40.0.200-127.40.0.220]
              maximumLifetime: 3600
            \(settings.map { "  \($0)" }.joined(separator: "\n"))
            securityAssociations:
              - {peer: 127.40.0.0/16, spi: 256, key: \(Self.key)}
              - {peer: alice@example.net, spi: 256, key: \(Self.key)}
            \(associations.map { "  - \($0)" }.joined(separator: "\n"))
            """, to: "home.yaml")
        try directory.write(
            """
            name: foreign
            control: \(directory.file("foreign.sock"))
            foreignAgent:
              addresses: ["\(foreignAgent)"]
              careOfAddresses: [127.0.0.2]
              homeAgentPort: \(homeAgent.port)
            """, to: "foreign.yaml")
        try configureManagement()
        try directory.write(Self.key + "\n", to: "node.key")
    }

    /// Writes the files of mip-mibd and snmpd.
    ///
    /// - Parameters:
    ///   - snmpd: lines of snmpd.conf in addition to the communities.
    ///   - standalone: lines of the section `snmp.standalone`.
    ///   - settings: lines of the section `snmp`.
    func configureManagement(
        _ path: ManagementPath = .agentX, snmpd: [String] = [], standalone: [String] = [], settings: [String] = []
    ) throws {
        let mode: [String] =
            switch path {
            case .agentX: ["agentx:", "  socket: unix:\(directory.file("agentx"))"]
            case .agentXThroughLibrary:
                ["agentx:", "  socket: unix:\(directory.file("agentx"))", "  answerDirectly: false"]
            case .standalone:
                ["standalone:"]
                    + (["listen: [\(addresses.map { "\"\($0)\"" }.joined(separator: ", "))]"] + standalone).map { "  \($0)" }
            }
        try directory.write(
            """
            agents:
              - {name: home, control: \(directory.file("home.sock"))}
              - {name: foreign, control: \(directory.file("foreign.sock"))}
            grace: 1
            runtimeDirectory: \(directory.file("runtime"))
            stateFile: \(directory.file("mip-mibd.json"))
            snmp:
            \((mode + settings).map { "  \($0)" }.joined(separator: "\n"))
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
            rocommunity foreign 127.0.0.1 -V all foreign
            rwcommunity foreign-rw 127.0.0.1 -V all foreign
            \(snmpd.joined(separator: "\n"))
            """, to: "snmpd.conf")
    }

    func start(_ name: String, _ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let own = ["SNMP_PERSISTENT_DIR": directory.file("snmp")]
        processes[name] = try ChildProcess(
            program, arguments, log: directory.file("\(name).log"), environment: own.merging(environment) { $1 })
    }

    func startAgents() throws {
        for name in ["home", "foreign"] {
            try start(name, BuiltProducts.path(of: "mip-agentd"), ["--config", directory.file("\(name).yaml")])
        }
    }

    func startManagement(_ path: ManagementPath = .agentX) throws {
        if path.hasMaster {
            try start("snmpd", "snmpd", ["-f", "-C", "-c", directory.file("snmpd.conf"), "-Lo"] + addresses)
        }
        try start("mip-mibd", BuiltProducts.path(of: "mip-mibd"), ["--config", directory.file("mip-mibd.yaml")])
    }

    func waitForAgents() async throws {
        try await eventually("the agents") {
            ["home", "foreign"].allSatisfy { processes[$0]?.output.contains("serving") == true }
        }
    }

    func waitForManagement() async throws {
        try await eventually("the MIB through snmpd") {
            let answer = try await snmp("snmpget", ["-Oqv"], ".1.3.6.1.2.1.44.1.1.1.0")
            return !answer.isEmpty && !answer.contains("No Such")
        }
        try await eventually("the JSON API") { try await get("/v1/status").contains("synchronized") }
    }

    @discardableResult
    func node(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
        try await ChildProcess.run(
            BuiltProducts.path(of: "mip-node"),
            ["register", "--home-agent", "\(homeAgent)", "--spi", "256", "--key-file", directory.file("node.key")] + arguments)
    }

    func command(_ arguments: [String], agent: String = "home") async throws -> (status: Int32, output: String, errors: String) {
        try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mib"), arguments + ["--socket", directory.file("\(agent).sock")])
    }

    /// Runs one of net-snmp's tools against snmpd.
    func snmp(
        _ tool: String, _ options: [String], _ oid: String, community: String = "public", environment: [String: String] = [:]
    ) async throws -> String {
        try await ChildProcess.run(
            tool, ["-v2c", "-c", community, "-t", "2"] + options + ["127.0.0.1:\(snmpPort)", oid], environment: environment
        ).output
    }

    /// Walks both agents, or some of them, with the checks of `AgentWalk`.
    func checkWalks(_ agents: [String] = ["home", "foreign"], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for agent in agents {
            let community = agent == "home" ? "public" : agent
            try await AgentWalk(
                port: snmpPort, access: ["-v2c", "-c", community], socket: directory.file("\(agent).sock")
            ).check(sourceLocation: sourceLocation)
        }
    }

    func get(_ path: String) async throws -> String {
        try await ChildProcess.run("curl", ["-sS", "--max-time", "5", "http://127.0.0.1:\(httpPort)\(path)"]).output
    }

    func stop() async throws {
        for name in ["prometheus", "exporter", "mip-mibd", "snmpd", "foreign", "home"] { try await processes[name]?.stop() }
    }
}
