import Foundation
import MIPTesting
import SNMPClient
import Testing

/// A private snmpd with a community and users of every level.
final class PrivateSNMPD: Sendable {
    let port = freePort()
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    /// - Parameter more: further lines of the configuration.
    init(_ more: String = "") async throws {
        directory = try TemporaryDirectory()
        let configuration = try directory.write(
            """
            agentaddress udp:127.0.0.1:\(port)
            rocommunity public
            createUser none
            createUser sha1 SHA authentication1 AES privacy-key1
            createUser sha256 SHA-256 authentication2 AES privacy-key2
            rouser none noauth
            rouser sha1 auth
            rouser sha256 priv
            sysName the agent under test
            \(more)

            """, to: "private.conf")
        process = try ChildProcess(
            "snmpd", ["-f", "-Lo", "-C", "-c", configuration, "-I", "-smux", "-p", directory.file("pid")],
            log: directory.file("log"),
            environment: ["SNMP_PERSISTENT_DIR": directory.path])
        let log = directory.file("log")
        try await eventually("snmpd answers") {
            (try? String(contentsOfFile: log, encoding: .utf8))?.contains("NET-SNMP version") == true
        }
    }

    func stop() async throws { try await process.stop() }
}

@Suite("Sessions with a real snmpd")
struct SessionTests {
    static let sysName: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 5, 0]

    @Test("A community and users of every level read the same value")
    func levels() async throws {
        let agent = try await PrivateSNMPD()
        let all: [Credentials] = [
            .community("public"), .user(SecurityUser(name: "none")),
            .user(SecurityUser(name: "sha1", authentication: (.sha1, "authentication1"))),
            .user(SecurityUser(name: "sha1", authentication: (.sha1, "authentication1"), privacyPassword: "privacy-key1")),
            .user(SecurityUser(name: "sha256", authentication: (.sha256, "authentication2"), privacyPassword: "privacy-key2")),
        ]
        for credentials in all {
            let session = try SNMPSession(host: "127.0.0.1", port: agent.port, credentials: credentials)
            #expect(
                try session.get([Self.sysName]) == [VariableBinding(Self.sysName, .octets(Array("the agent under test".utf8)))])
        }
        try await agent.stop()
    }

    @Test("A walk with GETBULK returns what snmpwalk prints, with each kind of credentials")
    func walk() async throws {
        let agent = try await PrivateSNMPD()
        let expected = try await ChildProcess.run(
            "snmpwalk", ["-v2c", "-c", "public", "-On", "-Oq", "127.0.0.1:\(agent.port)", ".1.3.6.1.2.1.1.9.1.2"])
        let user = SecurityUser(name: "sha256", authentication: (.sha256, "authentication2"), privacyPassword: "privacy-key2")
        for credentials in [Credentials.community("public"), .user(user)] {
            let session = try SNMPSession(host: "127.0.0.1", port: agent.port, credentials: credentials)
            var lines: [String] = []
            try session.walk([1, 3, 6, 1, 2, 1, 1, 9, 1, 2]) { binding in
                guard case .objectIdentifier(let value) = binding.value else { return false }
                lines.append(
                    "." + binding.name.map(String.init).joined(separator: ".") + " ."
                        + value.map(String.init).joined(separator: "."))
                return true
            }
            #expect(lines.count > 3)
            #expect(lines.joined(separator: "\n") + "\n" == expected.output)
        }
        try await agent.stop()
    }

    @Test("Columns read by rows match walks of each column, also with gaps and with an empty column")
    func rows() async throws {
        let agent = try await PrivateSNMPD()
        let session = try SNMPSession(host: "127.0.0.1", port: agent.port, credentials: .community("public"))
        // sysORTable's readable columns, columns of other tables, and a column that does not exist, each with its own indexes.
        let columns: [[UInt32]] =
            [2, 3, 4].map { [1, 3, 6, 1, 2, 1, 1, 9, 1, $0] } + [
                [1, 3, 6, 1, 2, 1, 2, 2, 1, 2], [1, 3, 6, 1, 6, 3, 16, 1, 4, 1, 4], [1, 3, 6, 1, 4, 1, 99999, 1],
            ]
        var read = columns.map { _ in [VariableBinding]() }
        var keys: [[UInt32]] = []
        try session.rows(of: columns) { key, values in
            keys.append(key)
            for (index, value) in values.enumerated() {
                if let value { read[index].append(VariableBinding(columns[index] + key, value)) }
            }
            return true
        }
        for (index, column) in columns.enumerated() {
            var walked: [VariableBinding] = []
            try session.walk(column) {
                walked.append($0); return true
            }
            #expect(read[index].map(\.name) == walked.map(\.name), "\(column)")
            #expect(walked.isEmpty == (index == columns.count - 1))
        }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        var first = 0
        try session.rows(of: columns) { _, _ in
            first += 1; return false
        }
        #expect(first == 1)
        try await agent.stop()
    }

    @Test(
        "Each kind of wrong credentials is reported",
        arguments: [
            (SecurityUser(name: "nobody"), "does not know the user 'nobody'"),
            (
                SecurityUser(name: "sha1", authentication: (.sha1, "not the password")),
                "authentication password of 'sha1' is wrong"
            ),
            (SecurityUser(name: "sha256", authentication: (.sha256, "authentication2")), "authorizationError"),
        ])
    func wrongCredentials(user: SecurityUser, expected: String) async throws {
        let agent = try await PrivateSNMPD()
        let session = try SNMPSession(host: "127.0.0.1", port: agent.port, credentials: .user(user))
        let error = #expect(throws: SNMPError.self) { try session.get([Self.sysName]) }
        #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
        try await agent.stop()
    }

    @Test("A closed port is reported at once, a wrong community after the timeout")
    func silence() async throws {
        let session = try SNMPSession(host: "127.0.0.1", port: freePort(), credentials: .community("public"))
        #expect(throws: SNMPError.self) { try session.get([Self.sysName]) }
        let agent = try await PrivateSNMPD()
        let wrong = try SNMPSession(
            host: "127.0.0.1", port: agent.port, credentials: .community("secret"), timeout: .milliseconds(300))
        #expect(throws: SNMPError.timedOut(host: "127.0.0.1")) { try wrong.get([Self.sysName]) }
        try await agent.stop()
    }
}
