import AgentModel
import Foundation
import MIPTesting
import Testing

@testable import mip_mib

@Suite("Exit statuses")
struct ExitStatusTests {
    /// How each command reaches each of its statuses. The test fails for a command that is missing here, and for a command that lacks a
    /// status that its kind can end with.
    struct Cases: Sendable {
        /// Arguments that end with 0 at an agent with rows of every kind; nil for the arguments of the golden files.
        var fine: [String]?
        /// Arguments that find nothing or something unhealthy, and the circumstance that causes it.
        var nothing: (arguments: [String], circumstance: Circumstance)?
        /// Arguments that the agent refuses; nil for commands that request nothing an agent could refuse.
        var refused: [String]?
        /// Arguments with which no source can be reached; nil for commands that read no source.
        var unreachable: [String]? = []
    }

    enum Circumstance: Sendable { case whole, empty, disabled, refusesNotFound }

    private static let list = Cases(nothing: ([], .empty))
    private static func reading(_ arguments: [String]) -> Cases { Cases(nothing: (arguments, .whole), unreachable: arguments) }
    private static func change(_ arguments: [String]) -> Cases {
        Cases(
            fine: arguments + ["--yes"], nothing: (arguments + ["--yes"], .refusesNotFound), refused: arguments + ["--yes"],
            unreachable: arguments + ["--yes"])
    }

    static let cases: [String: Cases] = [
        "status": Cases(nothing: ([], .disabled)),
        // These always print at least one row.
        "agents": Cases(), "counters": Cases(),
        "bindings": list, "visitors": list, "pending": list, "associations": list, "violations": list, "mobile-nodes": list,
        "tunnels": list, "traffic": list, "advertisements": list, "node": list, "registrations": list, "foreign-agents": list,
        "exchanges": list, "extensions": list,
        "history": Cases(
            fine: ["--columns", "homeAddress"], nothing: ([], .empty), unreachable: ["--url", "http://127.0.0.1:1"]),
        "translate": Cases(nothing: (["-o", "json", "--where", "name=x"], .whole), unreachable: nil),
        "get": reading(["haMobilityBindingTimeGranted.10.9.9.9.192.0.2.1"]), "walk": reading(["mipEnable.7"]),
        "table": Cases(nothing: (["mipExtPendingTable"], .empty), unreachable: ["mipExtPendingTable"]),
        "watch": Cases(unreachable: ["-o", "ndjson"]), "events": Cases(),
        "revoke": Cases(
            fine: ["10.0.1.1", "--yes"], nothing: (["10.9.9.9", "--yes"], .whole), refused: ["10.0.1.1", "--dry-run"],
            unreachable: ["10.0.1.1", "--yes"]),
        "enable": Cases(refused: [], unreachable: []),
        "disable": Cases(fine: ["--yes"], refused: ["--dry-run"], unreachable: ["--yes"]),
        "association add": change(["10.0.1.9", "300", "--key-file", "DIRECTORY/key"]),
        "association set": change(["10.0.1.1", "300", "--tolerance", "9"]), "association remove": change(["10.0.1.1", "300"]),
        "advertisement set": change(["10.0.1.254", "--lifetime", "60"]), "care-of add": change(["192.0.2.9"]),
        "care-of remove": change(["192.0.2.1"]), "notify": change(["10.0.1.1", "Maintenance at 22:00"]),
        "drain": change(["192.0.2.53"]),
        "undo": Cases(nothing: (["unknown"], .whole), unreachable: ["token1"]),
        // For doctor, an unreachable peer is a finding.
        "doctor": Cases(
            fine: nil,
            nothing: (["--snmp", "127.0.0.1:1", "--snmpd-conf", "DIRECTORY/none", "--mibd-conf", "/dev/null"], .whole),
            unreachable: nil),
        "nms": Cases(unreachable: nil), "manual": Cases(unreachable: nil),
    ]

    @Test("0 success, 1 nothing found or unhealthy, 2 usage, 3 unreachable, 4 refused", arguments: CommandTree.leaves)
    func statuses(command: CommandTree.Command) async throws {
        let name = command.path.joined(separator: " ")
        let cases = try #require(Self.cases[name], "'\(name)' has no cases in ExitStatusTests")
        let example = try #require(GoldenTests.examples[name])

        let whole = try await Scene.whole()
        chmod(try whole.directory.write("characters of a key\n", to: "key"), 0o600)
        var daemon: Daemon?
        if example.source == .url {
            daemon = try await Daemon(whole)
            await whole.agent.publish([.bindingRemoved(Samples.binding(4).key, .expired)])
        }
        func expect(_ status: Int32, _ arguments: [String], _ source: [String]) async throws {
            let arguments = arguments.map { $0.replacing("DIRECTORY", with: whole.directory.path) }
            let result = try await Scene.run(command.path + arguments + source)
            #expect(result.status == status, "\(arguments): \(result.errors)")
            // A failure is reported in one line on standard error, and nothing is printed on standard output.
            if status > 2 { #expect(result.errors.hasPrefix("mip-mib: ") && result.errors.split(separator: "\n").count == 1) }
            if status > 2 { #expect(result.output == "") }
        }
        func source(_ scene: Scene) -> [String] {
            switch example.source {
            case .socket: ["--socket", scene.socket]
            case .url: daemon?.arguments(.url) ?? []
            default: []
            }
        }

        try await expect(2, ["--nonsense"], [])
        if command.options.contains("socket") {
            try await expect(
                2, cases.unreachable ?? [],
                ["--socket", "/x", "--url", "http://x", "--snmp", "x"].filter { name != "doctor" || !$0.isEmpty }
                    + (name == "doctor" ? ["--columns", "x"] : []))
        }
        if let unreachable = cases.unreachable {
            let missing = ["--socket", whole.directory.file("none.sock")]
            try await expect(3, unreachable, unreachable.contains("--url") ? [] : missing)
        }
        if let refused = cases.refused {
            await whole.agent.refuse(ChangeRefusal(index: 0, problem: .inconsistent, reason: "not now"))
            try await expect(4, refused, source(whole))
            await whole.agent.refuse(nil)
        }
        if let (arguments, circumstance) = cases.nothing {
            var scene = whole
            switch circumstance {
            case .whole: break
            case .empty: scene = try await Scene([])
            case .disabled: #expect(try await whole.run(["disable", "--yes"]).status == 0)
            case .refusesNotFound:
                await whole.agent.refuse(ChangeRefusal(index: 0, problem: .notFound, reason: "there is none"))
            }
            if circumstance == .empty, let old = daemon {
                try await old.stop()
                daemon = try await Daemon(scene)
            }
            try await expect(1, arguments, source(scene))
            await whole.agent.refuse(nil)
            if circumstance == .disabled { #expect(try await whole.run(["enable"]).status == 0) }
            if scene.socket != whole.socket { await scene.agent.stop() }
        }
        if name != "doctor", example.source != .url {
            if name == "undo" || name == "enable" {
                #expect(try await whole.run(["disable", "--yes"]).status == 0)
                #expect(try await whole.run(["care-of", "add", "192.0.2.9", "--yes"]).status == 0)
            }
            let reporter = name == "events" ? EventsTests.report(whole.agent) : nil
            // 'watch' on a screen and 'doctor' without findings have their own tests.
            try await expect(0, (cases.fine ?? example.arguments) + (name == "watch" ? ["-o", "ndjson"] : []), source(whole))
            reporter?.cancel()
        }
        try await daemon?.stop()
        await whole.agent.stop()
    }

    @Test(
        "The reply of the API determines the status: a wrong or insufficient token is refused, a wrong query is wrong usage",
        arguments: [(401, 4), (403, 4), (400, 2), (404, 2), (429, 3), (500, 3), (503, 3), (302, 3)] as [(Int, Int32)])
    func answers(code: Int, status: Int32) async throws {
        let problem = #"{"title":"no","detail":"for a reason"}"#
        let server = try RawServer { connection in
            RawServer.read(from: connection, until: Array("\r\n\r\n".utf8))
            let head = "HTTP/1.1 \(code) X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: \(problem.utf8.count)\r\n\r\n"
            RawServer.write(Array((head + problem).utf8), to: connection)
        }
        let result = try await Scene.run(["bindings", "--url", "http://127.0.0.1:\(server.port)"])
        #expect((result.status, result.output) == (status, ""))
        #expect(result.errors.contains("answered \(code): for a reason"), "\(result.errors)")
        server.stop()
    }

    @Test(
        "A change by URL ends with 1 if there is nothing to change, with 4 if it is refused, with 3 if no agent is reached",
        arguments: [(404, 1), (409, 4), (412, 4), (422, 4), (401, 4), (403, 4), (503, 3)] as [(Int, Int32)])
    func changes(code: Int, status: Int32) async throws {
        let problem = #"{"title":"no","detail":"for a reason"}"#
        let server = try RawServer { connection in
            RawServer.read(from: connection, until: Array("\r\n\r\n".utf8))
            RawServer.write(
                Array("HTTP/1.1 \(code) X\r\nContent-Length: \(problem.utf8.count)\r\n\r\n\(problem)".utf8), to: connection)
        }
        let arguments = [
            "care-of", "remove", "192.0.2.1", "--yes", "--agent", "home", "--url", "http://127.0.0.1:\(server.port)",
        ]
        let result = try await Scene.run(arguments)
        #expect((result.status, result.output) == (status, ""))
        #expect(result.errors.contains("for a reason"), "\(result.errors)")
        server.stop()
    }
}
