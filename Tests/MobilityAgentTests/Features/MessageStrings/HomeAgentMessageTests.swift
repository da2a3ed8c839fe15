import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Message strings of a home agent")
struct HomeAgentMessageTests {
    private static let texts = ReplyTexts([.accepted: "välkommen", .denied: "nej", .deregistered: "hej då"])

    private static func bench(
        _ associations: [ConfiguredSecurityAssociation] = [Lab.association()], _ texts: ReplyTexts = texts
    ) -> Bench {
        Bench(Lab.homeAgentConfiguration(associations) { $0.messages = MessageTexts(replies: texts) })
    }

    /// The reply that a home agent without texts would send, with a text before the node's authenticator.
    private static func expected(_ request: Request, _ text: String, _ association: ConfiguredSecurityAssociation) -> [UInt8] {
        var octets = Answer(to: request) { $0.association = nil }.octets
        octets.append(message: text, by: 1)
        octets.sign(.mobileHomeAuthentication, association)
        return octets
    }

    @Test("The text follows the fixed part and the NAI, and the node's authenticator covers it")
    func place() throws {
        let alice = try #require(Lab.alice)
        for nai in [nil, alice] {
            var bench = Self.bench()
            let request = Request(bench) { $0.nai = nai }
            let sent = bench.receive(request.octets)
            #expect(sent?.payload == Self.expected(request, "välkommen", Lab.association()))
            #expect(bench.home.messageStringsSent == 1)
        }
    }

    @Test("The authenticator for the foreign agent follows the node's, which covers the text")
    func foreignAgent() {
        var bench = Self.bench([Lab.association(), Lab.ofForeignAgent])
        let request = Request(visiting: bench) { $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)] }
        var expected = Self.expected(request, "välkommen", Lab.association())
        expected.sign(.foreignHomeAuthentication, Lab.ofForeignAgent)
        let sent = bench.receive(request.octets, from: Lab.foreignAgent)
        #expect(sent?.payload == expected)
    }

    @Test("Without a text, a reply has the bytes that it has without the extension")
    func none() {
        for texts in [ReplyTexts(), ReplyTexts([.denied: "nej"])] {
            var bench = Self.bench([Lab.association()], texts)
            let request = Request(bench)
            let sent = bench.receive(request.octets)
            #expect(sent?.payload == Answer(to: request).octets)
            #expect(bench.home.messageStringsSent == 0)
        }
    }

    @Test("Denials and deregistrations carry the texts meant for them")
    func outcomes() {
        var bench = Self.bench()
        let forged = Request(bench) { $0.association = Lab.association(key: Lab.wrongKey) }
        let denied = bench.receive(forged.octets)?.payload
        #expect(denied?[1] == 131)
        #expect(denied?.messages(by: 1) == ["nej"])
        let left = bench.receive(Request(bench) { $0.lifetime = 0 }.octets)?.payload
        #expect(left?[1] == 0)
        #expect(left?.messages(by: 1) == ["hej då"])
    }

    @Test("The network of the home address and the realm of the NAI choose the text")
    func subscribers() throws {
        let alice = try #require(Lab.alice)
        let network = try #require(Lab.homeNetwork)
        let realm = try #require(Realm("example.net"))
        let texts = MessageTexts(
            networks: [MessageTexts.OfNetwork(network, ReplyTexts([.accepted: "network"]))],
            realms: [MessageTexts.OfRealm(realm, ReplyTexts([.accepted: "realm"]))])
        for (nai, text) in [(nil, "network"), (alice, "realm")] as [(NetworkAccessIdentifier?, String)] {
            var bench = Bench(Lab.homeAgentConfiguration { $0.messages = texts })
            let sent = bench.receive(Request(bench) { $0.nai = nai }.octets)
            #expect(sent?.payload.messages(by: 1) == [text])
        }
    }

    @Test("A text of 254 bytes is sent whole, and a longer one is cut between two characters", arguments: [127, 128, 400])
    func long(count: Int) {
        var bench = Self.bench([Lab.association()], ReplyTexts([.accepted: String(repeating: "é", count: count)]))
        let sent = bench.receive(Request(bench).octets)
        #expect(sent?.payload.messages(by: 1) == [String(repeating: "é", count: 127)])
    }

    @Test("Replies to requests that anyone can repeat carry at most 100 texts in a second")
    func limited() {
        var bench = Self.bench()
        let forged = Request(bench) { $0.association = Lab.association(key: Lab.wrongKey) }.octets
        var counts: [Int] = []
        for _ in 0..<2 {
            counts.append((0..<150).count { _ in bench.receive(forged)?.payload.messages(by: 1) == ["nej"] })
            bench.advance(seconds: 1)
        }
        #expect(counts == [100, 100])
        #expect(bench.home.messageStringsSent == 200)
        #expect(bench.home.repliesSent == 300)
    }

    @Test("A flood of such requests leaves a node's own reply its text")
    func floodSparesNodes() {
        var bench = Self.bench()
        let forged = Request(bench) { $0.association = Lab.association(key: Lab.wrongKey) }.octets
        for _ in 0..<150 { bench.receive(forged) }
        let sent = bench.receive(Request(bench).octets)
        #expect(sent?.payload.messages(by: 1) == ["välkommen"])
    }
}
