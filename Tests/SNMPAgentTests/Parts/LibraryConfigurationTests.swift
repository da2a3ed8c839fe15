import Testing

@testable import SNMPAgent

@Suite("Configuration lines for libnetsnmp")
struct LibraryConfigurationTests {
    static func user() throws -> SNMPUser {
        SNMPUser(
            name: "op", access: .readWrite, authentication: (.sha256, try #require(Passphrase(#"pass "word" \1"#))),
            privacy: (.aes, try #require(Passphrase("privacy pass"))))
    }

    @Test("Communities, users and views become lines of snmpd.conf with quoted words")
    func access() throws {
        let lines = LibraryConfiguration.access(
            StandaloneConfiguration(
                listen: ["udp:127.0.0.1:1161"],
                communities: [
                    .init(name: "public", source: "127.0.0.1"), .init(name: "w", access: .readWrite, source: "fd00::/8"),
                    .init(name: "f", source: "default", context: "foreign"),
                ], users: [try Self.user()]))
        #expect(
            lines == [
                "view all included .1", #"rocommunity "public" "127.0.0.1" -V all"#, #"rwcommunity6 "w" "fd00::/8" -V all"#,
                #"rocommunity "f" "default" -V all "foreign""#, #"rocommunity6 "f" "default" -V all "foreign""#,
                #"createUser "op" SHA-256 "pass \"word\" \\1" AES "privacy pass""#, #"rwuser "op" priv -V all"#,
            ])
    }

    @Test("Receivers become sessions with their SNMP version")
    func sinks() throws {
        let user = try Self.user()
        let address = "udp:192.0.2.9:162"
        let expected: [(NotificationSink, String)] = [
            (NotificationSink(address: address, security: .v1(community: "c")), #"trapsess -v 1 -c "c" "udp:192.0.2.9:162""#),
            (
                NotificationSink(address: address, security: .v2c(community: "c"), inform: true),
                #"trapsess -Ci -v 2c -c "c" "udp:192.0.2.9:162""#
            ),
            (
                NotificationSink(address: address, security: .v3(user: user)),
                #"trapsess -v 3 -u "op" -l authPriv -a SHA-256 -A "pass \"word\" \\1" -x AES -X "privacy pass" "udp:192.0.2.9:162""#
            ),
        ]
        for (sink, line) in expected { #expect(LibraryConfiguration.sink(sink) == line) }
    }

    @Test("No description of a user or a passphrase shows it")
    func secrecy() throws {
        let user = try Self.user()
        var dumped = ""
        dump(user, to: &dumped)
        for text in ["\(user)", String(reflecting: user), dumped] {
            #expect(!text.contains("privacy pass") && !text.contains("word"))
        }
    }

    @Test(
        "Passphrases must have at least 8 characters and no control characters",
        arguments: ["", "seven77", "line\nbreak", "nul\u{0}nul\u{0}"])
    func passphrases(text: String) {
        #expect(Passphrase(text) == nil)
    }
}
