import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing
import Yams

@Suite("mip-mib: reading an agent")
struct ReadingTests {
    @Test("An independent parser reads the same values from the YAML output as from the JSON output")
    func yaml() async throws {
        let scene = try await Scene()
        let directory = try TemporaryDirectory()
        let (yaml, json) = (try await scene.run(["bindings", "-o", "yaml"]), try await scene.run(["bindings", "-o", "json"]))
        let time = /timeRemaining"?: ?\d+/
        let files = [
            try directory.write(yaml.output.replacing(time, with: "timeRemaining: 1"), to: "a"),
            try directory.write(json.output.replacing(time, with: "timeRemaining\": 1"), to: "b"),
        ]
        // JSON is YAML, so one parser reads both.
        let trees = try files.map { try Yams.load(yaml: try String(contentsOfFile: $0, encoding: .utf8)) as? [[String: Any]] }
        #expect(trees[0]?.count == 3)
        #expect(
            "\(trees[0]?.map { $0.sorted { $0.key < $1.key } } ?? [])"
                == "\(trees[1]?.map { $0.sorted { $0.key < $1.key } } ?? [])")
        await scene.agent.stop()
    }

    @Test(
        "Conditions select rows",
        arguments: [
            ("homeAddress=10.0.1.0/31", ["10.0.1.1"]), ("homeAddress!=10.0.1.0/31", ["10.0.1.2", "10.0.1.4"]),
            ("timeRemaining>20000", ["10.0.1.2"]), ("timeRemaining<=20000", ["10.0.1.1", "10.0.1.4"]),
            ("nai~@evil", ["10.0.1.4"]), ("nai=", ["10.0.1.1"]), ("flags=reverseTunnel", ["10.0.1.1", "10.0.1.2", "10.0.1.4"]),
            ("careOfAddress>=192.0.2.2", ["10.0.1.2", "10.0.1.4"]),
        ])
    func conditions(condition: String, expected: [String]) async throws {
        let scene = try await Scene()
        let result = try await scene.run([
            "bindings", "-o", "csv", "--no-header", "--columns", "homeAddress", "--where", condition,
        ])
        #expect(result.output.split(separator: "\n").map(String.init) == expected)
        await scene.agent.stop()
    }

    @Test("--sort orders by value, descending with '-'; --limit limits the rows and --columns selects the columns")
    func order() async throws {
        let scene = try await Scene()
        let result = try await scene.run([
            "bindings", "--sort", "-careOfAddress", "--limit", "2", "--columns", "careOfAddress,flags", "--no-header",
        ])
        #expect(result.output == "192.0.2.4  DT\n192.0.2.2  DT\n")
        let json = try await scene.run(["bindings", "--sort", "nai", "--columns", "homeAddress,nai", "-o", "ndjson"])
        #expect(
            json.output.split(separator: "\n").first == #"{"homeAddress":"10.0.1.4","nai":"turned\#u{202E}@evil.example"}"#)
        await scene.agent.stop()
    }

    @Test("Unknown columns and invalid conditions end with status 2 and state what is expected")
    func wrongColumns() async throws {
        let scene = try await Scene()
        for arguments in [["--columns", "homAddress"], ["--sort", "homAddress"], ["--where", "homAddress=1"]] {
            let result = try await scene.run(["bindings"] + arguments)
            #expect(result.status == 2)
            #expect(result.errors.contains("has no column 'homAddress'; expected one of agent, homeAddress"))
        }
        let condition = try await scene.run(["bindings", "--where", "timeRemaining"])
        #expect(condition.status == 2)
        #expect(condition.errors.contains("'timeRemaining<60'"))
        await scene.agent.stop()
    }

    @Test("Counters since a saved file are differences; nothing is cleared")
    func countersSince() async throws {
        let scene = try await Scene()
        let file = scene.directory.file("saved.json")
        #expect(try await scene.run(["counters", "--save", file]).status == 0)
        var home = HomeAgentCounters()
        home.requestsReceived = 15
        home.repliesSentByCode[.accepted] = 12
        await scene.agent.publish([.counters(AgentCounters(homeAgent: home, foreignAgent: nil))])
        let result = try await scene.run(["counters", "--since", file, "-o", "csv", "--columns", "name,value"])
        #expect(result.output.contains("homeAgent.requestsReceived,3\n"))
        #expect(result.output.contains("homeAgent.repliesSentByCode.0,3\n"))
        let wrong = try await scene.run(["counters", "--since", "nowhere.json"])
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("made with --save"))
        await scene.agent.stop()
    }

    @Test("status --json prints the agent's information, counts and health")
    func statusJSON() async throws {
        let scene = try await Scene()
        let result = try await scene.run(["status", "--json"])
        let rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        let row = try #require(rows?.first)
        #expect(row["agent"] as? String == "home")
        #expect((row["counts"] as? [String: Int]) == ["bindings": 3, "visitors": 2, "associations": 1, "violations": 1])
        #expect((row["information"] as? [String: Any])?["name"] as? String == "home")
        await scene.agent.stop()
    }

    @Test(
        "Filters select rows by home address, prefix, care-of address and NAI",
        arguments: [
            (["--home-address", "10.0.1.1"], ["10.0.1.1"]), (["--home-address", "10.0.1.0/31"], ["10.0.1.1"]),
            (["--home-address", "10.0.0.0/8"], ["10.0.1.1", "10.0.1.2", "10.0.1.4"]), (["--care-of", "192.0.2.2"], ["10.0.1.2"]),
            (["--nai", "user2@example.net"], ["10.0.1.2"]),
        ])
    func filters(arguments: [String], expected: [String]) async throws {
        let scene = try await Scene()
        let result = try await scene.run(["bindings", "--json"] + arguments)
        let rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        #expect(rows?.compactMap { $0["homeAddress"] as? String } == expected)
        await scene.agent.stop()
    }

    @Test("An NAI cannot reverse the direction of a line")
    func hostileNAI() async throws {
        let scene = try await Scene()
        let table = try await scene.run(["bindings"]).output
        #expect(table.contains("turned\\u{202e}@evil.example"))
        #expect(!table.unicodeScalars.contains { $0.value == 0x202E })
        await scene.agent.stop()
    }

    @Test("An empty result ends with status 1: a message on standard error, or an empty array")
    func nothing() async throws {
        let scene = try await Scene([])
        let table = try await scene.run(["bindings"])
        #expect((table.status, table.output, table.errors) == (1, "", "mip-mib: no binding found\n"))
        let json = try await scene.run(["bindings", "--json"])
        #expect((json.status, json.output, json.errors) == (1, "[]\n", ""))
        await scene.agent.stop()
    }

    @Test("An unreachable agent ends with status 3 and is named; other agents are still shown")
    func unreachable() async throws {
        let scene = try await Scene()
        let missing = scene.directory.file("missing.sock")
        let alone = try await Scene.run(["status", "--socket", missing])
        #expect(alone.status == 3)
        #expect(alone.output == "")
        #expect(alone.errors.hasPrefix("mip-mib: ") && alone.errors.contains(missing))
        let both = try await Scene.run(["bindings"], environment: ["MIP_MIB_SOCKET": "\(missing):\(scene.socket)"])
        #expect(both.status == 3)
        #expect(both.errors.contains(missing))
        #expect(both.output.contains("10.0.1.1"))
        await scene.agent.stop()
    }

    @Test("It ends quietly when the reader closes the pipe")
    func closedPipe() async throws {
        let rows = (0..<5000).map { StateChange.binding(Samples.binding($0)) }
        let scene = try await Scene(rows)
        let result = try await ChildProcess.run(
            "bash",
            [
                "-c",
                "export MIP_MIB_TIMEOUT=90; set -o pipefail; '\(BuiltProducts.path(of: "mip-mib"))' bindings --socket '\(scene.socket)' | head -n 1",
            ])
        #expect(result.status == 0)
        #expect(result.errors == "")
        #expect(result.output.hasPrefix("AGENT "))
        await scene.agent.stop()
    }
}
