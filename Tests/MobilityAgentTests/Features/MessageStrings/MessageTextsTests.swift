import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Which text a reply gets")
struct MessageTextsTests {
    /// A reply, and the text expected from `texts`.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var code: ReplyCode
        var isDeregistration = false
        var address = IPv4Address(203, 0, 113, 7)
        var nai: String?
        var text: String?

        init(
            _ description: String, _ code: UInt8, _ text: String?, isDeregistration: Bool = false,
            at address: IPv4Address = IPv4Address(203, 0, 113, 7), nai: String? = nil
        ) {
            testDescription = description
            self.code = ReplyCode(rawValue: code)
            self.text = text
            self.isDeregistration = isDeregistration
            self.address = address
            self.nai = nai
        }
    }

    private static func network(_ text: String, _ replies: [ReplyTexts.Outcome: String]) throws -> MessageTexts.OfNetwork {
        MessageTexts.OfNetwork(try #require(IPv4Prefix(text)), ReplyTexts(replies))
    }

    private static func realm(_ text: String, _ replies: [ReplyTexts.Outcome: String]) throws -> MessageTexts.OfRealm {
        MessageTexts.OfRealm(try #require(Realm(text)), ReplyTexts(replies))
    }

    private static func texts() throws -> MessageTexts {
        MessageTexts(
            replies: ReplyTexts([
                .accepted: "welcome", .code(.haInsufficientResources): "full", .denied: "sorry", .deregistered: "goodbye",
            ]),
            networks: [
                try network("10.0.0.0/8", [.code(.accepted): "ten", .denied: "ten denied"]),
                try network("10.1.0.0/16", [.code(.accepted): "ten one"]),
                try network("10.2.0.0/16", [.code(.haInsufficientResources): "ten two full"]),
            ],
            realms: [
                try realm("Example.NET", [.code(.accepted): "realm", .code(.haInsufficientResources): "realm full"]),
                try realm("example.org", [.denied: "realm denied"]),
            ])
    }

    private static let cases = [
        Case("an accepted registration", 0, "welcome"),
        Case("one accepted with another code", 1, "welcome"),
        Case("a code with its own text", 130, "full"),
        Case("another code", 131, "sorry"),
        Case("an accepted deregistration", 0, "goodbye", isDeregistration: true),
        Case("a denied deregistration", 131, "sorry", isDeregistration: true),
        Case("an address in a network", 0, "ten", at: IPv4Address(10, 9, 0, 1)),
        Case("the longest prefix", 0, "ten one", at: IPv4Address(10, 1, 0, 1)),
        Case("a shorter prefix where the longest has no text", 131, "ten denied", at: IPv4Address(10, 1, 0, 1)),
        Case("a prefix before the code for every node", 130, "ten denied", at: IPv4Address(10, 1, 0, 1)),
        Case("the code of the longest prefix", 130, "ten two full", at: IPv4Address(10, 2, 0, 1)),
        Case("a network without a text for deregistrations", 0, "goodbye", isDeregistration: true, at: IPv4Address(10, 1, 0, 1)),
        Case("the realm before the network", 0, "realm", at: IPv4Address(10, 1, 0, 1), nai: "alice@example.net"),
        Case("the realm in capital letters", 0, "realm", nai: "alice@EXAMPLE.net"),
        Case(
            "the network where the realm has no text", 131, "ten denied", at: IPv4Address(10, 1, 0, 1), nai: "alice@example.net"),
        Case("the realm's text for any denial before the code for every node", 130, "realm denied", nai: "bob@example.org"),
        Case("a subdomain of the realm", 0, "welcome", nai: "alice@sub.example.net"),
        Case("another realm", 0, "welcome", nai: "alice@example.com"),
        Case("an identifier without a realm", 0, "welcome", nai: "alice"),
        Case("an identifier with an empty realm", 0, "welcome", nai: "alice@"),
    ]

    @Test("Realm, then network, then the texts for every node determine the text", arguments: cases)
    func text(_ reply: Case) throws {
        let text = try Self.texts().text(
            for: reply.code, isDeregistration: reply.isDeregistration, homeAddress: reply.address,
            nai: reply.nai.flatMap { NetworkAccessIdentifier($0) })
        #expect(text == reply.text)
    }

    @Test("Without texts, no reply gets one")
    func none() {
        let texts = MessageTexts()
        #expect(texts.isEmpty)
        for code in UInt8.min...UInt8.max {
            #expect(texts.text(for: ReplyCode(rawValue: code), homeAddress: Lab.home, nai: Lab.alice) == nil)
        }
    }

    @Test(
        "A text has 1 to 254 bytes of UTF-8 and no control character",
        arguments: [
            ("a", true), ("", false), (String(repeating: "é", count: 127), true), (String(repeating: "é", count: 128), false),
            ("a\nb", false), ("a\u{1B}[2J", false), ("a\u{85}", false),
        ])
    func length(text: String, isValid: Bool) {
        #expect(ReplyTexts.isText(text) == isValid)
    }

    @Test(
        "An outcome is written as a word or as an assigned code",
        arguments: ["accepted", "denied", "deregistered", "0", "66", "130"])
    func outcome(text: String) {
        #expect(ReplyTexts.Outcome(text)?.description == text)
    }

    @Test("Anything else is not an outcome", arguments: ["", "Accepted", "00", "+1", "17", "256", "-1", "130 "])
    func invalidOutcome(text: String) {
        #expect(ReplyTexts.Outcome(text) == nil)
    }

    @Test(
        "A realm is a word without an '@'",
        arguments: ["", "@example.net", "a@b", "a b", "a\n", String(repeating: "a", count: 254)])
    func invalidRealm(text: String) {
        #expect(Realm(text) == nil)
    }

    @Test("Each error in an agent's texts is reported with its path, without the text")
    func problems() throws {
        let entry = try Self.network("10.0.0.0/8", [.accepted: "a"])
        let empty = try Self.realm("example.net", [:])
        let texts = MessageTexts(
            replies: ReplyTexts([.code(.faInsufficientResources): "a", .denied: "\u{7}"]), networks: [entry, entry],
            realms: [empty])
        var configuration = Lab.homeAgentConfiguration { $0.messages = texts }
        let expected = ["replies.66", "replies.denied", "networks[1]", "realms[0].replies"]
        #expect(configuration.problems.map(\.path) == expected.map { "homeAgent.messages." + $0 })
        #expect(!configuration.problems.contains { $0.description.contains("\u{7}") })
        // A foreign agent relays and sends replies with any code.
        configuration = Lab.foreignAgentConfiguration { $0.messages = texts }
        #expect(configuration.problems.map(\.path) == expected.dropFirst().map { "foreignAgent.messages." + $0 })
    }
}
