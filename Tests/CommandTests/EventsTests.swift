import AgentModel
import Foundation
import MIPTesting
import Testing

@Suite("mip-mib events")
struct EventsTests {
    /// Runs `events` while the agent tells one event after the other.
    private func events(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
        let scene = try await Scene()
        let teller = Self.tell(scene.agent)
        let result = try await scene.run(["events"] + arguments)
        teller.cancel()
        await scene.agent.stop()
        return result
    }

    /// Has the agent tell one event after the other.
    static func tell(_ agent: ScriptedAgent) -> Task<Void, any Error> {
        Task {
            while !Task.isCancelled {
                await agent.publish([.event(Self.event(.registered)), .event(Self.event(.revoked))])
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private static func event(_ kind: AgentEventKind) -> AgentEvent {
        AgentEvent(time: Samples.start, kind: kind, role: .homeAgent, message: "a node\u{1B}[2J \(kind.rawValue)")
    }

    @Test("Prints a line an event, safe for a terminal")
    func lines() async throws {
        let result = try await events(["--limit", "1", "--follow"])
        #expect(result.status == 0)
        #expect(result.output.hasSuffix("  home  registered  a node\\u{1b}[2J registered\n"), "\(result.output)")
    }

    @Test("Conditions choose events", arguments: ["registered", "revoked"])
    func conditions(kind: String) async throws {
        let result = try await events(["--limit", "2", "--where", "kind=\(kind)", "-o", "ndjson"])
        #expect(result.status == 0)
        let rows = try result.output.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
        #expect(rows.count == 2)
        #expect(rows.allSatisfy { $0?["kind"] as? String == kind && $0?["agent"] as? String == "home" })
    }

    @Test("An agent that is not there ends it with status 3")
    func unreachable() async throws {
        let directory = try TemporaryDirectory()
        let result = try await Scene.run(["events", "--socket", directory.file("none.sock")])
        #expect(result.status == 3)
        #expect(result.errors.contains("none.sock"))
    }
}
