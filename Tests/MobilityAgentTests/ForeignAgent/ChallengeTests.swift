import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

/// A request to a foreign agent that has advertised four challenges, the last two of which are valid, and its expected outcome.
struct ChallengeCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Equatable, Sendable {
        /// Relayed with these parts of the request after the mobile-home authenticator.
        case relayed(keepsChallenge: Bool)
        case denied(UInt8)
    }

    /// What follows the mobile-home authenticator, in order.
    enum Part: Sendable {
        /// The advertised challenge with this number.
        case advertised(Int)
        case challenge([UInt8])
        case mobileForeign(ConfiguredSecurityAssociation)
        case mobileAAA(ConfiguredSecurityAssociation)
        /// In CHAP style over the challenge with this number.
        case chap(Int, AuthenticationKey)
    }

    var testDescription: String
    var authentication: ChallengePolicy.Authentication
    var outcome: Outcome
    var knowsVisitor: Bool
    var aaa: [ConfiguredSecurityAssociation]
    var parts: [Part]

    init(
        _ description: String, _ authentication: ChallengePolicy.Authentication, _ outcome: Outcome, knowsVisitor: Bool = false,
        aaa: [ConfiguredSecurityAssociation] = [], _ parts: Part...
    ) {
        testDescription = description
        self.authentication = authentication
        self.outcome = outcome
        self.knowsVisitor = knowsVisitor
        self.aaa = aaa
        self.parts = parts
    }

    static let aaaKey = AuthenticationKey(octets: Array("aaa-shared-secret".utf8))
    static let ofServer = Lab.association(spi: SecurityParameterIndex(rawValue: 0x400), key: aaaKey)
    static let ofServerWrong = Lab.association(spi: SecurityParameterIndex(rawValue: 0x400), key: Lab.wrongKey)
    static let ofServerCHAP = Lab.association(spi: .chap, key: aaaKey)

    static let all: [ChallengeCase] = [
        // The window
        ChallengeCase(
            "the latest challenge", .mobileForeign, .relayed(keepsChallenge: false), knowsVisitor: true,
            .advertised(3), .mobileForeign(Lab.ofVisitor)),
        ChallengeCase(
            "the previous challenge", .mobileForeign, .relayed(keepsChallenge: false), knowsVisitor: true,
            .advertised(2), .mobileForeign(Lab.ofVisitor)),
        ChallengeCase(
            "a challenge that has left the window", .mobileForeign, .denied(106), knowsVisitor: true,
            .advertised(1), .mobileForeign(Lab.ofVisitor)),
        ChallengeCase(
            "a challenge that was never advertised", .mobileForeign, .denied(104), knowsVisitor: true,
            .challenge([9, 9, 9, 9]), .mobileForeign(Lab.ofVisitor)),
        ChallengeCase(
            "the zero challenge of nodes that have heard none", .either, .denied(104), .challenge([0, 0, 0, 0]),
            .mobileAAA(ofServer)),
        ChallengeCase("no challenge", .mobileForeign, .denied(105), knowsVisitor: true, .mobileForeign(Lab.ofVisitor)),
        ChallengeCase(
            "a challenge after the authenticator", .mobileForeign, .denied(105), knowsVisitor: true,
            .mobileForeign(Lab.ofVisitor), .advertised(3)),
        ChallengeCase(
            "two challenges", .mobileForeign, .denied(70), knowsVisitor: true,
            .advertised(2), .advertised(3), .mobileForeign(Lab.ofVisitor)),
        // Type of authentication
        ChallengeCase("no authenticator where MFAE is required", .mobileForeign, .denied(67), .advertised(3)),
        ChallengeCase("MN-AAA where MFAE is required", .mobileForeign, .denied(67), .advertised(3), .mobileAAA(ofServer)),
        ChallengeCase(
            "MFAE where MN-AAA is required", .mobileAAA, .denied(67), knowsVisitor: true,
            .advertised(3), .mobileForeign(Lab.ofVisitor)),
        ChallengeCase("no authenticator where either is accepted", .either, .denied(67), .advertised(3)),
        ChallengeCase(
            "MFAE where either is accepted", .either, .relayed(keepsChallenge: false), knowsVisitor: true,
            .advertised(3), .mobileForeign(Lab.ofVisitor)),
        // MN-AAA
        ChallengeCase(
            "MN-AAA that the home domain must check", .mobileAAA, .relayed(keepsChallenge: true),
            .advertised(3), .mobileAAA(ofServer)),
        ChallengeCase(
            "MN-AAA that is checked here", .mobileAAA, .relayed(keepsChallenge: false), aaa: [ofServer],
            .advertised(3), .mobileAAA(ofServer)),
        ChallengeCase(
            "MN-AAA and MFAE", .mobileAAA, .relayed(keepsChallenge: false), knowsVisitor: true, aaa: [ofServer],
            .advertised(3), .mobileAAA(ofServer), .mobileForeign(Lab.ofVisitor)),
        ChallengeCase(
            "MN-AAA with a wrong key", .mobileAAA, .denied(108), aaa: [ofServer], .advertised(3), .mobileAAA(ofServerWrong)),
        ChallengeCase(
            "MN-AAA with an unknown SPI", .mobileAAA, .denied(108), aaa: [ofServerCHAP], .advertised(3), .mobileAAA(ofServer)),
        ChallengeCase(
            "MN-AAA in CHAP style", .either, .relayed(keepsChallenge: false), aaa: [ofServerCHAP],
            .advertised(3), .chap(3, aaaKey)),
        ChallengeCase(
            "CHAP over another challenge", .either, .denied(108), aaa: [ofServerCHAP], .advertised(3), .chap(2, aaaKey)),
        ChallengeCase(
            "CHAP with a wrong key", .either, .denied(108), aaa: [ofServerCHAP], .advertised(3), .chap(3, Lab.wrongKey)),
    ]

    /// The bench, and the challenges that it has advertised.
    func makeBench() throws -> (Bench, [[UInt8]]) {
        var configuration = Lab.foreignAgentConfiguration(knowsVisitor ? [Lab.ofVisitor] : []) {
            $0.challenge = ChallengePolicy(authentication: authentication)
        }
        configuration.authenticationServerAssociations = aaa
        #expect(configuration.problems.isEmpty)
        var bench = Bench(configuration)
        var challenges: [[UInt8]] = []
        for _ in 0..<4 {
            let challenge = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
            challenges.append(try #require(challenge))
        }
        return (bench, challenges)
    }

    func append(to octets: inout [UInt8], _ challenges: [[UInt8]]) {
        for part in parts {
            switch part {
            case .advertised(let number): octets.append(challenge: challenges[number])
            case .challenge(let challenge): octets.append(challenge: challenge)
            case .mobileForeign(let association): octets.sign(.mobileForeignAuthentication, association)
            case .mobileAAA(let association): octets.sign(.generalizedAuthentication, association)
            case .chap(let number, let key):
                ChallengeAuthentication.appendExtension(challenge: challenges[number], key: key, to: &octets)
            }
        }
    }
}

extension Array where Element == UInt8 {
    mutating func append(challenge: [UInt8]) { self += [132, UInt8(challenge.count)] + challenge }
}

extension Reply {
    var challenge: [UInt8]? { scan.first(.challenge).map { Array(octets[$0.data]) } }
}

@Suite("Challenge and response at a foreign agent")
struct ChallengeTests {
    @Test(
        "Each answer to a challenge is accepted or denied according to the rules, and a denial contains a new challenge",
        arguments: ChallengeCase.all)
    func rule(_ example: ChallengeCase) throws {
        var (bench, challenges) = try example.makeBench()
        let request = Request(visiting: bench)
        var octets = request.octets
        let homePart = octets.count
        example.append(to: &octets, challenges)
        let answer = bench.receive(octets, from: Lab.visitor, to: Lab.foreignAgent)
        let sent = try #require(answer)
        #expect(bench.foreign.challengesAdvertised == 4)
        #expect(bench.everythingIsAccountedFor)
        switch example.outcome {
        case .relayed(let keepsChallenge):
            #expect(sent.destination == Lab.homeAgent)
            let end = keepsChallenge ? octets.count : homePart
            #expect(sent.payload == Array(octets[..<end]))
            #expect(bench.foreign.challengesAccepted == 1)
        case .denied(let code):
            let reply = try Reply(sent.payload)
            #expect(reply.code == code)
            let fresh = try #require(reply.challenge)
            #expect(fresh.count == 16)
            #expect(!challenges.contains(fresh))
            #expect(bench.foreign.repliesSentByCode[ReplyCode(rawValue: code)] == 1)
            #expect(bench.foreign.challengesAccepted == 0)
            #expect(bench.foreign.challengesInReplies == 1)
        }
    }

    /// A foreign agent that requires MFAE, with one challenge advertised.
    private static func demanding(_ change: (inout ChallengePolicy) -> Void = { _ in }) throws -> (Bench, [UInt8]) {
        var policy = ChallengePolicy(authentication: .mobileForeign)
        change(&policy)
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor]) { $0.challenge = policy })
        let challenge = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        return (bench, try #require(challenge))
    }

    private static func answering(_ challenge: [UInt8], _ bench: Bench, _ change: (inout Request) -> Void = { _ in }) -> Request {
        Request(visiting: bench) {
            $0.after.append(challenge: challenge)
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
            change(&$0)
        }
    }

    @Test("A node may use a challenge once; a retransmission while the request is pending is not a second use")
    func onceForEachNode() throws {
        var (bench, challenge) = try Self.demanding()
        let first = Self.answering(challenge, bench)
        #expect(bench.receive(first.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
        bench.advance(seconds: 1)
        let again = Self.answering(challenge, bench)
        #expect(bench.receive(again.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
        #expect(bench.foreign.challengesAccepted == 1)
        bench.receive(Answer(to: again).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        bench.advance(seconds: 1)
        let replayed = Self.answering(challenge, bench)
        #expect(try Reply(bench.receive(replayed.octets, from: Lab.visitor, to: Lab.foreignAgent))?.code == 106)
        #expect(bench.foreign.repliesSentByCode[.faStaleChallenge] == 1)
    }

    @Test("A challenge used by one node is still valid for another")
    func perNode() throws {
        let other = IPv4Address(192, 0, 2, 11)
        var bench = Bench(
            Lab.foreignAgentConfiguration([
                Lab.ofVisitor,
                Lab.association(.address(other), spi: Lab.mobileForeignSPI, key: Lab.mobileForeignKey, ownRole: .foreignAgent),
            ]) { $0.challenge = ChallengePolicy() })
        let next = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        let challenge = try #require(next)
        for address in [Lab.home, other] {
            let request = Self.answering(challenge, bench) { $0.homeAddress = address }
            #expect(bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
        }
        #expect(bench.foreign.challengesAccepted == 2)
    }

    @Test("The challenge in a reply is valid once, and only for the node that received it")
    func offered() throws {
        var (bench, challenge) = try Self.demanding()
        let first = Self.answering(challenge, bench)
        bench.receive(first.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let reply = bench.receive(Answer(to: first).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        let delivered = try #require(try Reply(reply))
        let fresh = try #require(delivered.challenge)
        #expect(delivered.isSigned(.mobileHomeAuthentication, by: Lab.association()))
        #expect(delivered.isSigned(.mobileForeignAuthentication, by: Lab.ofVisitor))
        #expect(delivered.scan.first(.challenge).map { $0.start > (delivered.scan.mobileHome?.start ?? .max) } == true)

        bench.advance(seconds: 1)
        let second = Self.answering(fresh, bench)
        #expect(bench.receive(second.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
        bench.receive(Answer(to: second).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        bench.advance(seconds: 1)
        let third = Self.answering(fresh, bench)
        #expect(try Reply(bench.receive(third.octets, from: Lab.visitor, to: Lab.foreignAgent))?.code == 106)

        var other = try Self.demanding().0
        let stranger = Self.answering(fresh, other)
        #expect(try Reply(other.receive(stranger.octets, from: Lab.visitor, to: Lab.foreignAgent))?.code == 104)
    }

    @Test("Challenges switched on while the agent runs are required and accepted; once switched off, none is required")
    func switched() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor]))
        bench.made(.foreignAgent(ForeignAgentSettings { $0.challengeWindow = 2 }))
        let challenge = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        let plain = Request(visiting: bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        #expect(try Reply(bench.receive(plain.octets, from: Lab.visitor, to: Lab.foreignAgent))?.code == 105)
        bench.advance(seconds: 1)
        let answering = Self.answering(try #require(challenge), bench)
        #expect(bench.receive(answering.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
        bench.made(.foreignAgent(ForeignAgentSettings { $0.challengeWindow = 0 }))
        bench.advance(seconds: 10)
        let free = Request(visiting: bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        #expect(bench.receive(free.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
    }

    @Test("The window has the configured size", arguments: [1, 2, 5, 16])
    func window(size: Int) throws {
        for age in [0, size - 1, size] {
            var (bench, oldest) = try Self.demanding { $0.window = size }
            #expect(bench.agent.information.challengeWindow == size)
            for _ in 0..<age { _ = bench.agent.nextChallenge(on: Lab.foreignAgent.address) }
            let sent = bench.receive(Self.answering(oldest, bench).octets, from: Lab.visitor, to: Lab.foreignAgent)
            if age < size {
                #expect(sent?.destination == Lab.homeAgent)
            } else {
                #expect(try Reply(sent)?.code == 106)
            }
        }
    }

    @Test("Each interface has its own window, and no challenge is issued for an address of another host")
    func interfaces() throws {
        let second = TransportEndpoint(IPv4Address(198, 51, 100, 129), port: 434)
        var bench = Bench(
            Lab.foreignAgentConfiguration([Lab.ofVisitor]) {
                $0.endpoints.append(second)
                $0.challenge = ChallengePolicy(window: 1)
            })
        let heard = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        for _ in 0..<3 { #expect(bench.agent.nextChallenge(on: second.address) != nil) }
        #expect(bench.agent.nextChallenge(on: Lab.careOf) == nil)
        let request = Self.answering(try #require(heard), bench)
        #expect(try Reply(bench.receive(request.octets, from: Lab.visitor, to: second))?.code == 104)
        #expect(bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
    }

    @Test("Without a policy no challenge is issued or required")
    func noPolicy() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        #expect(bench.agent.nextChallenge(on: Lab.foreignAgent.address) == nil)
        let request = Request(visiting: bench)
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(sent?.destination == Lab.homeAgent)
        let reply = bench.receive(Answer(to: request).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(try Reply(reply)?.challenge == nil)
    }

    @Test("A challenge that was relayed to the home agent must return in the reply, or the reply is marked with 109")
    func echo() throws {
        for (echoed, isTaken) in [(0, true), (1, false), (nil, false)] as [(Int?, Bool)] {
            let example = ChallengeCase(
                "", .mobileAAA, .relayed(keepsChallenge: true), .advertised(3), .mobileAAA(ChallengeCase.ofServer))
            var (bench, challenges) = try example.makeBench()
            let request = Request(visiting: bench)
            var octets = request.octets
            example.append(to: &octets, challenges)
            bench.receive(octets, from: Lab.visitor, to: Lab.foreignAgent)
            let answer = Answer(to: request) { answer in
                if let echoed { answer.after.append(challenge: challenges[3 - echoed]) }
            }
            let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            let delivered = try #require(try Reply(sent))
            #expect(delivered.isSigned(.mobileHomeAuthentication, by: Lab.association()))
            #expect((delivered.scan.first(.foreignAgentError) == nil) == isTaken)
            #expect(delivered.challenge.map { challenges.contains($0) } == false)
            #expect(bench.foreign.repliesSentByCode[.faHomeAgentWrongChallenge] == (isTaken ? 0 : 1))
            #expect(bench.visitors.map(\.state) == (isTaken ? [.accepted] : []))
            #expect(bench.everythingIsAccountedFor)
        }
    }

    @Test("An invalid policy is a configuration problem")
    func problems() {
        for policy in [ChallengePolicy(window: 0), ChallengePolicy(window: 17), ChallengePolicy(length: 3)] {
            #expect(Lab.foreignAgentConfiguration { $0.challenge = policy }.problems.count == 1)
        }
    }
}
