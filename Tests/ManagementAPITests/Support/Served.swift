import AgentModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import Testing

/// Scripted agents, their mirrors, and the API on top.
struct Served {
    let agents: [ScriptedAgent]
    let mirrors: [ManagedAgent]
    private let directory: TemporaryDirectory

    /// Creates one agent for each list of rows, named `one`, `two` and so on.
    ///
    /// - Parameter grace: the default is long enough that a mirror on a busy machine does not forget its agent.
    init(_ rows: [[StateChange]], grace: Duration = .seconds(60)) throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        agents = rows.enumerated().map { ScriptedAgent(socketPath: directory.file("\($0).sock"), rows: $1) }
        mirrors = zip(["one", "two", "three"], agents).map { ManagedAgent(name: $0, socketPath: $1.socketPath, grace: grace) }
    }

    /// The token of the server, which clients send unless a test says otherwise.
    static var token: AccessToken {
        get throws {
            try #require(AccessToken(name: ManagementToken.name, role: .write, hash: ManagementToken.hash))
        }
    }

    func server(
        snmpStatus: (@Sendable () -> SNMPAgentStatus)? = nil, notifications: (any NotificationControl)? = nil,
        port: UInt16 = 0,
        configure: (inout ManagementServerConfiguration) -> Void = { _ in }
    ) throws -> ManagementServer {
        var configuration = try #require(
            ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: port, tokens: [try Self.token]))
        configure(&configuration)
        return ManagementServer(
            configuration: configuration,
            agents: mirrors, snmpStatus: snmpStatus, notifications: notifications,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs `body` against the API once all mirrors are synchronized.
    func test(
        _ framework: TestingSetup = .router, snmpStatus: (@Sendable () -> SNMPAgentStatus)? = nil,
        notifications: (any NotificationControl)? = nil,
        configure: (inout ManagementServerConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (Client) async throws -> Void
    ) async throws {
        for agent in agents { try await agent.start() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for mirror in mirrors { group.addTask { await mirror.run() } }
            try await eventually("synchronized mirrors") {
                mirrors.allSatisfy { $0.state().health.connection == .synchronized }
            }
            try await server(snmpStatus: snmpStatus, notifications: notifications, configure: configure).makeApplication().test(
                framework
            ) { client in
                try await body(Client(client: client))
            }
            group.cancelAll()
        }
        for agent in agents { await agent.stop() }
    }
}

/// Sends requests to the API and reads JSON.
struct Client: Sendable {
    let client: any TestClientProtocol
    /// Sent with requests that have no other; nil for none.
    var authorization: String? = ManagementToken.authorization

    func get(_ uri: String, headers: HTTPFields = [:], method: HTTPRequest.Method = .get) async throws -> TestResponse {
        try await client.execute(uri: uri, method: method, headers: headers.adding(authorization: authorization)) { $0 }
    }

    /// The items of an answer that must be a list.
    func list(_ uri: String, accept: String = "application/json") async throws -> [[String: Any]] {
        let response = try await get(uri, headers: [.accept: accept])
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        return try #require(try JSONSerialization.jsonObject(with: response.bytes) as? [[String: Any]])
    }

    func object(_ uri: String) async throws -> [String: Any] {
        let response = try await get(uri)
        #expect(response.status == .ok)
        return try response.object()
    }
}

extension HTTPFields {
    func adding(authorization: String?) -> HTTPFields {
        guard self[.authorization] == nil else { return self }
        var fields = self
        fields[.authorization] = authorization
        return fields
    }
}

extension TestResponse {
    var bytes: Data { Data(body.readableBytesView) }

    func object() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }
}
