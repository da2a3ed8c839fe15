import AgentModel
import Foundation
import JSON
import MIPTesting
import MobileIPv4
import Testing

@testable import mip_mib

@Suite("The three sources of mip-mib")
struct SourceTests {
    /// Runs every reading command with every source that provides its list. Only the differences declared in `SourceDifference` are allowed.
    @Test("The same query gives the same JSON by control socket, by URL and by SNMP")
    func sameJSON() async throws {
        let scene = try await Scene.whole()
        let daemon = try await Daemon(scene)
        // An ended binding, for the history.
        await scene.agent.publish([.binding(Samples.binding(6))])
        await scene.agent.publish([.bindingRemoved(Samples.binding(6).key, .expired)])
        try await eventually("the history has the ended binding") {
            try await Scene.run(["history"] + daemon.arguments(.snmp)).output.contains("expired")
        }
        for list in RowList.all + [.counters, .agents, StatusCommand.list] {
            var reference: [Row]?
            for source in SourceKind.allCases where list.isReported(by: source) {
                let arguments = source == .socket ? ["--socket", scene.socket] : daemon.arguments(source)
                let result = try await Scene.run([list.name, "--json"] + arguments)
                #expect(result.status == 0 && result.errors == "", "\(list.name) \(source.rawValue): \(result.errors)")
                let rows = try JSONValue(json: Array(result.output.utf8)).array?.compactMap(\.object) ?? []
                #expect(!rows.isEmpty, "\(list.name) \(source.rawValue)")
                guard let known = reference else {
                    reference = rows
                    continue
                }
                let differences = SourceDifference.members(of: list.name, from: source)
                for difference in differences where difference.kind == .missing {
                    for member in difference.members {
                        #expect(
                            known.contains { $0.member(at: member) != nil } && !rows.contains { $0.member(at: member) != nil },
                            "\(list.name) \(source.rawValue): '\(member)' is not missing")
                    }
                }
                let ignored = differences.flatMap(\.members)
                let (expected, reported) = (
                    known.map { $0.settled(without: ignored, from: source) },
                    rows.map { $0.settled(without: ignored, from: source) }
                )
                for (expected, reported) in zip(expected, reported) where expected != reported {
                    Issue.record(
                        "\(list.name) \(source.rawValue): \(JSONValue.object(reported).json)\n\(JSONValue.object(expected).json)")
                }
                #expect(expected.count == reported.count, "\(list.name) \(source.rawValue)")
            }
        }
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("docs/command.md contains the table of differences between sources")
    func documented() throws {
        let path = "\(BuiltProducts.repository)/docs/command.md"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let (begin, end) = ("<!-- differences -->\n", "<!-- end of differences -->")
        let start = try #require(text.range(of: begin)?.upperBound)
        let stop = try #require(text.range(of: end)?.lowerBound)
        if ProcessInfo.processInfo.environment["MIP_WRITE_GOLDEN"] != nil {
            let new = text.replacingCharacters(in: start..<stop, with: SourceDifference.markdown)
            try new.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        #expect(text[start..<stop] == SourceDifference.markdown)
    }

    @Test("Conditions, order and limit select the same rows from every source")
    func sameChoice() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        let queries = [
            ["bindings", "--home-address", "10.0.1.0/31", "--columns", "homeAddress,careOfAddress,flags"],
            ["bindings", "--sort", "-homeAddress", "--limit", "2", "--columns", "homeAddress"],
            ["visitors", "--where", "state=pending", "--columns", "homeAddress"],
        ]
        for query in queries {
            var outputs: [String] = []
            for source in [["--socket", scene.socket], daemon.arguments(.url), daemon.arguments(.snmp)] {
                let result = try await Scene.run(query + ["--json"] + source)
                #expect(result.status == 0 && result.errors == "", "\(query) \(source): \(result.errors)")
                outputs.append(result.output)
            }
            #expect(outputs.first?.contains("{") == true)
            #expect(Set(outputs).count == 1, "\(outputs)")
        }
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("The history is read by SNMP; at a control socket it is refused with advice")
    func history() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        let key = Samples.binding(1).key
        await scene.agent.publish([.bindingRemoved(key, .expired)])
        let query = [
            "history", "-o", "csv", "--no-header", "--columns", "homeAddress,careOfAddress,homeAgent,role,endReason,renewals",
        ]
        var output = ""
        try await eventually("the history has the ended binding") {
            output = try await Scene.run(query + ["--snmp", "127.0.0.1:\(daemon.snmpPort)"]).output
            return !output.isEmpty
        }
        let binding = Samples.binding(1)
        #expect(output == "10.0.1.1,\(binding.careOfAddress),\(binding.homeAgent),homeAgent,expired,\(binding.renewals)\n")
        let socket = try await scene.run(["history"])
        #expect(socket.status == 2)
        #expect(socket.errors.contains("read it from mip-mibd with --url or --snmp"))
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test(
        "An invalid source ends with status 3 or 2 and states what is expected",
        arguments: [
            (["--url", "http://127.0.0.1:1"], 3, "is mip-mibd running there"),
            (["--url", "ftp://x"], 2, "expected the URL of a management daemon: http://"),
            (["--snmp", "127.0.0.1:1"], 3, "no SNMP agent is listening on that port"), (["--snmp", "x:y"], 2, "expected a host"),
            (["--url", "http://x", "--snmp", "x"], 2, "mutually exclusive"),
        ] as [([String], Int32, String)])
    func wrongSources(arguments: [String], status: Int32, expected: String) async throws {
        let result = try await Scene.run(["bindings"] + arguments)
        #expect(result.status == status)
        #expect(result.output == "")
        #expect(result.errors.contains(expected), "\(result.errors)")
    }
}

extension Row {
    /// The row without these members, and with times as precise as the source provides them. Remaining lifetimes are rounded to quarters
    /// of an hour.
    fileprivate func settled(without members: [String], from source: SourceKind) -> Row {
        var row = self
        for member in members { row.remove(member) }
        if let left = row.count("timeRemaining") { row["timeRemaining"] = JSONValue((left + 450) / 900) }
        guard source == .snmp, case .object(let object) = JSONValue.object(row).inTenths else { return row }
        return object
    }

    fileprivate mutating func remove(_ path: String) {
        guard let dot = path.firstIndex(of: ".") else { return self[path] = nil }
        let name = String(path[..<dot])
        guard var inner = self[name]?.object else { return }
        inner.remove(String(path[path.index(after: dot)...]))
        self[name] = .object(inner)
    }
}

extension JSONValue {
    /// The value with times truncated to tenths of a second, the precision of DateAndTime.
    fileprivate var inTenths: JSONValue {
        switch self {
        case .string(let text): .string(text.replacing(/(T\d\d:\d\d:\d\d\.\d)\d\dZ/) { "\($0.1)00Z" })
        case .array(let values): .array(values.map(\.inTenths))
        case .object(let row): .object(Row(row.members.map { ($0.name, $0.value.inTenths) }))
        default: self
        }
    }
}
