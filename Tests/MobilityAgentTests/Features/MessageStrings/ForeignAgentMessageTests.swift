import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Message strings of a foreign agent")
struct ForeignAgentMessageTests {
    private static let texts = ReplyTexts([
        .accepted: "Café", .denied: "denied", .deregistered: "goodbye", .code(.faRegistrationTimeout): "timeout",
        .code(.faHomeAgentFailedAuthentication): "not signed", .code(.faRequestedLifetimeTooLong): "too long",
    ])

    private static func bench(
        _ associations: [ConfiguredSecurityAssociation] = [], _ texts: ReplyTexts = texts, maximumLifetime: UInt16 = 1800
    ) -> Bench {
        Bench(
            Lab.foreignAgentConfiguration(associations) {
                $0.messages = MessageTexts(replies: texts)
                $0.maximumLifetime = maximumLifetime
            })
    }

    private static func ask(_ bench: inout Bench, _ change: (inout Request) -> Void = { _ in }) -> Request {
        let request = Request(visiting: bench, change)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        return request
    }

    /// Delivers the home agent's answer; returns what the node receives.
    private static func answer(
        _ bench: inout Bench, _ request: Request, _ change: (inout Answer) -> Void = { _ in }
    ) -> [UInt8]? {
        bench.receive(Answer(to: request, change).octets, from: Lab.homeAgent, to: Lab.foreignAgent)?.payload
    }

    @Test("The text follows the home agent's part of a relayed reply, which stays as it is")
    func place() {
        var bench = Self.bench()
        let request = Self.ask(&bench)
        var expected = Answer(to: request).octets
        expected.append(message: "Café", by: 2)
        let delivered = Self.answer(&bench, request)
        #expect(delivered == expected)
        #expect(bench.foreign.messageStringsSent == 1)
    }

    @Test("The authenticator of the foreign agent covers its text")
    func signed() {
        var bench = Self.bench([Lab.ofVisitor])
        let request = Self.ask(&bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        var expected = Answer(to: request).octets
        expected.append(message: "Café", by: 2)
        expected.sign(.mobileForeignAuthentication, Lab.ofVisitor)
        let delivered = Self.answer(&bench, request)
        #expect(delivered == expected)
    }

    @Test("Without a text, a relayed reply has the bytes that it has without the extension")
    func none() {
        for texts in [ReplyTexts(), ReplyTexts([.denied: "denied"])] {
            var bench = Self.bench([], texts)
            let request = Self.ask(&bench)
            let delivered = Self.answer(&bench, request)
            #expect(delivered == Answer(to: request).octets)
            #expect(bench.foreign.messageStringsSent == 0)
        }
    }

    @Test("A home agent's denial and its reply to a deregistration carry the foreign agent's texts for them")
    func outcomes() {
        var bench = Self.bench()
        var request = Self.ask(&bench)
        let denied = Self.answer(&bench, request) { $0.code = 131 }
        #expect(denied?.messages(by: 2) == ["denied"])
        request = Self.ask(&bench) { $0.lifetime = 0 }
        let left = Self.answer(&bench, request) { $0.lifetime = 0 }
        #expect(left?.messages(by: 2) == ["goodbye"])
    }

    @Test("The foreign agent explains its own denial, and signs the text")
    func ownDenial() {
        var bench = Self.bench([Lab.ofVisitor], maximumLifetime: 100)
        let request = Request(visiting: bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        var expected = Answer(to: request) { ($0.code, $0.lifetime, $0.association) = (69, 100, nil) }.octets
        expected.append(message: "too long", by: 2)
        expected.sign(.mobileForeignAuthentication, Lab.ofVisitor)
        #expect(sent?.payload == expected)
    }

    @Test("The foreign agent explains that the home agent did not answer")
    func timeout() {
        var bench = Self.bench()
        _ = Self.ask(&bench)
        bench.advance(seconds: 7)
        #expect(bench.effects.datagrams.first?.payload.messages(by: 2) == ["timeout"])
    }

    @Test("A reply that the foreign agent refuses carries the text for its status, not for the home agent's code")
    func refusedReply() {
        var bench = Self.bench([Lab.ofHomeAgent])
        let request = Self.ask(&bench)
        let sent = Self.answer(&bench, request)
        #expect(sent?[1] == 0)
        #expect(sent?.extensionsOfReply.filter { $0.type == 45 }.map(\.data) == [[0, 68]])
        #expect(sent?.messages(by: 2) == ["not signed"])
    }

    @Test("The NAI that the home agent returns and the address that it assigns choose the text")
    func subscribers() throws {
        let alice = try #require(Lab.alice)
        let network = try #require(Lab.homeNetwork)
        let realm = try #require(Realm("example.net"))
        let ofNetwork = [MessageTexts.OfNetwork(network, ReplyTexts([.accepted: "network"]))]
        let ofRealm = [MessageTexts.OfRealm(realm, ReplyTexts([.accepted: "realm"]))]
        for (realms, text) in [([], "network"), (ofRealm, "realm")] {
            var bench = Bench(
                Lab.foreignAgentConfiguration { $0.messages = MessageTexts(networks: ofNetwork, realms: realms) })
            let request = Self.ask(&bench) { ($0.homeAddress, $0.nai) = (.zero, alice) }
            let sent = Self.answer(&bench, request)
            #expect(sent?.messages(by: 2) == [text])
        }
    }

    @Test("Denials of requests that were not relayed carry at most 100 texts in a second")
    func limited() {
        var bench = Self.bench([], maximumLifetime: 100)
        let count = (0..<150).count { number in
            let request = Request(visiting: bench) { $0.homeAddress = IPv4Address(192, 0, 2, UInt8(number + 2)) }
            let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            return sent?.payload.messages(by: 2) == ["too long"]
        }
        #expect(count == 100)
        #expect(bench.foreign.repliesSentByCode[.faRequestedLifetimeTooLong] == 150)
        #expect(bench.foreign.messageStringsSent == 100)
    }

    @Test("Denials without a text use up nothing of the limit")
    func limitedOnlyWithText() throws {
        let network = try #require(IPv4Prefix("192.0.2.128/25"))
        let texts = [MessageTexts.OfNetwork(network, ReplyTexts([.denied: "too long"]))]
        var bench = Bench(
            Lab.foreignAgentConfiguration {
                $0.messages = MessageTexts(networks: texts)
                $0.maximumLifetime = 100
            })
        for host in 2..<122 as Range<UInt8> {
            let request = Request(visiting: bench) { $0.homeAddress = IPv4Address(192, 0, 2, host) }
            let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            #expect(sent?.payload.messages(by: 2) == [])
        }
        let request = Request(visiting: bench) { $0.homeAddress = IPv4Address(192, 0, 2, 200) }
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(sent?.payload.messages(by: 2) == ["too long"])
    }
}
