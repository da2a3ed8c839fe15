import AgentModel
import Foundation
import MIPTesting
import Testing

@testable import mip_mib

@Suite("mip-mib events")
struct EventsTests {
    /// Runs `events` while the agent sends one event after another.
    private func events(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
        let scene = try await Scene()
        let reporter = Self.report(scene.agent)
        let result = try await scene.run(["events"] + arguments)
        reporter.cancel()
        await scene.agent.stop()
        return result
    }

    /// Lets the agent send one event after another.
    static func report(_ agent: ScriptedAgent) -> Task<Void, any Error> {
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

    @Test("Prints one line per event, safe for a terminal")
    func lines() async throws {
        let result = try await events(["--limit", "1", "--follow"])
        #expect(result.status == 0)
        #expect(result.output.hasSuffix("  home  registered  a node\\u{1b}[2J registered\n"), "\(result.output)")
    }

    @Test("Conditions select events", arguments: ["registered", "revoked"])
    func conditions(kind: String) async throws {
        let result = try await events(["--limit", "2", "--where", "kind=\(kind)", "-o", "ndjson"])
        #expect(result.status == 0)
        let rows = try result.output.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
        #expect(rows.count == 2)
        #expect(rows.allSatisfy { $0?["kind"] as? String == kind && $0?["agent"] as? String == "home" })
    }

    @Test("An unreachable agent ends it with status 3")
    func unreachable() async throws {
        let directory = try TemporaryDirectory()
        let result = try await Scene.run(["events", "--socket", directory.file("none.sock")])
        #expect(result.status == 3)
        #expect(result.errors.contains("none.sock"))
    }

    @Test(
        "A management daemon sends the events it keeps, those after a known one, and new ones, in the form of an agent's socket")
    func byURL() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        func events(_ arguments: [String]) async throws -> [[String: Any]] {
            let result = try await Scene.run(["events", "-o", "ndjson"] + daemon.arguments(.url) + arguments)
            #expect(result.status == 0, "\(result.errors)")
            return try result.output.split(separator: "\n").map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
        }
        let own = ["--where", "message~a node"]
        await scene.agent.publish([.event(Self.event(.registered)), .event(Self.event(.revoked))])
        try await eventually("the daemon keeps them") {
            try await Scene.run(["events"] + own + daemon.arguments(.url)).output.contains("revoked")
        }
        let kept = try await events(own)
        #expect(kept.compactMap { $0["kind"] as? String } == ["registered", "revoked"])
        let first = try #require(kept.first?["id"] as? String)
        #expect(try await events(own + ["--after", first]).compactMap { $0["kind"] as? String } == ["revoked"])
        // A stream begins after the given event, and continues with new ones.
        let reporter = Self.report(scene.agent)
        let followed = try await events(own + ["--follow", "--after", first, "--limit", "3"])
        let live = try await scene.run(["events", "-o", "ndjson", "--limit", "2"])
        reporter.cancel()
        #expect(followed.compactMap { $0["kind"] as? String } == ["revoked", "registered", "revoked"])
        // Except for the id, an event is the same from both.
        var last = try #require(followed.last)
        last["id"] = nil
        let lines = try live.output.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary
        }
        #expect(lines.contains(last as NSDictionary), "\(live.output)")
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("A broken stream resumes where it ended: no event that the daemon keeps is missed")
    func reconnects() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        // A relay between the command and the daemon, which can be stopped.
        var relay = try RawServer(RawServer.relay(to: Int(daemon.httpPort)))
        let port = relay.port
        let output = scene.directory.file("events")
        let command = try ChildProcess(
            BuiltProducts.path(of: "mip-mib"),
            ["events", "--follow", "-o", "ndjson", "--where", "message~a node", "--url", "http://127.0.0.1:\(port)"], log: output)
        try await eventually("the command follows") {
            await scene.agent.publish([.event(Self.event(.registered))])
            return command.output.contains("registered")
        }
        relay.stop()
        try await eventually("the command has noticed") { command.output.contains("retrying") }
        await scene.agent.publish([.event(Self.event(.revoked))])
        relay = try RawServer(port: port, RawServer.relay(to: Int(daemon.httpPort)))
        try await eventually("the event sent meanwhile is printed") { command.output.contains("revoked") }
        #expect(command.output.components(separatedBy: #""kind":"revoked""#).count == 2)
        command.signal(SIGINT)
        #expect(try await command.waitForExit() == 128 + SIGINT)
        relay.stop()
        try await daemon.stop()
        await scene.agent.stop()
    }
}
