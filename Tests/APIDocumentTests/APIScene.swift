import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

/// `mip-mibd` as an operator runs it, with the agents of the document's examples: `home`, which is `mip-agentd` with a registered node, and
/// `foreign` and `node`, which are scripted because producing their data for real would require networks of their own.
final class APIScene: Sendable {
    private let directory: TemporaryDirectory
    private let homeAgent = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: freePort())
    private let port = freePort(stream: true)
    private let foreign: ScriptedAgent
    private let node: ScriptedAgent
    private static let key = "00112233445566778899aabbccddeeff"

    var url: String { "http://127.0.0.1:\(port)" }

    init() throws {
        directory = try TemporaryDirectory()
        foreign = ScriptedAgent(socketPath: directory.file("foreign.sock"), rows: Self.foreignRows)
        node = ScriptedAgent(
            socketPath: directory.file("node.sock"), information: Samples.information(roles: [.mobileNode], instance: "node"),
            rows: [
                .mobileNodeStatus(Samples.mobileNodeStatus()), .registration(Samples.registration(1)),
                .foreignAgent(Samples.foreignAgent(1)),
            ])
        try directory.write(
            """
            name: home
            control: \(directory.file("home.sock"))
            state: \(directory.file("home.state"))
            homeAgent:
              addresses: ["\(homeAgent)"]
              homeNetworks: [10.0.0.0/8]
            foreignAgent:
              addresses: ["127.0.0.2:\(freePort())"]
              careOfAddresses: [127.0.0.2]
              homeAgentPort: \(homeAgent.port)
            securityAssociations:
              - {peer: 10.0.0.0/8, spi: 1000, key: \(Self.key)}
            """, to: "home.yaml")
        try directory.write(
            """
            agents:
            \(["home", "foreign", "node"].map { "  - {name: \($0), control: \(directory.file("\($0).sock"))}" }.joined(separator: "\n"))
            runtimeDirectory: \(directory.file("runtime"))
            stateFile: \(directory.file("mip-mibd.json"))
            snmp:
              standalone: {port: \(freePort())}
            http:
              port: \(port)
              requestsPerSecond: 100000
              \(ManagementToken.setting)
            """, to: "mip-mibd.yaml")
    }

    private static let foreignRows: [StateChange] = [
        .visitor(Samples.visitor(1)), .pending(Samples.pending(1)), .exchange(Samples.exchange(1)),
        .extensionUse(Samples.extensionUse(1)),
        .tunnel(
            MobilityTunnel(
                localAddress: IPv4Address(10, 0, 0, 1), remoteAddress: IPv4Address(192, 0, 2, 1), encapsulation: .ipInIp,
                packetsSent: 12, octetsSent: 3456, packetsReceived: 7, octetsReceived: 890)),
        .traffic(
            ForwardedTraffic(
                role: .homeAgent, homeAddress: IPv4Address(10, 0, 1, 7), packetsToNode: 3, octetsToNode: 300, packetsFromNode: 4,
                octetsFromNode: 400)),
        .advertising(
            AdvertisingInterface(
                name: "lan", address: IPv4Address(10, 0, 0, 1), prefixLength: 24, destination: IPv4Address(224, 0, 0, 1),
                maximumRegistrationLifetime: 1800, maximumInterval: 600, minimumInterval: 450, advertisementLifetime: 1800,
                onlyOnSolicitation: false, includesPrefixLength: true, flags: [.homeAgent], careOfAddresses: [],
                challengeLength: 0, interfaceIndex: 3)),
    ]

    /// Runs `body` with the address of the server once everything that the examples refer to exists.
    func run(_ body: (String) async throws -> Void) async throws {
        try await foreign.start()
        try await node.start()
        let environment = ["SNMP_PERSISTENT_DIR": directory.file("snmp")]
        func start(_ program: String, _ file: String) throws -> ChildProcess {
            try ChildProcess(
                BuiltProducts.path(of: program), ["--config", directory.file(file)], log: directory.file("\(program).log"),
                environment: environment)
        }
        let agent = try start("mip-agentd", "home.yaml")
        try await eventually("the agent") { agent.output.contains("serving") }
        let management = try start("mip-mibd", "mip-mibd.yaml")
        try await eventually("the API") { try await Self.curl([url + "/readyz"]).contains("\"ready\"") }
        try await eventually("SNMP") { try await Self.curl([url + "/v1/status"]).contains("\"serving\"") }
        try await populate()
        try await body(url)
        try await management.stop()
        try await agent.stop()
        await foreign.stop()
        await node.stop()
    }

    /// Creates the data of the examples: a node that has moved once, a violator that does not know its key, and an added care-of address.
    private func populate() async throws {
        let home = IPv4Address(10, 0, 1, 7)
        for careOf: UInt8 in [2, 1] {
            #expect(try await register(home, from: IPv4Address(192, 0, 2, careOf), key: Self.key) == .accepted)
        }
        #expect(
            try await register(IPv4Address(10, 0, 3, 1), from: IPv4Address(192, 0, 2, 3), key: "ff")
                == .haMobileNodeFailedAuthentication)
        let path = url + "/v1/care-of-addresses/home/192.0.2.1"
        _ = try await Self.curl(["-X", "PUT", path] + ManagementToken.curl)
        for row in ["bindings/home/10.0.1.7/192.0.2.1", "history/home/10.0.1.7/1", "violations/home/10.0.3.1"] {
            try await eventually(row) { !(try await Self.curl(["-f", "\(url)/v1/\(row)"])).isEmpty }
        }
    }

    private func register(_ home: IPv4Address, from careOf: IPv4Address, key: String) async throws -> ReplyCode {
        var request: [UInt8] = []
        RegistrationRequest(
            flags: .decapsulationByMN, lifetime: RegistrationLifetime(rawValue: 3600), homeAddress: home,
            homeAgent: homeAgent.address, careOfAddress: careOf,
            identification: Identification(unixNanoseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000) * 1000)
        ).encode(into: &request)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: SecurityParameterIndex(rawValue: 1000),
            key: try #require(AuthenticationKey(hexadecimal: key)), to: &request)
        let socket = UDPClient()
        socket.send(request, to: homeAgent)
        let datagram = try await socket.receive()
        return try RegistrationReply(decoding: datagram.span.bytes).code
    }

    static func curl(_ arguments: [String]) async throws -> String {
        try await ChildProcess.run("curl", ["-s", "--max-time", "10"] + arguments).output
    }
}
