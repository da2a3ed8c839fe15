import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("mip-mib drain")
struct DrainTests {
    private static let order = DrainOrder(
        homeAgents: [IPv4Address(192, 0, 2, 53), IPv4Address(192, 0, 2, 54)], text: "Maintenance")
    private static let begin = ["drain", "192.0.2.53", "192.0.2.54", "--text", "Maintenance"]

    /// Three bindings, two of which can be moved.
    private static var rows: [StateChange] {
        (1...3).map { number in
            var binding = Samples.binding(number, lifetime: 36_000)
            binding.revocation = number == 1 ? .none : .agreed
            return .binding(binding)
        }
    }

    @Test("It begins, shows what is left, and ends, at the socket and by URL; with --dry-run nothing changes")
    func whole() async throws {
        let scene = try await Scene(Self.rows)
        let daemon = try await Daemon(scene)
        for source in [["--socket", scene.socket], daemon.arguments(.url)] {
            func run(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
                try await Scene.run(arguments + source, environment: daemon.environment)
            }
            let before = await scene.agent.applied.count
            let trial = try await run(Self.begin + ["--dry-run"])
            #expect(trial.status == 0, "\(trial)")
            #expect(trial.output == "this would be done: nodes are moved to 192.0.2.53, 192.0.2.54\n")
            #expect(await scene.agent.applied.count == before)
            let idle = try await run(["drain"])
            #expect(idle.status == 1 && idle.errors == "mip-mib: the home agent does not drain\n", "\(idle)")
            let made = try await run(Self.begin + ["--yes"])
            #expect(made.status == 0, "\(made)")
            #expect(made.output.hasPrefix("nodes are moved to 192.0.2.53, 192.0.2.54\n"))
            #expect(made.output.hasSuffix("3 bindings are left, 2 of which can be moved\n"), "\(made)")
            #expect(await scene.agent.applied.last == .drain(Self.order))
            try await eventually("the drain to show") { try await run(["drain"]).status == 0 }
            let shown = try await run(["drain"])
            #expect(shown.output.hasPrefix("moving nodes to 192.0.2.53, 192.0.2.54 since "), "\(shown)")
            #expect(shown.output.contains(", with the text 'Maintenance'; "), "\(shown)")
            #expect(shown.output.hasSuffix("; 0 requests redirected\n3 bindings are left, 2 of which can be moved\n"))
            #expect(try await run(["status"]).output.contains("draining"))
            let ended = try await run(["drain", "--end"])
            #expect(ended.status == 0 && ended.output.hasPrefix("new nodes are served again\n"), "\(ended)")
            #expect(await scene.agent.applied.last == .endDrain)
            #expect(try await run(["drain", "--end"]).status == 1)
        }
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("--wait ends once no binding can be moved any more, or with status 1 when the time is over")
    func waiting() async throws {
        let scene = try await Scene(Self.rows)
        let late = try await scene.run(Self.begin + ["--yes", "--wait", "1"])
        #expect(late.status == 1)
        #expect(late.errors.contains("3 bindings are left, 2 of which can be moved"), "\(late)")
        async let waiting = scene.run(["drain", "--wait", "60"])
        await scene.agent.publish((2...3).map { .bindingRemoved(Samples.binding($0).key, .drained) })
        let result = try await waiting
        #expect(result.status == 0, "\(result)")
        #expect(result.output.hasSuffix("1 binding is left, which cannot be moved and lasts until it ends\n"), "\(result)")
        await scene.agent.stop()
    }

    @Test("--wait waits until the management daemon shows the drain, before it says what is left")
    func late() async throws {
        let scene = try await Scene(Self.rows)
        let daemon = try await Daemon(scene)
        // A management daemon answers the change after two seconds at most.
        await scene.agent.publishLate(by: .seconds(3))
        let result = try await Scene.run(
            Self.begin + ["--yes", "--wait", "1"] + daemon.arguments(.url), environment: daemon.environment)
        #expect(result.status == 1, "\(result)")
        #expect(result.errors.contains("3 bindings are left, 2 of which can be moved"), "\(result)")
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test(
        "A mip-mibd that does not have the resource is named as what has to be updated",
        arguments: [Self.begin + ["--yes"], ["drain"]])
    func older(arguments: [String]) async throws {
        let status = #"{"agents":[{"agent":"home","connection":"synchronized","information":{"roles":["homeAgent"]}}]}"#
        let problem = #"{"title":"No such resource","detail":"no such resource: /v1/drain; expected one of /v1"}"#
        let server = try RawServer { connection in
            guard let bytes = RawServer.read(from: connection) else { return }
            let isStatus = String(decoding: bytes, as: UTF8.self).hasPrefix("GET /v1/status")
            let (code, body) = isStatus ? (200, status) : (404, problem)
            RawServer.write(
                Array("HTTP/1.1 \(code) X\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8), to: connection)
            // Closing before the whole request is read would reset the connection.
            while RawServer.read(from: connection) != nil {}
        }
        let result = try await Scene.run(arguments + ["--agent", "home", "--url", "http://127.0.0.1:\(server.port)"])
        #expect((result.status, result.output) == (4, ""), "\(result)")
        #expect(result.errors.contains("it is of an earlier version"), "\(result)")
        server.stop()
    }

    @Test("While revocation is off, no binding can be moved")
    func withoutRevocation() async throws {
        var information = Samples.information()
        information.settings.signalling.revocation = false
        let scene = try await Scene(Self.rows, information: information)
        let result = try await scene.run(Self.begin + ["--yes", "--wait", "60"])
        #expect(result.status == 0)
        #expect(result.output.hasSuffix("3 bindings are left, which cannot be moved and last until they end\n"), "\(result)")
        await scene.agent.stop()
    }

    @Test(
        "Invalid arguments end with status 2 and say what is expected, and without --yes nothing changes",
        arguments: [
            (["x", "--yes"], "the home agent 'x' is invalid"), (["224.0.0.1", "--yes"], "224.0.0.1 is not a unicast address"),
            (["192.0.2.53", "192.0.2.53", "--yes"], "192.0.2.53 is given twice"),
            (["192.0.2.53", "--text", "a\nb", "--yes"], "expected one line"),
            (["192.0.2.53", "--text", "", "--yes"], "expected 1 to 254 bytes"), (["192.0.2.53"], "add --yes"),
            (["192.0.2.53", "--end"], "--end takes no home agents"), (["--text", "x"], "--text needs the home agents"),
            (["--end", "--wait", "3"], "nothing to wait for"), (["--wait", "0"], "expected 1 to 86400 seconds"),
        ])
    func wrong(arguments: [String], expected: String) async throws {
        let scene = try await Scene(Self.rows)
        let result = try await scene.run(["drain"] + arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains(expected), "\(result.errors)")
        #expect(await scene.agent.applied.isEmpty)
        await scene.agent.stop()
    }

    @Test("With --snmp, how far a drain has got is not shown, but which objects to read")
    func snmp() async throws {
        let result = try await Scene.run(["drain", "--snmp", "127.0.0.1:1"])
        #expect(result.status == 2 && result.errors.contains("mipExtDrainMovableBindings.0"), "\(result)")
    }

    @Test("Of several agents, the home agent is asked, without --agent")
    func chosen() async throws {
        let foreign = try await Scene(
            [], information: Samples.information(roles: [.foreignAgent], instance: "two"), name: "foreign")
        let home = try await Scene(Self.rows, information: Samples.information(roles: [.homeAgent]))
        let sockets = ["--socket", foreign.socket, "--socket", home.socket]
        #expect(try await Scene.run(Self.begin + ["--yes"] + sockets).status == 0)
        #expect(await home.agent.applied == [.drain(Self.order)])
        #expect(await foreign.agent.applied.isEmpty)
        for scene in [foreign, home] { await scene.agent.stop() }
    }
}
