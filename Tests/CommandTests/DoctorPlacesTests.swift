import Foundation
import JSON
import MIPTesting
import Testing

@testable import mip_mib

@Suite("mip-mib doctor: places, and what it meets there")
struct DoctorPlacesTests {
    /// A server that answers as a mip-mibd would, or would not.
    private static func server(_ answers: [String: (code: Int, body: String)]) throws -> RawServer {
        try RawServer { connection in
            let request = String(decoding: RawServer.read(from: connection) ?? [], as: UTF8.self)
            let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            let (code, body) = answers[path] ?? (404, "")
            let head = "HTTP/1.1 \(code) X\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n"
            RawServer.write(Array((head + body).utf8), to: connection)
        }
    }

    private static let ready = (code: 200, body: #"{"status":"ready","parts":[]}"#)
    private static let status = (code: 200, body: #"{"agents":[]}"#)

    // MARK: - --url

    @Test("What a mip-mibd at --url refuses or cannot answer is a finding with a remedy that fits")
    func answers() async throws {
        let cases: [(answers: [String: (code: Int, body: String)], words: String, remedy: String)] = [
            (["/readyz": Self.ready, "/v1/status": (500, "{}")], "answered 500", "see the log of mip-mibd"),
            (["/readyz": Self.ready, "/v1/status": (401, "{}")], "answered 401", "give a token"),
            ([:], "answered 404", "give the URL of a mip-mibd"),
        ]
        for (answers, words, remedy) in cases {
            let server = try Self.server(answers)
            let result = try await Scene.run(["doctor", "--url", "http://127.0.0.1:\(server.port)"])
            #expect(result.status == 1, "\(result)")
            let lines = result.output.split(separator: "\n")
            #expect(lines.count == 2 && lines[0].hasPrefix("API: ") && lines[0].contains(words), "\(result.output)")
            #expect(lines.last?.hasPrefix("  \(remedy)") == true, "\(result.output)")
            server.stop()
        }
    }

    @Test("A port without TLS at an https URL is a finding about the URL")
    func plain() async throws {
        let server = try Self.server([:])
        let result = try await Scene.run(["doctor", "--url", "https://127.0.0.1:\(server.port)"])
        #expect(result.status == 1 && result.output.contains("\n  use http:// instead of https://"), "\(result.output)")
        server.stop()
    }

    @Test("Finds the parts of mip-mibd that do not work, its state file among them")
    func parts() async throws {
        let part = #"{"part":"state","name":"/x/state.json","status":"unwritable","detail":"cannot write to the folder /x"}"#
        let server = try Self.server([
            "/readyz": (200, #"{"status":"ready","parts":[\#(part)]}"#), "/v1/status": Self.status,
        ])
        let result = try await Scene.run(["doctor", "--url", "http://127.0.0.1:\(server.port)"])
        let expected = "state file: mip-mibd cannot write its state file '/x/state.json': cannot write to the folder /x\n"
        #expect(result.status == 1 && result.output.hasPrefix(expected), "\(result.output)")
        server.stop()
    }

    @Test("Without its configuration, a socket that mip-mibd reports as missing is found at its other place")
    func around() async throws {
        let directory = try TemporaryDirectory()
        let socket = directory.file("api.sock")
        let part = #"{"part":"api","name":"\#(socket)","status":"missing","detail":"restart it"}"#
        let server = try Self.server(["/readyz": (200, #"{"status":"ready","parts":[\#(part)]}"#)])
        let urls = ["unix:\(socket)", "http://127.0.0.1:\(server.port)"]
        let look = await DaemonStation(settings: Settings()).lookAround(urls)
        #expect(look.findings.map(\.problem) == ["mip-mibd's API socket '\(socket)' does not work (missing): restart it"])
        #expect(look.seen.count == 1)
        server.stop()
    }

    @Test("The remedy follows from the cause and the place")
    func remedies() {
        func finding(_ kind: DaemonFailure.Kind, _ url: String) -> Finding {
            let cause = DaemonFailure(kind, "it failed", "do what helps")
            return DaemonStation.finding(CommandFailure(message: cause.sentence, status: 3, daemon: cause), url)
        }
        let away = finding(.refused, "http://192.0.2.1:8044")
        #expect(away.kind == .daemonAway && away.remedy.hasPrefix("start mip-mibd there"))
        for kind in [DaemonFailure.Kind.tls, .name, .other] {
            let own = finding(kind, "https://mib.example.net")
            #expect(own.problem == "cannot read 'https://mib.example.net': it failed" && own.remedy == "do what helps")
        }
        #expect(finding(.denied, "unix:/no/such/api.sock").remedy == "run this command as root")
        #expect(finding(.denied, "unix:/").remedy.contains("as a member of the group root"))
        let status = [2: Finding.Kind.noAPI, 3: .noAPI, 4: .locked]
        for (number, kind) in status {
            let own = DaemonStation.finding(CommandFailure(message: "no", status: Int32(number)), "http://127.0.0.1:1")
            #expect(own.kind == kind && own.remedy.contains("token") == (number == 4))
        }
    }

    // MARK: - The configuration of mip-mibd

    @Test(
        "Reads where mip-mibd listens and connects in every form of YAML",
        arguments: [
            ("snmp:\n  agentx: {socket: \"unix:/x\"}\n", nil, nil, "/x"),
            ("snmp:\r\n  agentx:\r\n    socket: /x\r\nhttp:\r\n  port: 8055\r\n", nil, "http://127.0.0.1:8055", "/x"),
            ("http: {port: 8055, socket: /run/a.sock}\n", "/run/a.sock", "http://127.0.0.1:8055", nil),
            ("http:\n  enabled: false\n  socket: /run/a.sock\nsnmp: {agentx: {enabled: false}}\n", nil, nil, nil),
            ("http:\n  address: '::1' # here\n  unknown: 1\n", nil, "http://[::1]:8044", nil),
            ("http:\n  socket: /run/a.sock\n  tls: {certificate: a, key: b}\n", "/run/a.sock", nil, nil),
            ("# nothing\n", nil, nil, nil),
        ] as [(String, String?, String?, String?)])
    func configuration(text: String, socket: String?, url: String?, agentX: String?) throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write(text, to: "mip-mibd.yaml")
        let configuration = try #require(DaemonConfiguration(file))
        #expect(configuration.socket == socket)
        #expect(configuration.url == url)
        #expect(configuration.agentXSocket == agentX)
        let isMissing = DaemonConfiguration(directory.file("none.yaml")) == nil
        #expect(isMissing)
    }

    @Test("Lines of snmpd's configuration may end with CR LF")
    func carriageReturns() throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("master agentx\r\nagentXSocket unix:/x\r\n", to: "snmpd.conf")
        let configuration = SNMPDConfiguration(file)
        #expect(configuration.isMaster && configuration.agentXSocket == "/x")
    }

    // MARK: - Healthy systems

    @Test("The mode of the AgentX socket is no finding while SNMP is served")
    func served() async throws {
        let rights = Finding("AgentX", "only its owner can use it", "", kind: .socketRights)
        #expect(Finding.causes([rights], isServed: true).isEmpty)
        let notConnected = Finding("AgentX", "not connected", "", kind: .notConnected)
        #expect(Finding.causes([rights, notConnected]).map(\.kind) == [.socketRights])
        // mip-mibd and snmpd run as the same user, so mip-mibd can use the socket.
        let installation = try await DoctorTests.Installation(permissions: "agentXPerms 0600 0755")
        try await installation.settle()
        try await installation.close()
    }

    @Test("Programs in another network namespace are not those of this machine", .enabled(if: UnprivilegedProgram.isPossible))
    func namespaces() async throws {
        let directory = try TemporaryDirectory()
        let here = try ChildProcess("sleep", ["600"], log: directory.file("here"))
        let elsewhere = try ChildProcess("unshare", ["--net", "sleep", "600"], log: directory.file("elsewhere"))
        for process in [here, elsewhere] {
            try await eventually("it sleeps") {
                FileManager.default.contents(atPath: "/proc/\(process.identifier)/comm") == Data("sleep\n".utf8)
            }
        }
        let found = RunningProgram.all(named: "sleep").map(\.process)
        #expect(found.contains(here.identifier) && !found.contains(elsewhere.identifier))
        try await here.stop()
        try await elsewhere.stop()
    }

    // MARK: - Agents

    @Test("A directory of sockets that this user cannot read is reported as such")
    func unreadable() throws {
        let problem = try #require(SocketDirectory.problem("/run/mip-mib", EACCES))
        #expect(problem.text == "cannot read /run/mip-mib: permission denied")
        #expect(problem.remedy.hasPrefix("run this command as root"))
        #expect(SocketDirectory.problem("/run/mip-mib", ENOENT)?.text == nil)
        let directory = try TemporaryDirectory()
        #expect(SocketDirectory(path: directory.path).problem?.text == nil)
    }

    @Test("Agents that do not answer are asked at once, and each is reported", arguments: ["status", "doctor"])
    func hanging(command: String) async throws {
        let directory = try TemporaryDirectory()
        let paths = ["a", "b", "c"].map { directory.file("\($0).sock") }
        let servers = try paths.map { path in
            try RawServer(path: path) { connection in while RawServer.read(from: connection) != nil {} }
        }
        let more = ["--standalone", "--snmp", "127.0.0.1:1", "--mibd-conf", "/dev/null"]
        let child = try ChildProcess(
            BuiltProducts.path(of: "mip-mib"),
            [command] + paths.flatMap { ["--socket", $0] } + (command == "doctor" ? more : []), log: directory.file("log"),
            environment: ["MIP_MIB_TIMEOUT": "600"])
        // None has answered, so that a command that asks one after the other would still wait for the first.
        try await eventually("every agent is asked") { servers.allSatisfy { $0.accepted > 0 } }
        for server in servers { server.stop() }
        #expect(try await child.waitForExit(within: .seconds(120)) == (command == "doctor" ? 1 : 3))
        for path in paths { #expect(child.output.contains("the agent at '\(path)' closed the connection"), "\(child.output)") }
    }

    @Test("Wrong options are refused whatever is found", arguments: [["--where", "nosuch=1"], ["--sort", "nosuch"]])
    func options(arguments: [String]) async throws {
        let result = try await Scene.run(["doctor", "-o", "json", "--socket", "/no/such.sock"] + arguments)
        #expect(result.status == 2 && result.output == "", "\(result)")
        #expect(result.errors.contains("has no column 'nosuch'"), "\(result.errors)")
    }
}
