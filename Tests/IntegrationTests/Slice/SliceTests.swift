import Foundation
import MIPTesting
import Testing

@Suite("A registration on the wire, as an operator sees it", .serialized)
struct SliceTests {
    private static let bindings = ".1.3.6.1.2.1.44.1.6.3.1"
    private static let visitors = ".1.3.6.1.2.1.44.1.5.3.1"

    private func homeAddresses(_ json: String) throws -> [String] {
        let rows = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]]
        return try #require(rows).compactMap { $0["homeAddress"] as? String }.sorted()
    }

    @Test("snmpwalk, mip-mib and the JSON API show the same bindings and visitors; a revoked binding disappears from all of them")
    func everywhere() async throws {
        let slice = try Slice()
        try slice.startAgents()
        try slice.startManagement()
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        let direct = try await slice.node([
            "--count", "3", "--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1",
        ])
        #expect(direct.status == 0, "\(direct.output)\(direct.errors)")
        let visiting = try await slice.node([
            "--count", "2", "--first-home-address", "127.40.0.20", "--foreign-agent", "\(slice.foreignAgent)",
            "--from-home-address",
        ])
        #expect(visiting.status == 0, "\(visiting.output)\(visiting.errors)")
        let named = try await slice.node([
            "--count", "1", "--first-home-address", "0.0.0.0", "--nai-template", "alice@example.net", "--care-of-address",
            "192.0.2.77",
        ])
        #expect(named.status == 0, "\(named.output)\(named.errors)")
        let expected = ["127.40.0.10", "127.40.0.11", "127.40.0.12", "127.40.0.20", "127.40.0.200", "127.40.0.21"]

        try await eventually("six bindings by SNMP") {
            try await slice.snmp("snmpwalk", ["-Oqv"], Self.bindings + ".1.1").split(separator: "\n").map(String.init).sorted()
                == expected
        }
        #expect(
            try await slice.snmp("snmpbulkwalk", ["-Oqv"], Self.visitors + ".1.2", community: "foreign")
                .split(separator: "\n").map(String.init).sorted() == ["127.40.0.20", "127.40.0.21"])
        #expect(try homeAddresses(try await slice.command(["bindings", "--json"]).output) == expected)
        #expect(try homeAddresses(try await slice.get("/v1/bindings")) == expected)
        try await slice.checkWalks()
        let visitors = try await slice.command(["visitors", "--json"], agent: "foreign").output
        #expect(try homeAddresses(visitors) == ["127.40.0.20", "127.40.0.21"])
        #expect(try homeAddresses(try await slice.get("/v1/visitors")) == ["127.40.0.20", "127.40.0.21"])

        let revoked = try await slice.command(["revoke", "127.40.0.11", "--yes"])
        #expect(revoked.output == "1 binding of 127.40.0.11 ended\n")
        let left = expected.filter { $0 != "127.40.0.11" }
        try await eventually("the end of the binding in SNMP") {
            try await slice.snmp("snmpwalk", ["-Oqv"], Self.bindings + ".1.1").split(separator: "\n").map(String.init).sorted()
                == left
        }
        #expect(try homeAddresses(try await slice.get("/v1/bindings")) == left)
        #expect(try homeAddresses(try await slice.command(["bindings", "--json"]).output) == left)
        try await slice.stop()
    }

    @Test("A wrong key appears as code 131 and as a violation in all of them")
    func violation() async throws {
        let slice = try Slice()
        try slice.startAgents()
        try slice.startManagement()
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        try slice.directory.write("ffffffffffffffffffffffffffffffff\n", to: "node.key")
        let refused = try await slice.node([
            "--tries", "1", "--count", "1", "--first-home-address", "127.40.0.66", "--care-of-address", "192.0.2.66",
        ])
        #expect(refused.status == 1)
        #expect(refused.output.contains("131"))
        // mipSecTotalViolations, and the violator's count in the table.
        try await eventually("the violation by SNMP") {
            try await slice.snmp("snmpget", ["-Oqv"], ".1.3.6.1.2.1.44.1.2.2.0") == "1\n"
        }
        #expect(
            try await slice.snmp("snmpwalk", ["-On"], ".1.3.6.1.2.1.44.1.2.3.1.2").contains(
                ".1.3.6.1.2.1.44.1.2.3.1.2.127.40.0.66 = Counter32: 1"))
        let table = try await slice.command(["violations"]).output
        #expect(table.contains("127.40.0.66") && table.contains("badAuthenticator") && table.contains("131"))
        #expect(try await slice.get("/v1/violations").contains("\"badAuthenticator\""))
        try await slice.stop()
    }

    @Test("While snmpd is stopped like a hung process, the API keeps working; SNMP answers again once snmpd continues")
    func hungMaster() async throws {
        let slice = try Slice()
        try slice.startAgents()
        try slice.startManagement()
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        slice.processes["snmpd"]?.signal(SIGSTOP)
        let registered = try await slice.node([
            "--count", "2", "--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1",
        ])
        #expect(registered.status == 0)
        try await eventually("the bindings in the API") {
            try homeAddresses(try await slice.get("/v1/bindings")) == ["127.40.0.10", "127.40.0.11"]
        }
        slice.processes["snmpd"]?.signal(SIGCONT)
        try await eventually("the bindings by SNMP") {
            try await slice.snmp("snmpwalk", ["-Oqv"], Self.bindings + ".1.1").split(separator: "\n").count == 2
        }
        try await slice.stop()
    }

    @Test("A killed home agent is withdrawn, and the state that it has kept is shown without a restart of anything else")
    func killedAgent() async throws {
        let slice = try Slice()
        try slice.startAgents()
        try slice.startManagement()
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        try await slice.node(["--count", "2", "--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1"])
        try await eventually("the bindings by SNMP") {
            try await slice.snmp("snmpwalk", ["-Oqv"], Self.bindings + ".1.1").split(separator: "\n").count == 2
        }
        slice.processes["home"]?.signal(SIGKILL)
        _ = try await slice.processes["home"]?.waitForExit()
        try await eventually("withdrawal") {
            try await slice.snmp("snmpget", ["-On"], ".1.3.6.1.2.1.44.1.1.1.0").contains("No Such Instance")
        }
        let unreachable = try await slice.command(["bindings"])
        #expect(unreachable.status == 3)
        #expect(unreachable.errors.contains("home.sock"))
        try slice.start("home", BuiltProducts.path(of: "mip-agentd"), ["--config", slice.directory.file("home.yaml")])
        try await eventually("the agent's return by SNMP") {
            try await slice.snmp("snmpget", ["-Oqv"], ".1.3.6.1.2.1.44.1.1.2.0") == "1\n"
        }
        #expect(try homeAddresses(try await slice.get("/v1/bindings")) == ["127.40.0.10", "127.40.0.11"])
        try await slice.stop()
    }
}
