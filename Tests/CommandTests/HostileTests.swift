import Foundation
import MIPTesting
import Synchronization
import Testing

@testable import mip_mib

@Suite("Broken and hostile peers")
struct HostileTests {
    /// The commands that read or change an agent, with their required arguments.
    private static let commands: [[String]] = CommandTree.leaves.compactMap { command in
        let name = command.path.joined(separator: " ")
        guard command.options.contains("socket"), name != "doctor", let cases = ExitStatusTests.cases[name],
            let arguments = cases.unreachable
        else { return nil }
        return command.path
            + arguments.filter { !$0.hasPrefix("http") && $0 != "--url" }.map {
                $0.replacing("DIRECTORY/key", with: key)
            }
    }

    /// A key file that only this user can read.
    private static let key: String = {
        guard let directory = try? TemporaryDirectory(), let file = try? directory.write("characters of a key\n", to: "key")
        else {
            return "/dev/null"
        }
        chmod(file, 0o600)
        kept.withLock { $0 = directory }
        return file
    }()

    /// Keeps the folder of the key until the tests end.
    private static let kept = Mutex<TemporaryDirectory?>(nil)

    /// One command for each way of reading and changing, for floods.
    private static let few = commands.filter { ["status", "bindings", "events", "watch", "revoke"].contains($0[0]) }

    /// Runs the commands concurrently and expects each to end by itself, with one line that reports what was wrong.
    private func tryAll(_ commands: [[String]], _ source: [String], _ statuses: Set<Int32> = [3]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for command in commands {
                group.addTask {
                    // No command waits longer than half a minute; the rest is for a busy machine.
                    let result = try await ChildProcess.run(
                        BuiltProducts.path(of: "mip-mib"), command + source, environment: ["MIP_MIB_TIMEOUT": "3"],
                        within: .seconds(120))
                    #expect(statuses.contains(result.status), "\(command): \(result.status) \(result.errors)")
                    if result.status != 0 {
                        let lines = result.errors.split(separator: "\n")
                        #expect(
                            lines.count == 1 && lines.allSatisfy { $0.hasPrefix("mip-mib: ") }, "\(command): \(result.errors)")
                        #expect(result.errors.utf8.count < 600, "\(command): \(result.errors)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    // MARK: - Control sockets

    enum Agent: String, CaseIterable, Sendable {
        case garbage, noise, silence, closing, halfFrame, halfFrameAndSilence, otherJSON, deepJSON, foreignError, wrongTypes

        func serve(_ connection: Int32) {
            switch self {
            // Sends bytes without end.
            case .garbage:
                let piece = [UInt8](repeating: 0x78, count: 1 << 20)
                while RawServer.write(piece, to: connection) {}
            // Frames that are not JSON.
            case .noise: RawServer.write((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167) }, to: connection)
            case .silence: while RawServer.read(from: connection) != nil {}
            case .closing: return
            case .halfFrame:
                _ = RawServer.read(from: connection)
                RawServer.write(Array(#"{"parameters":{"phase":"snap"#.utf8), to: connection)
            case .halfFrameAndSilence:
                RawServer.write(Array(#"{"parameters":{"phase":"snap"#.utf8), to: connection)
                while RawServer.read(from: connection) != nil {}
            case .otherJSON: answer(#"{"parameters":{"hello":["world"]}}"#, connection)
            case .deepJSON: answer(String(repeating: "[", count: 200_000), connection)
            case .foreignError: answer(#"{"error":"org.varlink.service.MethodNotFound","parameters":{"method":"x"}}"#, connection)
            case .wrongTypes:
                answer(
                    #"{"continues":true,"parameters":{"phase":"snapshot","firstSequence":-1,"sequence":1e400,"time":7,"changes":{}}}"#,
                    connection)
            }
        }

        private func answer(_ text: String, _ connection: Int32) {
            guard RawServer.read(from: connection) != nil else { return }
            RawServer.write(Array(text.utf8) + [0], to: connection)
            while RawServer.read(from: connection) != nil {}
        }
    }

    @Test("Nothing an agent sends makes a command hang or crash", arguments: Agent.allCases)
    func agents(agent: Agent) async throws {
        let directory = try TemporaryDirectory()
        let server = try RawServer(path: directory.file("a.sock"), agent.serve)
        // A call without reply parameters has succeeded, whatever else is in the reply.
        let ignoresReply = ["enable", "disable", "undo"]
        let commands = agent == .garbage ? Self.few : Self.commands.filter { $0 != ["history"] }
        for readsReply in [true, false] {
            let maySucceed = !readsReply && [.otherJSON, .wrongTypes].contains(agent)
            try await tryAll(
                commands.filter { ignoresReply.contains($0[0]) != readsReply }, ["--socket", directory.file("a.sock")],
                maySucceed ? [0, 3] : [3])
        }
        server.stop()
    }

    // MARK: - URLs

    enum Daemon: String, CaseIterable, Sendable {
        case html, serverError, redirect, halfAnswer, halfRow, silence, closing, noHTTP, endless, endlessLine, wrongShape

        func serve(_ connection: Int32) {
            RawServer.read(from: connection, until: Array("\r\n\r\n".utf8))
            func put(_ text: String) -> Bool { RawServer.write(Array(text.utf8), to: connection) }
            let json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            switch self {
            case .html:
                let page = "<!DOCTYPE html>\n<html><body>\n<h1>Welcome to this hotel</h1>\n</body></html>\n"
                _ = put("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)")
            case .serverError: _ = put("HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\nOops")
            case .redirect: _ = put("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
            case .halfAnswer: _ = put(json + "Content-Length: 100000\r\n\r\n[\n {\"agent\":\"home\",")
            case .halfRow: _ = put(json + "Connection: close\r\n\r\n[\n {\"agent\":\"home\"},\n {\"age")
            case .silence: while RawServer.read(from: connection) != nil {}
            case .closing: return
            case .noHTTP: _ = put("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\r\n")
            case .endless:
                _ = put(json + "\r\n")
                while put(String(repeating: "<p>more</p>\n", count: 1000)) {}
            case .endlessLine:
                _ = put(json + "\r\n[")
                while put(String(repeating: "x", count: 1 << 16)) {}
            case .wrongShape: _ = put(json + "Content-Length: 9\r\n\r\n{\"a\":[1]}")
            }
        }
    }

    @Test("Nothing a server sends makes a command hang or crash", arguments: Daemon.allCases)
    func daemons(daemon: Daemon) async throws {
        let server = try RawServer(daemon.serve)
        let isFlood = daemon == .endless || daemon == .endlessLine
        let commands = (isFlood ? Self.few : Self.commands).filter { !["get", "walk", "table", "undo"].contains($0[0]) }
        // An object in place of the array of rows counts as an empty row.
        try await tryAll(commands, ["--url", "http://127.0.0.1:\(server.port)"], daemon == .wrongShape ? [1, 3] : [3])
        server.stop()
    }

    @Test("What a server writes into an error reaches the terminal escaped", arguments: [400, 401, 404, 500])
    func errorText(code: Int) async throws {
        let problem = #"{"title":"no","detail":"x\u001b[31m red \u202e back\nmip-mib: forged"}"#
        let server = try RawServer { connection in
            RawServer.read(from: connection, until: Array("\r\n\r\n".utf8))
            let head = "HTTP/1.1 \(code) X\r\nContent-Length: \(problem.utf8.count)\r\n\r\n"
            RawServer.write(Array((head + problem).utf8), to: connection)
        }
        let url = ["--url", "http://127.0.0.1:\(server.port)"]
        for command in [["bindings"], ["care-of", "remove", "192.0.2.1", "--yes", "--agent", "home"], ["events"]] {
            let errors = try await Scene.run(command + url).errors
            #expect(errors.contains("x\\u{1b}[31m red \\u{202e} back\\u{a}mip-mib: forged"), "\(errors)")
            #expect(!errors.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
            #expect(errors.split(separator: "\n").count == 1)
        }
        server.stop()
    }

    // MARK: - SNMP

    enum SNMPAgent: String, CaseIterable, Sendable {
        case silence, garbage, half, empty, loop, backwards, echo

        func answer(_ request: [UInt8]) -> [UInt8]? {
            let (identifier, names) = SNMPResponder.names(in: request)
            switch self {
            case .silence: return nil
            case .garbage: return (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 91) }
            case .half: return Array(request.prefix(request.count / 2))
            case .empty: return SNMPResponder.response(to: identifier, [])
            // Repeats the same names.
            case .loop: return SNMPResponder.response(to: identifier, names.map { $0 + [1] } + names.map { $0 + [1] })
            case .backwards: return SNMPResponder.response(to: identifier, names.map { $0 + [9] } + names.map { $0 + [3] })
            case .echo: return request
            }
        }
    }

    @Test("Nothing an SNMP agent sends makes a command hang or crash", arguments: SNMPAgent.allCases)
    func snmpAgents(agent: SNMPAgent) async throws {
        let server = try SNMPResponder(agent.answer)
        let commands = Self.commands.filter {
            SNMPMapping.all[$0[0]] != nil || ["get", "walk", "table", "watch", "history"].contains($0[0])
        }
        // Some replies are valid but contain nothing: status 1.
        try await tryAll(
            commands, ["--snmp", "127.0.0.1:\(server.port)"], [.loop, .backwards, .empty].contains(agent) ? [0, 1, 3] : [3])
        server.stop()
    }

    @Test("An SNMP agent's answer about other variables than those requested is an error and not shown")
    func otherVariables() async throws {
        let server = try SNMPResponder { request in
            let (identifier, names) = SNMPResponder.names(in: request)
            return SNMPResponder.response(to: identifier, names.map { $0 + [1] })
        }
        let result = try await Scene.run(["get", "mipEnable.0", "--snmp", "127.0.0.1:\(server.port)"])
        #expect(result.status == 3)
        #expect(result.output == "")
        #expect(result.errors.contains("other variables than those requested"))
        server.stop()
    }

    // MARK: - Ctrl-C

    @Test("Ctrl-C ends every wait at once", arguments: CommandTree.leaves.filter { $0.options.contains("socket") })
    func interrupted(command: CommandTree.Command) async throws {
        let directory = try TemporaryDirectory()
        let own = Self.commands.first { $0.starts(with: command.path) } ?? command.path
        for source in SourceKind.allCases where command.options.contains(String(source.rawValue.dropFirst(2))) {
            var arguments: [String] = []
            var hasAsked: @Sendable () -> Bool = { false }
            var stop: @Sendable () -> Void = {}
            // Each server holds a descriptor until it is stopped.
            defer { stop() }
            switch source {
            case .socket:
                let server = try RawServer(path: directory.file("a.sock"), Agent.silence.serve)
                arguments = ["--socket", directory.file("a.sock")]
                hasAsked = { server.accepted > 0 }
                stop = server.stop
            case .url:
                let server = try RawServer(Daemon.silence.serve)
                arguments = ["--url", "http://127.0.0.1:\(server.port)"]
                hasAsked = { server.accepted > 0 }
                stop = server.stop
            case .snmp:
                let server = try SNMPResponder(SNMPAgent.silence.answer)
                arguments = ["--snmp", "127.0.0.1:\(server.port)"]
                hasAsked = { server.requests > 0 }
                stop = server.stop
            }
            let child = try ChildProcess(
                BuiltProducts.path(of: "mip-mib"), own + arguments, log: directory.file("log"),
                environment: ["MIP_MIB_TIMEOUT": "90"])
            // A command that does not wait for this source has already ended.
            try await eventually("\(own) waits for \(source)") { hasAsked() || !child.isRunning }
            let isWaiting = child.isRunning
            child.signal(SIGINT)
            let status = try await child.waitForExit()
            #expect(!isWaiting || status == 128 + SIGINT, "\(own) \(source): \(status)")
            #expect(!child.output.contains("Fatal"), "\(child.output)")
        }
    }

    @Test("At a terminal, a wait of more than one second shows a progress line, which is removed at the end")
    func progress() async throws {
        let directory = try TemporaryDirectory()
        let server = try RawServer(path: directory.file("a.sock"), Agent.silence.serve)
        let screen = try await WatchTests.Screen(directory)
        let program = BuiltProducts.path(of: "mip-mib")
        try await screen.type(
            "MIP_MIB_TIMEOUT=20 '\(program)' bindings --socket '\(directory.file("a.sock"))' > '\(directory.file("out"))'; echo left with $?"
        )
        try await screen.wait(for: "waiting for a reply …")
        try await screen.wait(for: "left with 3")
        #expect(try await !screen.text().contains("waiting for a reply"))
        #expect(try String(contentsOfFile: directory.file("out"), encoding: .utf8) == "")
        try await screen.close()
        server.stop()
    }
}
