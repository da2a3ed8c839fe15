import SNMPClient
import Testing

@Suite("Protocols of SNMPv3 with a real snmpd")
struct ProtocolTests {
    private struct User: Sendable {
        let hash: AuthenticationProtocol
        let cipher: PrivacyProtocol
        var name: String { "\(hash)\(cipher)" }
        var line: String {
            "createUser \(name) \(hash.rawValue) authentication \(cipher.rawValue) the-privacy\nrouser \(name) priv"
        }
    }

    @Test(
        "Every authentication protocol with every privacy protocol reads the same value, with their names in net-snmp's spelling")
    func all() async throws {
        let users = AuthenticationProtocol.allCases.flatMap { hash in
            PrivacyProtocol.allCases.map { User(hash: hash, cipher: $0) }
        }
        let agent = try await PrivateSNMPD(users.map(\.line).joined(separator: "\n"))
        for user in users {
            let credentials = Credentials.user(
                SecurityUser(
                    name: user.name, authentication: (user.hash, "authentication"), privacyPassword: "the-privacy",
                    privacyProtocol: user.cipher))
            let session = try SNMPSession(host: "127.0.0.1", port: agent.port, credentials: credentials, timeout: .seconds(2))
            #expect(throws: Never.self, "\(user.name)") {
                let read = try session.get([SessionTests.sysName])
                #expect(read == [VariableBinding(SessionTests.sysName, .octets(Array("the agent under test".utf8)))])
            }
        }
        try await agent.stop()
    }

    @Test("The names of earlier versions are still accepted")
    func earlier() {
        #expect(AuthenticationProtocol(word: "sha1") == .sha1 && AuthenticationProtocol(word: "sha256") == .sha256)
        #expect(AuthenticationProtocol(word: "SHA-512") == .sha512 && AuthenticationProtocol(word: "SHA-224") == nil)
    }
}
