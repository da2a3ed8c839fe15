import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Texts for the user of a mobile node")
struct ReceivedTextTests {
    /// A message string.
    static func text(_ author: UInt8, _ octets: some Collection<UInt8>) -> [UInt8] {
        [145, UInt8(octets.count + 1), author] + octets
    }

    private static let ofHome = text(1, "from home".utf8)
    private static let ofForeign = text(2, "from abroad".utf8)

    @Test("E1: both agents' texts are kept; that of the foreign agent, which nobody signed, as such")
    func example() throws {
        let octets = try #require(
            Hexadecimal.octets(
                "03000708c000020ac0000201e90b5a8012345678911901507265706169642071756f74613a2035204d42206c6566742014000001"
                    + "00c69951d57d62a35968cfdc7db80a55ca910c02436166c3a92057692d4669"))
        let visiting = VisitingNode { ($0.replayMethod, $0.lifetime) = (.nonces, 1800) }
        visiting.attach()
        visiting.seconds = 0.25
        #expect(visiting.deliver(octets: octets) == .accepted(.accepted, lifetime: 1800))
        let received = Place.start.adding(milliseconds: 250)
        #expect(
            visiting.status.homeAgentMessage
                == ReceivedMessage(
                    text: "Prepaid quota: 5 MB left", agentAddress: VisitingNode.homeAgent.address, code: 0,
                    isAuthenticated: true, received: received))
        #expect(
            visiting.status.foreignAgentMessage
                == ReceivedMessage(
                    text: "Café Wi-Fi", agentAddress: VisitingNode.foreignAgent.address, code: 0, isAuthenticated: false,
                    received: received))
        #expect(visiting.node.takeNewMessages().map(\.author) == [.homeAgent, .foreignAgent])
        #expect(visiting.counters.messageStringsReceived == 2 && visiting.counters.messageStringsInvalid == 0)
        #expect(visiting.counters.repliesIgnoredUnknownExtension == 0 && visiting.counters.unsignedExtensionsIgnored == 0)
    }

    /// A reply with texts, and what the node keeps of them.
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var sharesAssociation = true
        var home: String?
        var foreign: String?
        var isForeignAuthenticated = true
        var code: UInt8 = 0
        /// The code of the foreign agent's text, if it is another one.
        var status: UInt8?
        /// How many are ignored because of their place.
        var ignored: UInt64 = 0
        var change: @Sendable (inout VisitingNode.Reply) -> Void

        static let all = [
            Example(testDescription: "both where they belong", home: "from home", foreign: "from abroad") {
                ($0.before, $0.after) = (ofHome, ofForeign)
            },
            Example(
                testDescription: "both, without an association with the foreign agent", sharesAssociation: false,
                home: "from home",
                foreign: "from abroad", isForeignAuthenticated: false
            ) { ($0.before, $0.after) = (ofHome, ofForeign) },
            Example(testDescription: "each in the other's place", ignored: 2) { ($0.before, $0.after) = (ofForeign, ofHome) },
            Example(testDescription: "both behind the authenticators", ignored: 2) { $0.behind = ofHome + ofForeign },
            Example(testDescription: "a denial by the home agent", home: "from home", foreign: "from abroad", code: 130) {
                ($0.code, $0.before, $0.after) = (130, ofHome, ofForeign)
            },
            Example(testDescription: "a denial by the foreign agent", foreign: "from abroad", code: 66) {
                ($0.code, $0.homeKey, $0.after) = (66, nil, ofForeign)
            },
            Example(
                testDescription: "a denial by the foreign agent, with a forged authenticator of the home agent",
                sharesAssociation: false, foreign: "from abroad", isForeignAuthenticated: false, code: 66, ignored: 1
            ) { ($0.code, $0.before, $0.homeKey, $0.after) = (66, ofHome, Place.wrongKey, ofForeign) },
            Example(
                testDescription: "an acceptance that the foreign agent refuses", home: "from home", foreign: "from abroad",
                status: 68
            ) { ($0.before, $0.after) = (ofHome, [45, 2, 0, 68] + ofForeign) },
            Example(
                testDescription: "an acceptance with an error that nobody signed", sharesAssociation: false, home: "from home",
                foreign: "from abroad", isForeignAuthenticated: false, status: 68
            ) { ($0.before, $0.after) = (ofHome, ofForeign + [45, 2, 0, 68]) },
        ]
    }

    @Test("Each is kept where its author must put it, and is otherwise ignored and counted", arguments: Example.all)
    func places(_ example: Example) {
        let visiting = VisitingNode(sharesAssociation: example.sharesAssociation)
        visiting.attach()
        _ = visiting.deliver(example.change)
        let (home, foreign) = (visiting.status.homeAgentMessage, visiting.status.foreignAgentMessage)
        #expect(home?.text == example.home && foreign?.text == example.foreign)
        if let home { #expect(home.isAuthenticated && home.code == example.code) }
        if let foreign {
            #expect(foreign.isAuthenticated == example.isForeignAuthenticated)
            #expect(foreign.code == example.status ?? example.code)
        }
        #expect(visiting.counters.messageStringsReceived == (home == nil ? 0 : 1) + (foreign == nil ? 0 : 1))
        #expect(visiting.counters.unsignedExtensionsIgnored == example.ignored)
    }

    @Test(
        "A reply that is dropped leaves no text",
        arguments: [
            VisitingNode.Reply(before: ofHome, homeKey: Place.wrongKey, after: ofForeign, foreignKey: VisitingNode.key),
            VisitingNode.Reply(before: ofHome, after: ofForeign),
            VisitingNode.Reply(before: ofHome, after: ofForeign, foreignKey: Place.wrongKey),
            VisitingNode.Reply(before: ofHome + [35, 0], after: ofForeign, foreignKey: VisitingNode.key),
        ])
    func dropped(_ reply: VisitingNode.Reply) {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach()
        #expect(visiting.deliver { $0 = reply } == nil)
        #expect(visiting.status.homeAgentMessage == nil && visiting.status.foreignAgentMessage == nil)
        #expect(visiting.node.takeNewMessages().isEmpty)
        #expect(visiting.counters.messageStringsReceived == 0)
    }

    @Test("Without a foreign agent, only the home agent's text is kept")
    func direct() throws {
        let direct = DirectNode(offer: .none)
        let request = try #require(direct.attach())
        var octets: [UInt8] = []
        RegistrationReply(
            code: .accepted, lifetime: .init(rawValue: 100), homeAddress: DirectNode.home,
            homeAgent: DirectNode.homeAgent.address,
            identification: try fixedPart(request).identification
        ).encode(into: &octets)
        octets += Self.ofHome
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: DirectNode.spi, key: DirectNode.key, to: &octets)
        octets += Self.ofForeign
        var following: [UInt8]?
        let outcome = direct.node.receive(
            octets.span.bytes, from: DirectNode.homeAgent, at: direct.now, request: &following, random: &direct.random)
        #expect(outcome == .accepted(.accepted, lifetime: 100))
        let status = direct.node.status(agents: nil, startTime: Place.start)
        #expect(status.homeAgentMessage?.text == "from home" && status.foreignAgentMessage == nil)
        #expect(direct.node.counters.unsignedExtensionsIgnored == 1)
    }

    /// Texts of a home agent, and what is shown of them.
    struct Content: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var octets: [UInt8]
        var shown: String?
        var received: UInt64 = 1
        var invalid: UInt64 = 0

        static let all = [
            Content(testDescription: "not UTF-8", octets: text(1, [0x61, 0xFF, 0x62]), shown: "a\u{FFFD}b", invalid: 1),
            Content(
                testDescription: "a terminal's escape sequence", octets: text(1, "a\u{1B}[2Jb\u{7}\u{9B}c".utf8), shown: "a[2Jbc"),
            Content(testDescription: "a line break", octets: text(1, "one\ntwo".utf8), shown: "one two"),
            Content(testDescription: "a change of direction", octets: text(1, "a\u{202E}b".utf8), shown: "ab"),
            Content(
                testDescription: "254 bytes", octets: text(1, [UInt8](repeating: 0x78, count: 254)),
                shown: String(repeating: "x", count: 254)),
            Content(testDescription: "empty", octets: [145, 1, 1], received: 0, invalid: 1),
            Content(testDescription: "only control characters", octets: text(1, [0, 7]), received: 0, invalid: 1),
            Content(
                testDescription: "an empty one and another", octets: [145, 1, 1] + text(1, "b".utf8), shown: "b", invalid: 1),
            Content(testDescription: "without an author", octets: [145, 0], received: 0),
            Content(testDescription: "an unknown author", octets: text(3, "c".utf8), received: 0),
            Content(
                testDescription: "five", octets: ["1", "2", "3", "4", "5"].flatMap { text(1, $0.utf8) }, shown: "1 / 2 / 3 / 4",
                received: 5),
        ]
    }

    @Test(
        "It is shown on one line and without control characters, and never changes what the reply means", arguments: Content.all)
    func contents(_ content: Content) {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach()
        #expect(visiting.deliver { $0.before = content.octets } == .accepted(.accepted, lifetime: 100))
        #expect(visiting.status.homeAgentMessage?.text == content.shown)
        #expect(visiting.counters.messageStringsReceived == content.received)
        #expect(visiting.counters.messageStringsInvalid == content.invalid)
    }

    @Test("A renewal with the same text updates its time and is not news; another text is")
    func news() {
        let visiting = VisitingNode(sharesAssociation: true)
        visiting.attach()
        var news: [[String]] = []
        for (renewal, text) in ["a", "a", "b", nil, "b", "a"].enumerated() {
            _ = visiting.deliver { $0.before = text.map { Self.text(1, $0.utf8) } ?? [] }
            news.append(visiting.node.takeNewMessages().map(\.text))
            // The latest remains if a reply has none.
            #expect(visiting.status.homeAgentMessage?.text == text ?? "b")
            let second = (renewal == 3 ? 2 : renewal) * 70
            #expect(visiting.status.homeAgentMessage?.received == Place.start.adding(milliseconds: Int64(second) * 1000))
            visiting.pass(until: Double(renewal + 1) * 70)
        }
        #expect(news == [["a"], [], ["b"], [], [], ["a"]])
        #expect(visiting.counters.messageStringsReceived == 5)
    }

    @Test("While the node doubts an error, a flood of replies brings no more than one text until an acceptance arrives")
    func flood() {
        let visiting = VisitingNode()
        visiting.attach()
        var news: [String] = []
        for number in 0..<100 {
            _ = visiting.deliver {
                ($0.code, $0.homeKey) = number.isMultiple(of: 2) ? (0, VisitingNode.key) : (66, nil)
                $0.after = Self.text(2, "\(number)".utf8) + (number.isMultiple(of: 2) ? [45, 2, 0, 66] : [])
            }
            news += visiting.node.takeNewMessages().map(\.text)
        }
        #expect(news == ["0"])
        #expect(visiting.deliver { $0.after = Self.text(2, "welcome".utf8) } == .accepted(.accepted, lifetime: 100))
        #expect(visiting.node.takeNewMessages().map(\.text) == ["welcome"])
    }
}
