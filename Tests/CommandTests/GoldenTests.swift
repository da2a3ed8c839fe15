import AgentModel
import Foundation
import JSON
import MIPTesting
import Testing

@testable import mip_mib

@Suite("The output of every command")
struct GoldenTests {
    /// How a command is run for its golden files: once in each format if it has an option for the format.
    struct Example: Sendable {
        /// The arguments after the command.
        var arguments: [String] = []
        /// The source it reads; nil if it takes no source.
        var source: SourceKind? = .socket
        var formats = OutputFormat.allCases
        var status: Int32 = 0
    }

    /// The examples by command path. The test fails for a command that is missing here.
    static let examples: [String: Example] = [
        "status": Example(), "agents": Example(), "bindings": Example(), "visitors": Example(), "pending": Example(),
        "associations": Example(), "violations": Example(), "mobile-nodes": Example(), "counters": Example(),
        "tunnels": Example(), "traffic": Example(), "advertisements": Example(), "node": Example(), "registrations": Example(),
        "foreign-agents": Example(), "exchanges": Example(), "extensions": Example(), "history": Example(source: .url),
        "translate": Example(arguments: ["haMobilityBindingTimeRemaining"], source: nil),
        "get": Example(arguments: ["mipEnable.0", "haMobilityBindingSourceAddress.10.0.1.1.192.0.2.1"]),
        "walk": Example(arguments: ["mipSystem"]), "table": Example(arguments: ["mipSecurityAssocTable"]),
        // The screen is tested in WatchTests.
        "watch": Example(arguments: ["--count", "1"], formats: [.ndjson]),
        "events": Example(arguments: ["--limit", "2"]), "revoke": Example(arguments: ["10.0.1.1", "--dry-run"]),
        "enable": Example(arguments: ["--dry-run"]), "disable": Example(arguments: ["--dry-run"]),
        "association add": Example(
            arguments: ["10.0.1.9", "300", "--key-file", "DIRECTORY/key", "--hex", "--dry-run"]),
        "association set": Example(arguments: ["10.0.1.9", "300", "--tolerance", "30", "--dry-run"]),
        "association remove": Example(arguments: ["10.0.1.9", "300", "--dry-run"]),
        "advertisement set": Example(arguments: ["10.0.1.254", "--minimum-interval", "5", "--dry-run"]),
        "care-of add": Example(arguments: ["192.0.2.9", "--dry-run"]),
        "care-of remove": Example(arguments: ["192.0.2.1", "--dry-run"]),
        "drain": Example(arguments: ["192.0.2.53", "192.0.2.54", "--dry-run"]),
        "notify": Example(arguments: ["10.0.1.1", "Maintenance at 22:00", "--dry-run"]), "undo": Example(arguments: ["token1"]),
        "doctor": Example(
            arguments: ["--snmp", "127.0.0.1:1", "--snmpd-conf", "DIRECTORY/none.conf", "--mibd-conf", "/dev/null"], status: 1),
        // The contents of the files are tested in NMSTests and ManualTests.
        "nms": Example(arguments: ["snmptt"], source: nil), "manual": Example(arguments: ["DIRECTORY/man1"], source: nil),
    ]

    @Test("--help of every command", arguments: CommandTree.all)
    func help(command: CommandTree.Command) async throws {
        let result = try await Scene.run(command.path + ["--help"])
        #expect(result.status == 0)
        #expect(result.errors == "")
        try Golden.expect(result.output, is: (["help"] + command.path).joined(separator: "-") + ".txt")
        for line in result.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test("The output of every command in each of its formats", arguments: CommandTree.leaves)
    func output(command: CommandTree.Command) async throws {
        let example = try #require(
            Self.examples[command.path.joined(separator: " ")], "'\(command.testDescription)' has no example in GoldenTests")
        let scene = try await Scene.whole()
        chmod(try scene.directory.write("000102030405060708090a0b0c0d0e0f\n", to: "key"), 0o600)
        var daemon: Daemon?
        var source: [String] = example.source == .socket ? ["--socket", scene.socket] : []
        if example.source == .url {
            daemon = try await Daemon(scene)
            source = daemon?.arguments(.url) ?? []
            await scene.agent.publish([.bindingRemoved(Samples.binding(4).key, .expired)])
            try await eventually("the history has the ended binding") {
                try await Scene.run(["history"] + source).output.contains("expired")
            }
        }
        if command.path == ["undo"] { #expect(try await scene.run(["care-of", "add", "192.0.2.9", "--yes"]).status == 0) }
        let reporter = command.path == ["events"] ? EventsTests.report(scene.agent) : nil
        let arguments = example.arguments.map { $0.replacing("DIRECTORY", with: scene.directory.path) }
        for format in command.options.contains("output") ? example.formats.map(\.rawValue) : [""] {
            let result = try await Scene.run(command.path + arguments + source + (format.isEmpty ? [] : ["--output", format]))
            #expect(result.status == example.status, "\(format): \(result.errors)")
            #expect(result.errors == "", "\(format)")
            let output = Self.steady(result.output, scene)
            if format == "json" { #expect((try? JSONValue(json: Array(result.output.utf8)))?.array != nil, "\(output)") }
            try Golden.expect(output, is: Self.file(command, format))
        }
        reporter?.cancel()
        try await daemon?.stop()
        await scene.agent.stop()
    }

    @Test("There is no golden file without a command")
    func leftovers() throws {
        let directory = "\(BuiltProducts.repository)/Tests/CommandTests/Golden"
        var known = Set(CommandTree.all.map { (["help"] + $0.path).joined(separator: "-") + ".txt" })
        for command in CommandTree.leaves {
            let formats = command.options.contains("output") ? Self.examples[command.path.joined(separator: " ")]?.formats : nil
            known.formUnion(formats.map { $0.map { Self.file(command, $0.rawValue) } } ?? [Self.file(command, "")])
        }
        for file in try FileManager.default.contentsOfDirectory(atPath: directory) where !known.contains(file) {
            // Files of WatchTests and MIBTests.
            #expect(["watch-80x24", "translate-", "table-"].contains(where: file.hasPrefix), "\(file)")
        }
    }

    private static func file(_ command: CommandTree.Command, _ format: String) -> String {
        format == "json" ? "\(command.name).json" : [command.name, format].filter { !$0.isEmpty }.joined(separator: "-") + ".txt"
    }

    /// The output without values that differ between runs.
    private static func steady(_ output: String, _ scene: Scene) -> String {
        output.replacing(scene.directory.path, with: "DIRECTORY")
            // On a machine with systemd.
            .replacing("systemctl start snmpd", with: "start snmpd")
            .replacing(/1(80|79)\d\d/, with: "18000").replacing("4h59m", with: "5h00m")
            // On a slow machine the agent's uptime and the age of its data differ by the time the command runs.
            .replacing(/3h0\dm/, with: "3h00m").replacing(/(synchronized|home        1)  \d+s +/) { "\($0.1)  0s   " }
            .replacing(/(age"?: ?)\d[\d.e-]*/) { "\($0.1)0" }
            .replacing(/,\d+\.\d+(e-\d+)?,/, with: ",0,")
            .replacing(/2023-11-15(.)01:1\d:\d\d(\.\d\d\d)?Z/) { "2023-11-15\($0.1)01:13:50\($0.2 == nil ? "" : ".000")Z" }
            .replacing(/"time":"20[^"]*"/, with: "\"time\":\"now\"")
    }
}
