import AgentDaemon
import AgentModel
import DaemonSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import NIOCore
import Testing

/// A home and foreign agent named `home`, as `mip-agentd` runs it, with its mirror and the API on top.
struct RealAgent {
    static let keyDigits = "00112233445566778899aabbccddeeff"
    let directory: TemporaryDirectory
    let mirror: ManagedAgent
    private let daemon: AgentDaemon
    private let address: TransportEndpoint
    private var control: String { directory.file("a.sock") }

    /// - Parameter advertises: whether the agent advertises itself on the loopback interface, which requires permission for raw sockets.
    init(advertises: Bool = false) throws {
        directory = try TemporaryDirectory()
        address = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: freePort())
        let text = """
            name: home
            control: \(directory.file("a.sock"))
            state: \(directory.file("state.json"))
            homeAgent:
              addresses: ["\(address)"]
              homeNetworks: [10.0.0.0/8]
            foreignAgent:
              addresses: ["127.0.0.2:\(freePort())"]
              careOfAddresses: [127.0.0.2]
              homeAgentPort: \(address.port)
            securityAssociations:
              - {peer: 10.0.0.0/8, spi: 1000, key: \(Self.keyDigits)}
            \(advertises ? "interfaces: [{name: lo, advertise: {maximumInterval: 600, onlyOnSolicitation: true}}]" : "")
            """
        daemon = AgentDaemon(
            configuration: try ConfigurationFile.read(text: text, named: "home.yaml", AgentDaemonConfiguration.init),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        mirror = ManagedAgent(name: "home", socketPath: directory.file("a.sock"), grace: .seconds(60))
    }

    /// Registers a node, so that it has a binding.
    func register(_ home: IPv4Address, from careOf: IPv4Address) async throws {
        var request: [UInt8] = []
        RegistrationRequest(
            flags: .decapsulationByMN, lifetime: RegistrationLifetime(rawValue: 600), homeAddress: home,
            homeAgent: address.address, careOfAddress: careOf,
            identification: Identification(unixNanoseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000) * 1000)
        ).encode(into: &request)
        let key = try #require(AuthenticationKey(hexadecimal: Self.keyDigits))
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: SecurityParameterIndex(rawValue: 1000), key: key, to: &request)
        let socket = UDPClient()
        socket.send(request, to: address)
        let reply = try await socket.receive()
        #expect(try RegistrationReply(decoding: reply.span.bytes).code == .accepted)
        try await eventually("the binding") { mirror.state().bindings.contains { $0.row.homeAddress == home } }
    }

    /// Runs `body` against the API once the mirror is synchronized. All log messages go to `log`.
    ///
    /// - Parameter tokens: those of the server; nil for the one of tests, which the client then sends with every request.
    func serving(
        log: LogCollector = LogCollector(), tokens: [AccessToken]? = nil,
        _ body: @escaping @Sendable (ChangeClient) async throws -> Void
    ) async throws {
        try await daemon.start()
        let following = Task { [mirror] in await mirror.run() }
        do {
            try await eventually("a synchronized mirror") { mirror.state().health.connection == .synchronized }
            let configuration = try #require(
                ManagementServerConfiguration(
                    address: IPv4Address(127, 0, 0, 1), port: 0, tokens: tokens ?? [try Served.token]))
            let server = ManagementServer(
                configuration: configuration, agents: [mirror], logger: Logger(label: "test") { _ in log })
            let authorization = tokens == nil ? ManagementToken.authorization : nil
            try await server.makeApplication().test(.live) { client in
                try await body(ChangeClient(client: client, authorization: authorization))
            }
        } catch {
            following.cancel()
            await daemon.stop()
            throw error
        }
        following.cancel()
        await daemon.stop()
    }
}

/// Sends changes to the API.
struct ChangeClient: Sendable {
    let client: any TestClientProtocol
    /// Sent with requests that have no other; nil for none.
    var authorization: String? = ManagementToken.authorization
    var reading: Client { Client(client: client, authorization: authorization) }

    func send(
        _ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil, _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers.adding(authorization: authorization)
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let end = ContinuousClock.now + .seconds(30)
        while true {
            let answer = try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
            ) { $0 }
            // On a busy machine, a mirror may briefly lose its agent; the client then retries.
            let title = answer.status == .serviceUnavailable ? try answer.object()["title"] as? String : nil
            guard title == "The agent is unreachable", ContinuousClock.now < end else { return answer }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// The tag of a row.
    func tag(_ uri: String) async throws -> String { try #require(try await reading.get(uri).headers[.eTag]) }
}
