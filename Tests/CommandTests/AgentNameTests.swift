import AgentModel
import Foundation
import JSON
import MIPTesting
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("mip-mib: which agent is meant")
struct AgentNameTests {
    /// Two agents: `home` at home.sock, and `work` at other.sock.
    private struct Pair {
        let first: Scene
        let second: ScriptedAgent
        let other: String

        init(name: String = "work", roles: [AgentRole] = [.homeAgent, .foreignAgent], rows: [StateChange] = Scene.rows)
            async throws
        {
            first = try await Scene()
            other = first.directory.file("other.sock")
            var information = Samples.information(roles: roles)
            information.name = name
            second = ScriptedAgent(socketPath: other, information: information, rows: rows)
            try await second.start()
        }

        var sources: [String] { ["--socket", first.socket, "--socket", other] }

        func stop() async {
            await first.agent.stop()
            await second.stop()
        }
    }

    private static func names(_ output: String) throws -> [String] {
        try (JSONValue(json: Array(output.utf8)).array ?? []).compactMap { $0["agent"]?.text }
    }

    @Test(
        "Rows have the agent's own name, whatever the name of its socket's file",
        arguments: ["bindings", "status", "agents", "counters"])
    func ownName(command: String) async throws {
        let pair = try await Pair()
        let result = try await Scene.run([command, "--json", "--socket", pair.other])
        #expect(result.status == 0, "\(result.errors)")
        let names = try Self.names(result.output)
        #expect(!names.isEmpty && Set(names) == ["work"])
        await pair.stop()
    }

    @Test(
        "--agent selects by the agent's own name, and by the name of the file where no agent has that name",
        arguments: [("work", "work"), ("other", "work"), ("home", "home")])
    func selected(name: String, expected: String) async throws {
        let pair = try await Pair()
        for command in [["bindings"], ["status"], ["violations"]] {
            let result = try await Scene.run(command + ["--json", "--agent", name] + pair.sources)
            #expect(result.status == 0, "\(command): \(result.errors)")
            #expect(Set(try Self.names(result.output)) == [expected])
        }
        let walked = try await Scene.run(["get", "mipEnable.0", "--agent", name] + pair.sources)
        #expect(walked.status == 0, "\(walked.errors)")
        let disabled = try await Scene.run(["disable", "--yes", "--agent", name] + pair.sources)
        #expect(disabled.status == 0, "\(disabled.errors)")
        let (first, second) = (await pair.first.agent.commands, await pair.second.commands)
        #expect((first.isEmpty, second.isEmpty) == (expected == "work", expected == "home"))
        await pair.stop()
    }

    @Test("--agent selects all agents of a name, although one of them has the file of that name")
    func all() async throws {
        let pair = try await Pair(name: "home")
        let result = try await Scene.run(["status", "--json", "--agent", "home"] + pair.sources)
        #expect(try Self.names(result.output) == ["home", "home"], "\(result)")
        await pair.stop()
    }

    @Test("A hung agent that may have the binding is asked once, and is why revoke fails")
    func hanging() async throws {
        let pair = try await Pair()
        let hung = pair.first.directory.file("hung.sock")
        let server = try RawServer(path: hung) { connection in _ = RawServer.read(from: connection) }
        let result = try await Scene.run(["revoke", "10.9.9.9", "--yes", "--socket", hung] + pair.sources)
        #expect(result.status == 3 && result.errors.contains("the agent at '\(hung)' closed the connection"), "\(result.errors)")
        #expect(server.accepted == 1)
        server.stop()
        await pair.stop()
    }

    @Test("An unknown agent ends with status 2 and the names of the known ones, from every source")
    func unknown() async throws {
        let pair = try await Pair()
        let daemon = try await Daemon(pair.first)
        let cases = [(pair.sources, "home, work"), (daemon.arguments(.url), "home"), (daemon.arguments(.snmp), "home")]
        for (source, known) in cases {
            let result = try await Scene.run(["bindings", "--agent", "hme"] + source)
            #expect(result.status == 2 && result.output == "", "\(source)")
            #expect(result.errors.contains(known), "\(result.errors)")
        }
        for source in [daemon.arguments(.url), daemon.arguments(.snmp)] {
            let result = try await Scene.run(["bindings", "--agent", "home", "--json"] + source)
            #expect(result.status == 0, "\(result.errors)")
            #expect(Set(try Self.names(result.output)) == ["home"])
        }
        try await daemon.stop()
        await pair.stop()
    }

    @Test("A change at one of two agents of the same name needs --socket")
    func sameName() async throws {
        let pair = try await Pair(name: "home")
        for arguments in [["enable"], ["enable", "--agent", "home"]] {
            let result = try await Scene.run(arguments + pair.sources)
            #expect(result.status == 2)
            #expect(
                result.errors
                    == "mip-mib: several agents are named 'home': \(pair.first.socket), \(pair.other). Choose one with --socket PATH\n"
            )
        }
        await pair.stop()
    }

    @Test("revoke finds the home agent that has the binding, by socket and by URL")
    func revoke() async throws {
        let pair = try await Pair(rows: [.binding(Samples.binding(9))])
        let result = try await Scene.run(["revoke", "\(Samples.binding(9).homeAddress)", "--yes"] + pair.sources)
        #expect(
            (result.status, result.output) == (0, "1 binding of \(Samples.binding(9).homeAddress) ended\n"), "\(result.errors)")
        #expect(await pair.first.agent.commands.isEmpty)
        let missing = try await Scene.run(["revoke", "10.9.9.9", "--yes"] + pair.sources)
        #expect(
            (missing.status, missing.errors) == (
                1, "mip-mib: there is no binding or visit for home address 10.9.9.9 at home, work\n"
            ))
        await pair.stop()
    }

    @Test("revoke prefers the home agent that has a binding, and asks the foreign agent where there is only a visit")
    func visits() async throws {
        var visitor = Samples.visitor(1)
        visitor.homeAddress = Samples.binding(1).homeAddress
        let pair = try await Pair(roles: [.foreignAgent], rows: [.visitor(visitor), .visitor(Samples.visitor(7))])
        let (both, only) = ("\(visitor.homeAddress)", "\(Samples.visitor(7).homeAddress)")
        let visit = try await Scene.run(["revoke", only, "--yes"] + pair.sources)
        #expect((visit.status, visit.output) == (0, "1 visit of \(only) ended\n"), "\(visit.errors)")
        let binding = try await Scene.run(["revoke", both, "--yes"] + pair.sources)
        #expect((binding.status, binding.output) == (0, "1 binding of \(both) ended\n"), "\(binding.errors)")
        #expect(await pair.first.agent.commands == ["revoke \(both)"])
        #expect(await pair.second.commands == ["revoke \(only)"])
        let chosen = try await Scene.run(["revoke", both, "--yes", "--agent", "work"] + pair.sources)
        #expect((chosen.status, chosen.output) == (0, "1 visit of \(both) ended\n"), "\(chosen.errors)")
        await pair.stop()
    }

    @Test("revoke needs no --agent where several home agents have no such binding but one, and --agent where two have it")
    func several() async throws {
        let pair = try await Pair()
        let result = try await Scene.run(["revoke", "10.0.1.1", "--yes"] + pair.sources)
        #expect(result.status == 2)
        #expect(result.errors.contains("several agents: home, work. Choose one with --agent NAME"), "\(result.errors)")
        await pair.stop()
    }

    @Test("A change for one role goes to the only agent that plays it")
    func role() async throws {
        let pair = try await Pair(roles: [.mobileNode])
        let result = try await Scene.run(["care-of", "add", "192.0.2.9", "--yes"] + pair.sources)
        #expect(result.status == 0, "\(result.errors)")
        #expect(await pair.first.agent.applied == [.addCareOfAddress(IPv4Address(192, 0, 2, 9))])
        await pair.stop()
    }

    @Test("The line that undoes a change works as it is printed, with several agents")
    func undo() async throws {
        let pair = try await Pair()
        let made = try await Scene.run(["care-of", "add", "192.0.2.9", "--yes", "--agent", "work"] + pair.sources)
        let line = try #require(made.output.firstMatch(of: /to undo it within 60 seconds: (.+)\n/)?.1, "\(made)")
        let program = (BuiltProducts.path(of: "mip-mib") as NSString).deletingLastPathComponent
        let undone = try await ChildProcess.run(
            "sh", ["-c", "PATH='\(program)':$PATH; export MIP_MIB_SOCKET='\(pair.first.socket):\(pair.other)'; \(line)"])
        #expect((undone.status, undone.output) == (0, "the change is undone\n"), "\(undone.errors)")
        await pair.stop()
    }

    @Test("A socket that a program left behind in the standard directory is reported and does not hide the others")
    func leftover() async throws {
        let scene = try await Scene()
        let left = scene.directory.file("left.sock")
        let server = try RawServer(path: left) { _ in }
        server.stop()
        try await eventually("nothing listens") { SocketDirectory(path: scene.directory.path).sockets().leftovers.count == 1 }
        let (paths, leftovers) = SocketDirectory(path: scene.directory.path).sockets()
        #expect(paths == [scene.socket])
        #expect(leftovers.first?.contains("nothing is listening on '\(left)'") == true)
        await scene.agent.stop()
    }

    @Test("A path that no Unix socket can have is refused with its length", arguments: ["--socket", "--url"])
    func longPath(option: String) async throws {
        let path = "/tmp/" + String(repeating: "x", count: 120)
        let result = try await Scene.run(["bindings", option, (option == "--url" ? "unix:" : "") + path])
        #expect(result.status == 2)
        #expect(result.errors.contains("the path has 125 bytes; a Unix socket's has 1 to 107"), "\(result.errors)")
    }

    @Test("history reads the mip-mibd of this machine, and reports which")
    func localDaemon() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        let url = "http://127.0.0.1:\(daemon.httpPort)"
        #expect(try await LocalDaemon.url(Settings(), among: ["unix:\(scene.directory.file("none.sock"))", url]) == url)
        await #expect(throws: CommandFailure.self) { try await LocalDaemon.url(Settings(), among: ["http://127.0.0.1:1"]) }
        try await daemon.stop()
        await scene.agent.stop()
    }
}
