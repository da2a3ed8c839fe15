import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import Testing

@Suite("The MIB without MIB files")
struct MIBTests {
    /// The lines whose values do not change over time.
    private static func steady(_ output: String) -> [String] {
        output.split(separator: "\n").map(String.init).filter { line in
            !line.contains("Timeticks") && !line.contains("TimeRemaining") && !line.contains("SourceAge")
                && !line.contains("AgentTime")
                // mip-mib escapes text that moves the cursor, while snmpwalk passes it on.
                && !line.contains("No more variables") && !line.contains("@evil")
        }
    }

    @Test("walk prints the same as snmpwalk with all modules loaded, by SNMP and over the control socket")
    func walk() async throws {
        let scene = try await Scene()
        let daemon = try await Daemon(scene)
        let directory = try TemporaryDirectory()
        let modules = try Daemon.modules(directory)
        for root in ["mipMIB", "mipExtObjects"] {
            let arguments = [
                "-v2c", "-c", "public", "127.0.0.1:\(daemon.snmpPort)",
                root == "mipMIB" ? "MIP-MIB::mipMIB" : "MIPV4-EXT-MIB::mipExtObjects",
            ]
            let expected = Self.steady(try await ChildProcess.run("snmpwalk", arguments, environment: modules).output)
            let remote = try await Scene.run(["walk", root, "--snmp", "127.0.0.1:\(daemon.snmpPort)"])
            #expect(remote.status == 0 && remote.errors == "")
            let differing = zip(Self.steady(remote.output), expected).filter { $0 != $1 }
            #expect(differing.isEmpty, "\(differing.prefix(20))")
            #expect(Self.steady(remote.output).count == expected.count)
            #expect(expected.count > 40)
            guard root == "mipMIB" else { continue }
            let local = try await Scene.run(["walk", root, "--socket", scene.socket])
            let other = zip(Self.steady(local.output), expected).filter { $0 != $1 }
            #expect(other.isEmpty, "\(other.prefix(20))")
        }
        try await AgentWalk(port: daemon.snmpPort, socket: scene.socket).check()
        try await daemon.stop()
        await scene.agent.stop()
    }

    @Test("Timeticks are printed as net-snmp prints them")
    func timeTicks() async throws {
        let scene = try await Scene()
        let result = try await scene.run(["get", "haRecentServiceAcceptedTime.10.0.1.1", "mipEnable.0", "mipEnable.7"])
        #expect(result.status == 1)
        #expect(
            result.output == """
                MIP-MIB::haRecentServiceAcceptedTime.10.0.1.1 = Timeticks: (0) 0:00:00.00
                MIP-MIB::mipEnable.0 = INTEGER: enabled(1)
                MIP-MIB::mipEnable.7 = No Such Instance currently exists at this OID

                """)
        await scene.agent.stop()
    }

    @Test("The names and OIDs are those that smidump reads from the MIB files")
    func names() async throws {
        let directory = try TemporaryDirectory()
        let modules = try Daemon.modules(directory)
        var expected: Set<String> = []
        for module in ["MIP-MIB", "MIPV4-EXT-MIB"] {
            let dump = try await ChildProcess.run(
                "smidump", ["-c", "/dev/null", "-f", "identifiers", module], environment: modules)
            for line in dump.output.split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.count == 4, words[3].contains(".44") || words[1] == "mipExtRoot" {
                    expected.insert("\(words[1]),\(words[3])")
                }
            }
        }
        let result = try await Scene.run(["translate", "-o", "csv", "--columns", "name,oid", "--no-header"])
        let own = Set(result.output.split(separator: "\n").map(String.init))
        #expect(expected.count > 500)
        #expect(
            own == expected, "run scripts/generate-mib-nodes; differing: \(own.symmetricDifference(expected).sorted().prefix(10))"
        )
    }

    @Test("translate, table and --help print the approved output")
    func golden() async throws {
        let scene = try await Scene()
        for name in [
            "haMobilityBindingTimeRemaining", "1.3.6.1.2.1.44.1.1.2.0", "mipEncapsulationSupported", "mipExtBindingTable",
        ] {
            try Golden.expect(try await Scene.run(["translate", name]).output, is: "translate-\(name).txt")
        }
        let table = try await scene.run(["table", "haMobilityBindingTable"])
        #expect(table.status == 0)
        try Golden.expect(table.output.replacing(/1(80|79)\d\d/, with: "18000"), is: "table-haMobilityBindingTable.txt")
        for command in ["translate", "get", "walk", "table"] {
            try Golden.expect(try await Scene.run([command, "--help"]).output, is: "help-\(command).txt")
        }
        await scene.agent.stop()
    }

    @Test(
        "Unknown names end with status 2 and a list of similar names",
        arguments: [
            (["translate", "haMobility"], "similar names: haMobilityBindingTable"),
            (["get", "nonsense.0"], "'mip-mib translate' lists"),
            (["table", "mipEnable"], "expected one of mipSecAssocTable"), (["walk", "mipEnable.x"], "expected numbers"),
        ])
    func wrongNames(arguments: [String], expected: String) async throws {
        let result = try await Scene.run(arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains(expected), "\(result.errors)")
    }
}
