import Foundation
import MIPTesting
import Testing

@Suite("What a strict manager checks of an SNMP agent", .serialized)
struct ConformanceTests {
    /// How a manager comes to the agent.
    enum Manner: String, CaseIterable, Sendable {
        case v1, v2c, v2cWriting, v3, v3InContext, ipv6

        var arguments: [String] {
            let user = ["--v3", "operator", "authentication", "privacy-pass"]
            return switch self {
            case .v1: ["--v1"]
            case .v2c, .ipv6: []
            case .v2cWriting: ["--community", "private", "--write"]
            case .v3: user
            case .v3InContext: user + ["--context", "home"]
            }
        }

        var host: String { self == .ipv6 ? "::1" : "127.0.0.1" }
    }

    /// The numbers of conformance.py's checks: order, GETBULK, GET, the exceptions, the end, limits of GETBULK, indexes, keys, and times;
    /// then types, values, access and atomicity of SET.
    static func numbers(_ manner: Manner) -> [String] {
        let reading = ["1", "2", "3", "4", "5", "6", "7", "8", "12", "13"]
        switch manner {
        case .v1: return reading.filter { $0 != "2" && $0 != "7" }
        case .v2cWriting: return reading + ["16", "17", "18", "19"]
        default: return reading
        }
    }

    /// Both agents with nodes, a violation, and every way to ask.
    static func scene(_ path: ManagementPath) async throws -> Slice {
        let slice = try Slice(associations: ["{peer: 127.40.0.10, spi: 256, key: \(Slice.key)}"], everyTransport: true)
        for (name, text) in [("auth", "authentication"), ("priv", "privacy-pass")] {
            try slice.directory.write(text + "\n", to: name)
            chmod(slice.directory.file(name), 0o600)
        }
        try slice.configureManagement(
            path,
            snmpd: [
                "rocommunity6 public ::1", "createUser operator SHA-256 authentication AES privacy-pass",
                "rouser operator priv -V all",
            ],
            standalone: [
                "communities:", "  - {name: public}", "  - {name: public, source: \"::1\"}",
                "  - {name: private, access: readWrite}", "  - {name: foreign, context: foreign}", "users:",
                "  - {name: operator, authenticationFile: auth, privacyFile: priv}",
            ],
            settings: ["writable: [enable, bindings, associations, advertising, foreignAgent, homeAgents, notifications]"])
        try slice.startAgents()
        try slice.startManagement(path)
        try await slice.waitForAgents()
        try await slice.waitForManagement()
        try await slice.node(["--count", "12", "--first-home-address", "127.40.0.10", "--care-of-address", "192.0.2.1"])
        try await slice.node([
            "--count", "2", "--first-home-address", "127.40.0.30", "--foreign-agent", "\(slice.foreignAgent)",
            "--from-home-address",
        ])
        try await slice.node([
            "--count", "1", "--first-home-address", "0.0.0.0", "--nai-template", "alice@example.net", "--care-of-address",
            "192.0.2.77",
        ])
        try await eventually("the bindings by SNMP") {
            try await slice.snmp("snmpwalk", ["-Oqv"], ".1.3.6.1.2.1.44.1.6.3.1.1.1").split(separator: "\n").count == 15
        }
        return slice
    }

    @Test("pysnmp finds nothing to complain of", arguments: ManagementPath.allCases)
    func checks(path: ManagementPath) async throws {
        let slice = try await Self.scene(path)
        for manner in Manner.allCases {
            let result = try await ChildProcess.run(
                BuiltProducts.python,
                [BuiltProducts.client("conformance.py"), manner.host, "\(slice.snmpPort)", "--secret", Slice.key]
                    + manner.arguments,
                within: .seconds(120))
            #expect(result.status == 0, "\(manner): \(result.errors)")
            let lines = Dictionary(
                result.output.split(separator: "\n").map { line -> (String, String) in
                    let words = line.split(separator: " ", maxSplits: 1)
                    return (String(words[0]), String(words.last ?? ""))
                }
            ) { first, _ in first }
            for number in Self.numbers(manner) {
                #expect(lines[number] == "ok", "check \(number), \(manner), \(path)")
            }
        }
        try await slice.stop()
    }
}
