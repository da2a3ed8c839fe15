import AgentModel
import Foundation
import MIPTesting
import Testing

@Suite("The history limit while SNMP is off")
struct HistoryLimitTests {
    private static func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private static func patch(_ management: ManagementProcess, _ body: String) async throws -> (status: Int, body: String) {
        let answer = try await management.get(
            "/v1/notifications/one", ["-X", "PATCH", "-H", "Content-Type: application/json", "-d", body])
        return (answer.status, answer.body)
    }

    private static func limit(_ management: ManagementProcess, _ path: String) async throws -> Int? {
        try object(try await management.get(path).body)["historyLimit"] as? Int
    }

    @Test(
        "A limit set through the API applies immediately, to the stored history, and after a restart; no other setting is accepted"
    )
    func limit() async throws {
        let directory = try TemporaryDirectory()
        let bindings = (1...4).map { Samples.binding($0) }
        let agent = ScriptedAgent(socketPath: directory.file("agent.sock"), rows: bindings.map(StateChange.binding))
        try await agent.start()
        let state = directory.file("kept/state.json")
        let management = try await ManagementProcess(socket: agent.socketPath, stateFile: state)
        let before = try Self.object(try await management.get("/v1/notifications/one").body)
        #expect(before["historyLimit"] as? Int == 1000)
        #expect((before["enabled"] as? [String]) == [])

        #expect(try await Self.patch(management, #"{"historyLimit": 2}"#).status == 204)
        #expect(try await Self.limit(management, "/v1/notifications/one") == 2)
        #expect(try await Self.limit(management, "/v1/agents/one") == 2)
        await agent.publish(bindings.map { .bindingRemoved($0.key, .expired) })
        try await eventually("all bindings ended") {
            try await management.get("/v1/bindings", ["-H", "Accept: application/x-ndjson"]).body.isEmpty
        }
        let history = try await management.get("/v1/history?fields=homeAddress", ["-H", "Accept: application/x-ndjson"]).body
        #expect(history.split(separator: "\n").count == 2, "\(history)")

        for (body, field) in [
            (#"{"maximumRate": 1}"#, "maximumRate"), (#"{"historyLimit": 3, "enabled": ["expired"]}"#, "enabled"),
        ] {
            let refused = try await Self.patch(management, body)
            #expect(refused.status == 409)
            let problem = try Self.object(refused.body)
            #expect(problem["field"] as? String == field)
            #expect((problem["detail"] as? String)?.contains("SNMP is off") == true)
        }
        #expect(try await Self.limit(management, "/v1/agents/one") == 2)
        try await management.stop()

        let next = try await ManagementProcess(socket: agent.socketPath, stateFile: state)
        #expect(try await Self.limit(next, "/v1/agents/one") == 2)
        #expect(try await Self.limit(next, "/v1/notifications/one") == 2)
        try await next.stop()
        await agent.stop()
    }

    @Test("A limit that cannot be saved is refused and not applied")
    func unkept() async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("agent.sock"))
        try await agent.start()
        let management = try await ManagementProcess(socket: agent.socketPath, stateFile: directory.file("kept/state.json"))
        // Before the start, this would be a mistake in the configuration.
        try directory.write("", to: "kept")
        #expect(try await Self.patch(management, #"{"historyLimit": 2}"#).status == 503)
        #expect(try await Self.limit(management, "/v1/agents/one") == 1000)
        try await management.stop()
        await agent.stop()
    }
}
