import Foundation
import MIPTesting
import Testing

@Suite("A strict manager's checks of an SNMP agent", .serialized)
struct ConformanceTests {
    /// The SNMP version and credentials with which a manager accesses the agent.
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

    /// The numbers of conformance.py's checks: order, GETBULK, GET, exceptions, end of the view, limits of GETBULK, indexes, keys, and times;
    /// then types, values, access and atomicity of SET.
    static func numbers(_ manner: Manner) -> [String] {
        let reading = ["1", "2", "3", "4", "5", "6", "7", "8", "12", "13"]
        switch manner {
        case .v1: return reading.filter { $0 != "2" && $0 != "7" }
        case .v2cWriting: return reading + ["16", "17", "18", "19"]
        default: return reading
        }
    }

    /// Both agents with nodes, a violation, and every way of access.
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
                "createUser strong SHA-512 authentication AES-256 privacy-pass",
                "createUser compatible SHA authentication AES privacy-pass", "createUser half SHA-256 authentication",
                "rouser operator priv -V all", "rouser strong priv -V all", "rouser compatible priv -V all",
                "rouser half auth -V all",
            ],
            standalone: [
                "communities:", "  - {name: public}", "  - {name: public, source: \"::1\"}",
                "  - {name: private, access: readWrite}", "  - {name: foreign, context: foreign}", "users:",
                "  - {name: operator, authenticationFile: auth, privacyFile: priv}",
                "  - {name: strong, authentication: SHA-512, privacy: AES-256, authenticationFile: auth, privacyFile: priv}",
                "  - {name: compatible, authentication: SHA, authenticationFile: auth, privacyFile: priv}",
                "  - {name: half, authenticationFile: auth}",
            ],
            settings: [
                "writable: [enable, bindings, drain, associations, advertising, foreignAgent, homeAgents, signalling, messages, "
                    + "notifications]"
            ])
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

    @Test("pysnmp finds no faults", arguments: ManagementPath.reading)
    func checks(path: ManagementPath) async throws {
        let slice = try await Self.scene(path)
        try await slice.checkWalks()
        for manner in Manner.allCases where manner != .ipv6 || LoopbackIPv6.isPresent {
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

    /// The output of snmpget for mipEnable with these options.
    static func ask(_ slice: Slice, _ options: [String], address: String? = nil) async throws -> String {
        let result = try await ChildProcess.run(
            "snmpget",
            ["-v3", "-Oqv", "-t", "3", "-r", "2"] + options + [
                address ?? "127.0.0.1:\(slice.snmpPort)", ".1.3.6.1.2.1.44.1.1.2.0",
            ])
        return result.output + result.errors
    }

    @Test("Users get access only with their protocols and security level", arguments: ManagementPath.allCases)
    func security(path: ManagementPath) async throws {
        let slice = try await Self.scene(path)
        func user(_ name: String, _ level: String, _ authentication: String, _ privacy: String, _ key: String = "privacy-pass")
            -> [String]
        {
            ["-u", name, "-l", level, "-a", authentication, "-A", "authentication", "-x", privacy, "-X", key]
        }
        #expect(try await Self.ask(slice, user("operator", "authPriv", "SHA-256", "AES")) == "1\n")
        #expect(try await Self.ask(slice, user("strong", "authPriv", "SHA-512", "AES-256")) == "1\n")
        #expect(try await Self.ask(slice, user("compatible", "authPriv", "SHA", "AES")) == "1\n")
        #expect(try await Self.ask(slice, user("half", "authNoPriv", "SHA-256", "AES")) == "1\n")
        for refused in [
            try await Self.ask(slice, user("operator", "authNoPriv", "SHA-256", "AES")),
            try await Self.ask(slice, ["-u", "operator", "-l", "noAuthNoPriv"]),
        ] {
            #expect(refused.contains("authorizationError"), "\(refused)")
        }
        let wrongPrivacy = try await Self.ask(slice, user("operator", "authPriv", "SHA-256", "AES", "another-key"))
        #expect(wrongPrivacy.contains("Timeout") || wrongPrivacy.contains("Decryption error"), "\(wrongPrivacy)")
        let wrongKey = try await Self.ask(
            slice, ["-u", "operator", "-l", "authPriv", "-a", "SHA-256", "-A", "not-the-one", "-x", "AES", "-X", "privacy-pass"])
        #expect(wrongKey.contains("Authentication failure"), "\(wrongKey)")
        #expect(try await Self.ask(slice, user("nobody", "authPriv", "SHA-256", "AES")).contains("Unknown user name"))
        // No passphrase appears in a log or on a command line.
        for name in ["mip-mibd", "snmpd"] {
            guard let process = slice.processes[name] else { continue }
            let line = try String(contentsOfFile: "/proc/\(process.identifier)/cmdline", encoding: .utf8)
            #expect(!process.output.contains("privacy-pass") && !line.contains("privacy-pass"))
        }
        try await slice.stop()
    }

    @Test("IPv6 and TCP give the same walk as UDP, in SNMPv1, v2c and v3", arguments: ManagementPath.reading)
    func transports(path: ManagementPath) async throws {
        let slice = try await Self.scene(path)
        let versions = [
            ["-v1", "-c", "public"], ["-v2c", "-c", "public"],
            [
                "-v3", "-u", "operator", "-l", "authPriv", "-a", "SHA-256", "-A", "authentication", "-x", "AES", "-X",
                "privacy-pass",
            ],
        ]
        let addresses =
            ["127.0.0.1:\(slice.snmpPort)", "tcp:127.0.0.1:\(slice.snmpPort)"]
            + (LoopbackIPv6.isPresent ? ["udp6:[::1]:\(slice.snmpPort)"] : [])
        func instances(_ version: [String], _ address: String) async throws -> [String] {
            let result = try await ChildProcess.run("snmpwalk", version + ["-On", address, ".1.3.6.1.2.1.44"])
            return result.output.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
                .filter { $0.hasPrefix(".1") }
        }
        let expected = try await instances(versions[1], addresses[0])
        #expect(expected.count > 200)
        for version in versions {
            // The IPv6 community is for SNMPv1 and v2c; the user may come from any address.
            for address in addresses { #expect(try await instances(version, address) == expected, "\(version[0]) \(address)") }
        }
        try await slice.stop()
    }
}
