import Foundation
import MIPTesting
import Testing

@Suite("The snmp section of mip-mibd's configuration")
struct ConfigurationTests {
    /// The output of `mip-mibd --check` for an `snmp` section.
    static func check(_ section: String, passphraseMode: mode_t = 0o600) async throws -> (status: Int32, text: String) {
        let directory = try TemporaryDirectory()
        try directory.write("authentication\n", to: "auth")
        try directory.write("short\n", to: "short")
        chmod(directory.file("auth"), passphraseMode)
        chmod(directory.file("short"), 0o600)
        let file = try directory.write("agents: [{name: home, control: /run/home.sock}]\n\(section)\n", to: "mip-mibd.yaml")
        let result = try await ChildProcess.run(BuiltProducts.path(of: "mip-mibd"), ["--config", file, "--check"])
        return (result.status, result.output + result.errors)
    }

    static let right = [
        "snmp: {agentx: {}, writable: [enable, notifications], notifications: {send: [], nodeInterval: 0}}",
        "snmp: {standalone: {listen: [\"udp6:[::1]:1161\"], communities: [], users: [{name: op, authenticationFile: auth}]}}",
        "snmp: {standalone: {sinks: [{address: \"udp:192.0.2.9:162\", version: v1}]}}",
        "snmp: {agentx: {socket: /nowhere/yet/master}}", "snmp: {agentx: {socket: \"tcp:127.0.0.1:705\"}}",
        "snmp: {standalone: {source: default}}",
    ]

    @Test("Valid sections are accepted", arguments: right)
    func taken(section: String) async throws {
        let result = try await Self.check(section)
        #expect(result.status == 0, "\(result.text)")
    }

    static let wrong: [(section: String, text: String)] = [
        ("snmp: {agentx: {}, writable: [everything]}", "'everything' is invalid; expected one of enable, associations"),
        ("snmp: {agentx: {}, notifications: {send: [expird]}}", "'expird' is invalid; expected one of registered"),
        ("snmp: {agentx: {}, notifications: {nodeInterval: 4000}}", "expected a whole number 0 to 3600 seconds"),
        (
            "snmp: {agentx: {}, notifications: {thresholds: [{resource: bindings, rising: 10, falling: 20}]}}",
            "rising 10 is below falling 20"
        ),
        ("snmp: {standalone: {listen: [\"127.0.0.1:161\"]}}", "expected a transport address such as udp:127.0.0.1:161"),
        ("snmp: {standalone: {listen: [\"udp:127.0.0.1:161\"], port: 161}}", "listen is given together with address or port"),
        ("snmp: {standalone: {users: [{name: op, privacyFile: auth}]}}", "has privacy without authentication"),
        ("snmp: {standalone: {users: [{name: op, authenticationFile: short}]}}", "the content (not shown) is invalid"),
        ("snmp: {standalone: {users: [{name: op}, {name: op}]}}", "two users have the same name"),
        (
            "snmp: {standalone: {sinks: [{address: \"udp:192.0.2.9:162\", version: v3, user: op}]}}",
            "user 'op' is not among the users"
        ),
        ("snmp: {standalone: {sinks: [{address: \"udp:192.0.2.9:162\", version: v1, inform: true}]}}", "SNMPv1 has no informs"),
        ("snmp: {standalone: {engineID: 8000}}", "expected 10 to 64 hexadecimal digits"),
        ("snmp: {agentx: {}, standalone: {}}", "one process can run in only one mode"),
        ("snmp: {agentx: {socket: \"udp:127.0.0.1:705\"}}", "'udp:127.0.0.1:705' is invalid; expected an absolute path"),
        ("snmp: {agentx: {socket: 705}}", "'705' is invalid; expected an absolute path of at most 107 bytes such as /var/"),
        ("snmp: {agentx: {socket: run/master}}", "'run/master' is invalid"),
        ("snmp: {agentx: {socket: /tmp}}", "'/tmp' is a folder; expected the socket in it, such as /tmp/master"),
        ("snmp: {agentx: {socket: \"unix:/tmp\"}}", "'/tmp' is a folder"),
        ("snmp: {standalone: {source: 127.0.0.5/8}}", "'127.0.0.5/8' is invalid; expected an address, a network with zero"),
        ("snmp: {standalone: {communities: [{name: public, source: \"10.0.0.0/33\"}]}}", "'10.0.0.0/33' is invalid"),
        ("snmp: {standalone: {listen: [\"udp6:::1:161\"]}}", "'udp6:::1:161' is invalid; expected a transport address"),
    ]

    @Test("Mistakes are reported with what is expected, and the exit status is 2", arguments: wrong)
    func reported(section: String, text: String) async throws {
        let result = try await Self.check(section)
        #expect(result.status == 2)
        #expect(result.text.contains(text), "\(result.text)")
        #expect(!result.text.contains("authentication\n"))
    }

    @Test("A passphrase file that every user can read or write is refused; one that its group can read is not")
    func readable() async throws {
        let section = "snmp: {standalone: {users: [{name: op, authenticationFile: auth}]}}"
        for (mode, access) in [(0o644, "read"), (0o602, "write"), (0o666, "read and write")] {
            let result = try await Self.check(section, passphraseMode: mode_t(mode))
            #expect(result.status == 2)
            #expect(
                result.text.contains("every user can \(access) it; expected mode 0600 or 0640: chmod o-rwx /"), "\(result.text)")
        }
        #expect(try await Self.check(section, passphraseMode: 0o640).status == 0)
    }
}
