import MIPTesting
import SNMPClient
import Testing

@Suite("Why an SNMP agent does not answer")
struct ProbeTests {
    private static let ifNumber: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 1]
    private static let sysDescription: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 1]

    private static func user(
        _ name: String = "sha256", _ authentication: String? = "authentication2", _ privacy: String? = "privacy-key2",
        context: String = ""
    ) -> Credentials {
        .user(
            SecurityUser(
                name: name, authentication: authentication.map { (.sha256, $0) }, privacyPassword: privacy, context: context))
    }

    /// A user without rights, one that sees only the group `system`, and a community that does.
    private static let lines = """
        createUser helpless SHA-256 authentication3 AES privacy-key3
        createUser narrow SHA-256 authentication4 AES privacy-key4
        view system included .1.3.6.1.2.1.1
        rouser narrow priv -V system
        com2sec narrow 127.0.0.1 narrowly
        group narrow v2c narrow
        access narrow "" any noauth exact system none none
        """

    @Test("Each cause is distinguished from the others")
    func causes() async throws {
        let agent = try await PrivateSNMPD(Self.lines)
        let cases: [(credentials: Credentials, object: [UInt32]?, expected: SNMPStation)] = [
            (.community("public"), nil, .answers), (.community("public"), Self.ifNumber, .answers),
            (.community("secret"), nil, .unknownUser), (.community("narrowly"), Self.ifNumber, .hiddenView),
            (.community("narrowly"), Self.sysDescription, .answers),
            (Self.user(), Self.ifNumber, .answers), (Self.user("nobody"), nil, .unknownUser),
            (Self.user("sha256", "not the password"), nil, .wrongAuthentication),
            (Self.user("sha256", "authentication2", "not the password"), nil, .wrongPrivacy),
            (Self.user(context: "nowhere"), nil, .unknownContext),
            (Self.user("helpless", "authentication3", "privacy-key3"), Self.ifNumber, .noRights),
            // The password is right, but the user may read with privacy only.
            (Self.user("sha256", "authentication2", nil), nil, .noRights),
            (Self.user("narrow", "authentication4", "privacy-key4"), Self.ifNumber, .hiddenView),
            (Self.user("narrow", "authentication4", "privacy-key4"), Self.sysDescription, .answers),
        ]
        // These are found by waiting for an answer that does not come; all others are answered, on a busy machine late.
        let silent: [SNMPStation] = [.unknownUser, .wrongPrivacy, .unknownContext]
        for (credentials, object, expected) in cases {
            let station = SNMPProbe.station(
                host: "127.0.0.1", port: agent.port, credentials: credentials,
                timeout: silent.contains(expected) ? .milliseconds(1500) : .seconds(6), object: object)
            #expect(station == expected, "\(credentials)")
        }
        try await agent.stop()
    }

    @Test("A closed port is unreachable, with community and user", arguments: [0, 1])
    func closed(number: Int) {
        let credentials = number == 0 ? Credentials.community("public") : Self.user()
        let station = SNMPProbe.station(
            host: "127.0.0.1", port: freePort(), credentials: credentials, timeout: .seconds(3))
        guard case .unreachable = station else {
            Issue.record("\(station)")
            return
        }
    }

    @Test("A port on which nothing answers is silent")
    func silent() throws {
        let agent = try ClumsyAgent(.none)
        // It answers SNMPv2c only.
        let station = SNMPProbe.station(
            host: "127.0.0.1", port: agent.port, credentials: Self.user(), timeout: .milliseconds(150))
        #expect(station == .silent)
    }
}
