import AgentModel
import Foundation
import JSON
import MIPTesting
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("mip-mib watch")
struct WatchTests {
    /// A shell in a terminal of its own, run by tmux.
    struct Screen {
        let directory: TemporaryDirectory
        private var socket: String { directory.file("tmux") }

        init(_ directory: TemporaryDirectory) async throws {
            self.directory = directory
            try await tmux(["new-session", "-d", "-x", "80", "-y", "24", "env", "PS1=$ ", "MIP_MIB_TIMEOUT=90", "sh"])
        }

        @discardableResult
        func tmux(_ arguments: [String]) async throws -> String {
            let result = try await ChildProcess.run(
                "tmux", ["-u", "-f", "/dev/null", "-S", socket] + arguments, environment: ["TERM": "xterm"])
            #expect(result.status == 0, "\(arguments): \(result.errors)")
            return result.output
        }

        func type(_ line: String) async throws {
            try await tmux(["send-keys", "-l", line])
            try await tmux(["send-keys", "Enter"])
        }

        func key(_ key: String) async throws { try await tmux(["send-keys", key]) }

        /// The text on the screen, with the escape sequences of colours if `colours` is true.
        func text(colours: Bool = false) async throws -> String {
            try await tmux(["capture-pane", "-p"] + (colours ? ["-e"] : []))
        }

        func wait(for text: String) async throws {
            try await eventually("the screen shows '\(text)'") { try await self.text().contains(text) }
        }

        func close() async throws { try await tmux(["kill-server"]) }
    }

    static func traffic(_ number: UInt8, octets: UInt64) -> StateChange {
        var row = ForwardedTraffic(role: .homeAgent, homeAddress: IPv4Address(10, 0, 1, number))
        row.octetsToNode = octets
        return .traffic(row)
    }

    static var event: AgentEvent {
        AgentEvent(
            time: Samples.start, kind: .registered, role: .homeAgent, homeAddress: IPv4Address(10, 0, 1, 1),
            message: "10.0.1.1 registered\u{1B}[2J with care-of address 192.0.2.1")
    }

    static func command(_ scene: Scene) -> String { "'\(BuiltProducts.path(of: "mip-mib"))' watch --socket '\(scene.socket)'" }

    @Test("Fills 80 by 24 without colour, reacts to keys and to resizing, and Ctrl-C restores the terminal")
    func screen() async throws {
        let scene = try await Scene(Scene.rows + [Self.traffic(1, octets: 5000), Self.traffic(2, octets: 70_000)])
        let screen = try await Screen(scene.directory)
        let files = (scene.directory.file("before"), scene.directory.file("after"))
        try await screen.type("stty -a > '\(files.0)'; export NO_COLOR=1; clear; echo here before")
        try await screen.wait(for: "here before")
        try await screen.type("\(Self.command(scene)); echo left with $?; stty -a > '\(files.1)'; echo written")
        try await screen.wait(for: "70000")
        await scene.agent.publish([.event(Self.event)])
        try await screen.wait(for: "registered\\u{1b}[2J with")
        let shown = try await screen.text().replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/, with: "2000-01-01 00:00:00Z")
        try Golden.expect(shown, is: "watch-80x24.txt")
        #expect(try await screen.text(colours: true).contains("\u{1B}[") == false)

        try await screen.key("s")
        try await screen.wait(for: "sorted by total")
        try await screen.key("r")
        try await screen.wait(for: "sorted by total, reversed")
        try await screen.tmux(["resize-window", "-x", "50", "-y", "12"])
        try await eventually("the small screen is full") {
            let lines = try await screen.text().split(separator: "\n", omittingEmptySubsequences: false)
            return lines.first?.hasPrefix("mip-mib watch") == true && lines.allSatisfy { $0.count <= 50 }
        }
        try await screen.tmux(["resize-window", "-x", "120", "-y", "40"])
        try await screen.wait(for: "NEWEST EVENTS")

        try await screen.key("C-c")
        try await screen.wait(for: "left with 0")
        try await screen.wait(for: "written")
        // The previous screen is restored.
        #expect(try await screen.text().contains("here before"))
        let size = /rows \d+; columns \d+;/
        let (before, after) = (
            try String(contentsOfFile: files.0, encoding: .utf8), try String(contentsOfFile: files.1, encoding: .utf8)
        )
        #expect(!before.isEmpty && before.replacing(size, with: "") == after.replacing(size, with: ""))
        try await screen.close()
        await scene.agent.stop()
    }

    @Test("A terminating signal after the loss of an agent restores the terminal")
    func signals() async throws {
        let scene = try await Scene()
        let screen = try await Screen(scene.directory)
        let (pid, file) = (scene.directory.file("pid"), scene.directory.file("after"))
        try await screen.type(
            "stty -g > '\(file).before'; sh -c 'echo $$ > \(pid); exec \(Self.command(scene).replacing("'", with: "\""))';"
                + " echo left with $?; stty -g > '\(file)'; echo written")
        try await screen.wait(for: "TOP TALKER")
        await scene.agent.stop()
        try await screen.wait(for: "unreachable:")
        let text = try String(contentsOfFile: pid, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        kill(try #require(Int32(text)), SIGTERM)
        try await screen.wait(for: "left with 143")
        try await screen.wait(for: "written")
        #expect(
            try String(contentsOfFile: file + ".before", encoding: .utf8) == String(contentsOfFile: file, encoding: .utf8))
        try await screen.close()
    }

    @Test("A terminal with colour shows colour")
    func colour() async throws {
        let scene = try await Scene()
        let screen = try await Screen(scene.directory)
        try await screen.type("unset NO_COLOR; " + Self.command(scene))
        try await screen.wait(for: "TOP TALKER")
        #expect(try await screen.text(colours: true).contains("\u{1B}["))
        try await screen.key("q")
        try await screen.close()
        await scene.agent.stop()
    }

    @Test("As ndjson it prints one object per agent and interval, with the talkers in order")
    func ndjson() async throws {
        let scene = try await Scene(Scene.rows + [Self.traffic(1, octets: 5000), Self.traffic(2, octets: 70_000)])
        let result = try await scene.run(["watch", "-o", "ndjson", "--count", "2", "--interval", "0.1"])
        #expect(result.status == 0)
        #expect(result.errors == "")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2)
        let line = try #require(lines.last)
        let row = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(row["agent"] as? String == "home")
        #expect(row["bindings"] as? Int == 3)
        #expect(row["requestsReceived"] as? Int == 12)
        let talkers = row["talkers"] as? [[String: Any]]
        #expect(talkers?.compactMap { $0["homeAddress"] as? String } == ["10.0.1.2", "10.0.1.1"])
        await scene.agent.stop()
    }

    @Test(
        "It shows the same of an agent by socket, by URL and by SNMP; only SNMP shows no events", arguments: SourceKind.allCases)
    func sources(source: SourceKind) async throws {
        let scene = try await Scene.whole()
        let daemon = try await Daemon(scene)
        let reporter = EventsTests.report(scene.agent)
        let arguments = source == .socket ? ["--socket", scene.socket] : daemon.arguments(source)
        let result = try await Scene.run(["watch", "-o", "ndjson", "--count", "5", "--interval", "0.5"] + arguments)
        reporter.cancel()
        #expect(result.status == 0 && result.errors == "", "\(result.errors)")
        let rows = try result.output.split(separator: "\n").compactMap { try JSONValue(json: Array($0.utf8)).object }
        #expect(rows.count == 5)
        for row in rows {
            #expect(row.text("agent") == "home")
            #expect(row["reachable"] == .bool(true) && row["enabled"] == .bool(true))
            #expect(row["roles"]?.json == #"["homeAgent","foreignAgent","mobileNode"]"#)
            #expect(row.count("bindings") == 3 && row.count("visitors") == 2 && row.count("securityViolations") == 2)
            #expect(row.count("requestsReceived") == 12)
            let talkers = row["talkers"]?.array?.compactMap(\.object) ?? []
            #expect(talkers.count == 6)
            #expect(talkers.first?.count("octets") == 30_400)
        }
        let events = rows.flatMap { $0["events"]?.array ?? [] }.compactMap(\.object)
        #expect(events.contains { $0.text("kind") == "revoked" } == (source != .snmp))
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("By URL, the newest events that the daemon keeps are shown from the beginning")
    func keptEvents() async throws {
        let scene = try await Scene.whole()
        let daemon = try await Daemon(scene)
        await scene.agent.publish([.event(Self.event)])
        try await eventually("the daemon keeps it") {
            try await Scene.run(["events"] + daemon.arguments(.url)).output.contains("10.0.1.1 registered")
        }
        let result = try await Scene.run(["watch", "-o", "ndjson", "--count", "3", "--interval", "0.5"] + daemon.arguments(.url))
        let rows = try result.output.split(separator: "\n").compactMap { try JSONValue(json: Array($0.utf8)).object }
        let events = rows.flatMap { $0["events"]?.array ?? [] }.compactMap { $0.object?.text("message") }
        #expect(events.filter { $0.hasPrefix("10.0.1.1 registered") }.count == 1, "\(result.output)")
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("Without a reachable source it ends with status 3 and names the source", arguments: SourceKind.allCases)
    func nobody(source: SourceKind) async throws {
        let directory = try TemporaryDirectory()
        let (arguments, named) =
            switch source {
            case .socket: (["--socket", directory.file("none.sock")], "none.sock")
            case .url: (["--url", "http://127.0.0.1:1"], "http://127.0.0.1:1")
            case .snmp: (["--snmp", "127.0.0.1:1"], "no SNMP agent is listening on that port")
            }
        let result = try await Scene.run(["watch", "-o", "ndjson"] + arguments)
        #expect((result.status, result.output) == (3, ""))
        #expect(result.errors.contains(named) && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }

    @Test("Without a terminal it ends with status 2 and advice")
    func noTerminal() async throws {
        let scene = try await Scene()
        let result = try await scene.run(["watch"])
        #expect(result.status == 2)
        #expect(result.errors == "mip-mib: watch needs a terminal; use --output ndjson for programs\n")
        await scene.agent.stop()
    }
}
