import AgentModel
import Foundation
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Rows that share an index, and the longest and greatest indexes, in every reader", .serialized)
struct SharedIndexTests {
    static let expected = ExpectedRows(
        AgentState(name: "a", changes: [.information(IndexExtremes.information)] + IndexExtremes.rows, agentTime: Samples.start))

    static func bench(_ mode: SNMPBench.Mode) async throws -> SNMPBench {
        let bench = try SNMPBench(rows: IndexExtremes.rows, information: IndexExtremes.information)
        try await bench.start(mode)
        try await eventually("the last rows") {
            try await bench.snmp("snmpget", ["-Oqv", "\(SNMPBench.root).1.2.4.0"]).hasPrefix("\(bench.associations)\n")
        }
        return bench
    }

    @Test("GETNEXT, GETBULK and the control socket have the same rows, also read by pysnmp", arguments: SNMPBench.Mode.reading)
    func walks(mode: SNMPBench.Mode) async throws {
        let bench = try await Self.bench(mode)
        let oids = try await bench.checkWalk()
        #expect(oids.contains { $0.hasSuffix(".4294967295") && $0.split(separator: ".").count > 75 })
        // Either way through snmpd is the same to a manager.
        for root in mode == .agentxThroughLibrary ? [] : [SNMPBench.root, RobustnessTests.ext] {
            let result = try await ChildProcess.run(
                BuiltProducts.python, [BuiltProducts.client("pysnmp_walk.py"), "127.0.0.1", "\(bench.snmpPort)", root],
                within: .seconds(120))
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            #expect(result.output == "\(oids.count { $0.hasPrefix(root + ".") }) instances\n")
        }
        try await bench.stop()
    }

    /// Tables by the row of the text: a counter with its OID, and the types of the index objects in snmp_exporter's words.
    private static let metrics = [
        ("haRegCounterEntry", "1.3.6.1.2.1.44.1.6.3.28.1.1", ["gauge", "OctetString"]),
        ("mipExtNodeEntry", "1.3.6.1.4.1.8072.9999.9999.44.1.4.2.1.1", ["gauge", "OctetString"]),
        ("mipExtNodeAddressEntry", "1.3.6.1.4.1.8072.9999.9999.44.1.3.10.1.3", ["gauge", "OctetString", "InetAddressIPv4"]),
        ("mipExtAssocEntry", "1.3.6.1.4.1.8072.9999.9999.44.1.8.1.1.3", ["gauge", "OctetString", "gauge"]),
        ("mipSecurityViolationEntry", "1.3.6.1.2.1.44.1.2.6.1.3", ["gauge", "OctetString"]),
        ("faVisitorEntry", "1.3.6.1.2.1.44.1.5.3.1.1.5", ["InetAddressIPv4"]),
        ("mipExtVisitorEntry", "1.3.6.1.4.1.8072.9999.9999.44.1.5.1.1.8", ["gauge", "OctetString"]),
        ("mipExtPendingEntry", "1.3.6.1.4.1.8072.9999.9999.44.1.5.2.1.7", ["gauge", "OctetString"]),
    ]

    @Test(
        "snmp_exporter, which refuses a series that comes twice, has one series for each row", arguments: SNMPBench.Mode.allCases)
    func exporter(mode: SNMPBench.Mode) async throws {
        let bench = try await Self.bench(mode)
        var module =
            "extremes:\n  walk: [\(Self.metrics.map(\.1).joined(separator: ", "))]\n  version: 2\n  auth: {community: public}\n  metrics:\n"
        for (name, oid, index) in Self.metrics {
            let labels = index.enumerated().map { "{labelname: i\($0), type: \($1)}" }.joined(separator: ", ")
            module += "  - {name: \(name), oid: \(oid), type: gauge, help: none, indexes: [\(labels)]}\n"
        }
        let file = try bench.directory.write(module, to: "snmp.yml")
        let port = freePort(stream: true)
        let exporter = try ChildProcess(
            "prometheus-snmp-exporter", ["--config.file=\(file)", "--web.listen-address=127.0.0.1:\(port)"],
            log: bench.directory.file("exporter.log"))
        var lines: [Substring] = []
        try await eventually("a scrape") {
            let url = "http://127.0.0.1:\(port)/snmp?module=extremes&target=127.0.0.1:\(bench.snmpPort)"
            let answer = try await ChildProcess.run("curl", ["-sS", "--max-time", "30", url]).output
            lines = answer.split(separator: "\n")
            return !answer.isEmpty
        }
        for (name, _, _) in Self.metrics {
            let series = lines.filter { $0.hasPrefix(name + "{") }
            #expect(
                series.count == Self.expected.indexes[name]?.count, "\(name): \(lines.prefix(3)) \(exporter.output.suffix(500))")
        }
        let alice =
            "0x"
            + IndexExtremes.alice.octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined().uppercased()
        #expect(lines.contains("haRegCounterEntry{i0=\"3\",i1=\"\(alice)\"} 18"))
        #expect(lines.contains { $0.hasPrefix("mipExtAssocEntry{") && $0.contains("i2=\"4294967295\"") })
        try await exporter.stop()
        try await bench.stop()
    }

    @Test("mip-mib reads the same mobile nodes by SNMP as from the control socket", arguments: SNMPBench.Mode.allCases)
    func command(mode: SNMPBench.Mode) async throws {
        let bench = try await Self.bench(mode)
        func nodes(_ source: [String]) async throws -> [NSDictionary] {
            let result = try await ChildProcess.run(BuiltProducts.path(of: "mip-mib"), ["mobile-nodes", "--json"] + source)
            #expect(result.status == 0, "\(result.errors)")
            let rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]] ?? []
            return rows.map { $0.filter { $0.key != "agent" } as NSDictionary }
        }
        let bySNMP = try await nodes(["--snmp", "127.0.0.1:\(bench.snmpPort)"])
        let bySocket = try await nodes(["--socket", bench.agent.socketPath])
        #expect(bySocket.count == Self.expected.indexes["mipExtNodeAddressEntry"]?.count)
        #expect(bySNMP == bySocket)
        try await bench.stop()
    }
}

extension SNMPBench {
    fileprivate var associations: Int {
        IndexExtremes.rows.count { if case .association = $0 { true } else { false } }
    }
}
