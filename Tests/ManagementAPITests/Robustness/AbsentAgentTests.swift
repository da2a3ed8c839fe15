import Foundation
import MIPTesting
import Testing

/// Tests with real daemons: an agent that is suspended, killed, and restarted.
@Suite("An agent that does not answer")
struct AbsentAgentTests {
    private let directory: TemporaryDirectory
    private let configuration: String
    private var socket: String { directory.file("home.sock") }

    init() throws {
        directory = try TemporaryDirectory()
        configuration = try directory.write(
            """
            name: one
            control: \(directory.file("home.sock"))
            homeAgent:
              addresses: ["127.0.0.1:\(freePort())"]
              homeNetworks: [10.0.0.0/8]
            securityAssociations:
              - {peer: 10.0.0.0/8, spi: 1000, key: 00112233445566778899aabbccddeeff}

            """, to: "home.yaml")
    }

    private func start() async throws -> ChildProcess {
        let agent = try ChildProcess(
            BuiltProducts.path(of: "mip-agentd"), ["--config", configuration], log: directory.file("log"))
        try await eventually("the agent's socket") { FileManager.default.fileExists(atPath: socket) }
        return agent
    }

    /// Seconds since the agent was last heard, and the state of the connection to it, from the headers of an answer.
    private static func data(_ headers: String) throws -> (age: Double, connection: String) {
        let match = try #require(
            try /(?i:mip-agent-data): "one";age=([0-9.]+);connection=([a-z]+)/.firstMatch(in: headers), "\(headers)")
        return (try #require(Double(match.1)), String(match.2))
    }

    /// Checks that every interface answers immediately, whatever the agent does. Returns the age and connection state the answers report.
    private static func everythingAnswers(_ management: ManagementProcess) async throws -> (age: Double, connection: String) {
        for path in ["/healthz", "/v1/status", "/v1/bindings", "/v1/associations", "/metrics", "/v1/events"] {
            #expect(try await management.get(path, ["-H", "Accept: application/json"]).status == 200, "\(path)")
        }
        return try Self.data(try await management.get("/v1/associations").headers)
    }

    @Test("A suspended agent shows in /readyz, answers report the age of their data, changes are refused, and nothing hangs")
    func stopped() async throws {
        let agent = try await start()
        let management = try await ManagementProcess(socket: socket)
        #expect(try await Self.everythingAnswers(management).connection == "synchronized")
        agent.signal(SIGSTOP)
        defer { agent.signal(SIGCONT) }
        // The connection is still open; its silence is the only indication.
        var ages: [Double] = []
        try await eventually("the silence in /readyz") {
            let reported = try Self.data(try await management.get("/v1/associations").headers)
            if reported.connection == "synchronized" { ages.append(reported.age) }
            let ready = try await management.get("/readyz")
            return ready.status == 503 && ready.body.contains("no current data from one")
        }
        #expect((ages.max() ?? 0) > 2, "\(ages)")
        let reported = try await Self.everythingAnswers(management)
        #expect(reported.age > 2)
        #expect(["stale", "down"].contains(reported.connection))
        let change = try await management.get(
            "/v1/settings/one", ["-X", "PATCH", "-H", "Content-Type: application/json", "-d", #"{"enabled": false}"#])
        #expect([404, 503].contains(change.status), "\(change)")
        #expect(try await Self.everythingAnswers(management).age > reported.age)
        agent.signal(SIGCONT)
        try await eventually("readiness") { try await management.get("/readyz").status == 200 }
        let settings = try await management.get("/v1/settings/one")
        #expect(settings.body.contains(#""enabled":true"#), "\(settings)")
        try await agent.stop()
        try await management.stop()
    }

    @Test("A change requested from a suspended agent is refused in time, because the agent does not answer")
    func changing() async throws {
        let agent = try await start()
        let management = try await ManagementProcess(socket: socket)
        agent.signal(SIGSTOP)
        defer { agent.signal(SIGCONT) }
        async let change = management.get(
            "/v1/settings/one", ["-X", "PATCH", "-H", "Content-Type: application/json", "-d", #"{"enabled": false}"#])
        #expect(try await management.get("/v1/status").status == 200)
        let answer = try await change
        #expect(answer.status == 503, "\(answer)")
        #expect(answer.body.contains("The agent does not answer"), "\(answer)")
        #expect(answer.headers.lowercased().contains("retry-after: "))
        agent.signal(SIGCONT)
        try await agent.stop()
        try await management.stop()
    }

    @Test("While a killed agent is down, /readyz fails; after its restart it recovers by itself, and the restart is counted")
    func killed() async throws {
        let agent = try await start()
        let management = try await ManagementProcess(socket: socket)
        agent.signal(SIGKILL)
        _ = try await agent.waitForExit()
        try await eventually("the loss in /readyz") { try await management.get("/readyz").status == 503 }
        #expect(try await Self.everythingAnswers(management).connection != "synchronized")
        try await eventually("the withdrawal of rows") { try await management.get("/v1/associations").body == "[\n]\n" }
        try FileManager.default.removeItem(atPath: socket)
        let next = try await start()
        try await eventually("readiness") { try await management.get("/readyz").status == 200 }
        #expect(try await management.get("/metrics").body.contains("mip_agent_restarts_total{agent=\"one\"} 1"))
        try await next.stop()
        try await management.stop()
    }
}
