import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

/// A way to answer challenges, with the configuration of node and agents for it.
struct ChallengeWay: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The extensions of the node's request.
    var types: [UInt8]
    var configure: @Sendable (inout Journey.Configuration) -> Void

    static let mobileForeign = ChallengeWay(testDescription: "MFAE", types: [32, 132, 33]) {
        $0.foreign.challenge = ChallengePolicy(authentication: .mobileForeign)
        $0.node.mobileForeign = NodeAssociation(spi: Place.mobileForeignSPI, key: Place.mobileForeignKey)
        $0.ofVisitor = [
            Place.association(spi: Place.mobileForeignSPI, key: Place.mobileForeignKey, ownRole: .foreignAgent)
        ]
    }
    static let checkedAbroad = ChallengeWay(testDescription: "MN-AAA checked by the foreign agent", types: [32, 132, 36]) {
        $0.foreign.challenge = ChallengePolicy(authentication: .mobileAAA)
        $0.node.authenticationServer = NodeAssociation(spi: Place.serverSPI, key: Place.serverKey)
        $0.foreignServer = [Place.association(spi: Place.serverSPI, key: Place.serverKey)]
    }
    static let checkedAtHome = ChallengeWay(testDescription: "MN-AAA checked by the home agent", types: [32, 132, 36]) {
        $0.foreign.challenge = ChallengePolicy(authentication: .mobileAAA)
        $0.node.authenticationServer = NodeAssociation(spi: Place.serverSPI, key: Place.serverKey)
        $0.homeServer = [Place.association(spi: Place.serverSPI, key: Place.serverKey)]
    }
    static let chapAbroad = ChallengeWay(testDescription: "CHAP checked by the foreign agent", types: [32, 132, 36]) {
        $0.foreign.challenge = ChallengePolicy()
        $0.node.authenticationServer = NodeAssociation(spi: .chap, key: Place.serverKey)
        $0.foreignServer = [Place.association(spi: .chap, key: Place.serverKey)]
    }
    static let chapAtHome = ChallengeWay(testDescription: "CHAP checked by the home agent", types: [32, 132, 36]) {
        $0.foreign.challenge = ChallengePolicy()
        $0.node.authenticationServer = NodeAssociation(spi: .chap, key: Place.serverKey)
        $0.homeServer = [Place.association(spi: .chap, key: Place.serverKey)]
    }
    static let both = ChallengeWay(testDescription: "MFAE and MN-AAA", types: [32, 132, 36, 33]) {
        mobileForeign.configure(&$0)
        checkedAbroad.configure(&$0)
    }

    static let all = [mobileForeign, checkedAbroad, checkedAtHome, chapAbroad, chapAtHome, both]
}

@Suite("Challenge and response between a mobile node and agents")
struct ChallengeDialogueTests {
    @Test(
        "A node that has heard a challenge answers it, is accepted, and renews with the challenge in the reply",
        arguments: ChallengeWay.all)
    func heard(_ way: ChallengeWay) throws {
        var journey = Journey(way.configure)
        _ = journey.attach(to: .home)
        var request = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        let challenge = try journey.advertise()
        // The first request was sent before the advertisement was heard.
        #expect(try extensionTypes(try #require(request), from: 24).contains(132) == false)
        request = journey.node.register(at: journey.now, random: &journey.random)
        #expect(try extensionTypes(try #require(request), from: 24) == way.types)
        #expect(journey.carry(request) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.foreignCounters.challengesAccepted == 1)
        #expect(journey.node.counters.challengesAnswered == 1)
        #expect(journey.visitors.map(\.state) == [.accepted])

        let renewal = try #require(journey.node.nextDeadline)
        journey.uptime = renewal
        let second = journey.node.advance(to: journey.now, random: &journey.random)
        let octets = try #require(second)
        let scan = try ExtensionScan(octets.span.bytes, from: RegistrationRequest.fixedSize)
        #expect(scan.first(.challenge).map { Array(octets[$0.data]) } != challenge)
        #expect(journey.carry(octets) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.foreignCounters.challengesAccepted == 2)
        #expect(journey.foreignCounters.repliesSentByCode.total(104...106) == 0)
    }

    @Test(
        "A node that has heard no challenge is denied with 105, and accepted with the challenge in that reply",
        arguments: ChallengeWay.all)
    func unheard(_ way: ChallengeWay) throws {
        var journey = Journey(way.configure)
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect(try journey.codes == [.faMissingChallenge, .accepted])
        #expect(journey.requests.count == 2)
        #expect(journey.node.counters.requestsDeniedByForeignAgent == 1)
    }

    @Test(
        "A challenge of another agent is unknown (104), a used one is stale (106); each time the node continues with a fresh one")
    func retries() throws {
        var journey = Journey(ChallengeWay.mobileForeign.configure)
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        journey.wait(seconds: 5)
        journey.node.hear(challenge: [9, 9, 9, 9, 9, 9, 9, 9])
        #expect(
            journey.carry(journey.node.register(at: journey.now, random: &journey.random)) == .accepted(.accepted, lifetime: 1800)
        )
        #expect(journey.foreignCounters.repliesSentByCode[.faUnknownChallenge] == 1)

        // Advertised, and out of the window before the node answers it.
        journey.wait(seconds: 5)
        let old = journey.foreign.nextChallenge(on: Place.foreignAgent.address)
        for _ in 0..<2 { _ = journey.foreign.nextChallenge(on: Place.foreignAgent.address) }
        journey.node.hear(challenge: try #require(old))
        #expect(
            journey.carry(journey.node.register(at: journey.now, random: &journey.random)) == .accepted(.accepted, lifetime: 1800)
        )
        #expect(journey.foreignCounters.repliesSentByCode[.faStaleChallenge] == 1)
        #expect(journey.node.counters.repliesReceivedByCode[.faStaleChallenge] == 1)
        #expect(journey.node.counters.requestsDeniedByForeignAgent == 3)
    }

    @Test("A node that cannot answer correctly is denied: 67 with MFAE, 108 and 144 with MN-AAA")
    func wrongKeys() throws {
        let cases: [(ChallengeWay, ReplyCode)] = [
            (.mobileForeign, .faMobileNodeFailedAuthentication), (.checkedAbroad, .faBadAAAAuthentication),
            (.chapAbroad, .faBadAAAAuthentication), (.checkedAtHome, .haBadAAAAuthentication),
            (.chapAtHome, .haBadAAAAuthentication),
        ]
        for (way, code) in cases {
            var journey = Journey {
                way.configure(&$0)
                $0.ofVisitor = []
                $0.node.mobileForeign?.key = Place.wrongKey
                $0.node.authenticationServer?.key = Place.wrongKey
                $0.node.tries = 1
            }
            _ = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
            _ = try journey.advertise()
            let outcome = journey.carry(journey.node.register(at: journey.now, random: &journey.random))
            #expect(try journey.codes.last == code, "\(way.testDescription)")
            // A node that shares an association with the foreign agent rejects an unsigned denial.
            #expect(outcome == (way.testDescription == "MFAE" ? nil : .denied(code)))
            #expect(journey.bindings.isEmpty)
        }
    }

    @Test(
        "A node with a co-located care-of address that has heard no challenge answers the challenge of value 0",
        arguments: [true, false])
    func coLocated(isCorrect: Bool) throws {
        var journey = Journey {
            $0.node.authenticationServer = NodeAssociation(spi: .chap, key: isCorrect ? Place.serverKey : Place.wrongKey)
            $0.homeServer = [Place.association(spi: .chap, key: Place.serverKey)]
        }
        let outcome = journey.attach(to: .coLocated(Place.careOf))
        #expect(outcome == (isCorrect ? .accepted(.accepted, lifetime: 1800) : .denied(.haBadAAAAuthentication)))
        let request = try #require(journey.requests.first)
        let scan = try ExtensionScan(request.span.bytes, from: RegistrationRequest.fixedSize)
        #expect(scan.first(.challenge).map { Array(request[$0.data]) } == [0, 0, 0, 0])
        #expect(journey.bindings.count == (isCorrect ? 1 : 0))
    }

    @Test("A retransmission answers the same challenge; a foreign agent that still waits relays it")
    func retransmission() throws {
        var journey = Journey(ChallengeWay.mobileForeign.configure)
        _ = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        let challenge = try journey.advertise()
        let lost = journey.node.register(at: journey.now, random: &journey.random)
        // The foreign agent relays it, and the home agent does not receive it.
        var effects = AgentEffects()
        journey.foreign.receive(
            lost.span.bytes, from: TransportEndpoint(Place.home, port: 5001), to: Place.foreignAgent, at: journey.now,
            effects: &effects)
        #expect(effects.datagrams.first?.destination == Place.homeAgent)
        journey.wait(seconds: 1)
        let again = journey.node.advance(to: journey.now, random: &journey.random)
        let octets = try #require(again)
        let scan = try ExtensionScan(octets.span.bytes, from: RegistrationRequest.fixedSize)
        #expect(scan.first(.challenge).map { Array(octets[$0.data]) } == challenge)
        #expect(journey.carry(octets) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.requests.count == 1)
    }

    @Test("A node deregisters through a foreign agent with the challenge in the previous reply", arguments: ChallengeWay.all)
    func deregistration(_ way: ChallengeWay) throws {
        var journey = Journey(way.configure)
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        journey.wait(seconds: 5)
        let farewell = journey.node.deregister(at: journey.now, random: &journey.random)
        #expect(journey.carry(farewell) == .accepted(.accepted, lifetime: 0))
        #expect(journey.bindings.isEmpty && journey.visitors.isEmpty)
        #expect(try journey.codes == [.faMissingChallenge, .accepted, .accepted])
    }

    @Test("An agent that declares every challenge stale gets three requests, not an endless number")
    func bounded() throws {
        var journey = Journey()
        var request = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        var outcome: MobileNode.Outcome?
        var requests = 0
        while let octets = request, requests < 10 {
            requests += 1
            var denial: [UInt8] = []
            let fixed = try RegistrationRequest(decoding: octets.span.bytes)
            RegistrationReply(
                code: .faStaleChallenge, lifetime: fixed.lifetime, homeAddress: fixed.homeAddress, homeAgent: fixed.homeAgent,
                identification: fixed.identification
            ).encode(into: &denial)
            denial += [132, 4, 0, 0, 0, UInt8(requests)]
            request = nil
            outcome = journey.node.receive(denial.span.bytes, at: journey.now, request: &request, random: &journey.random)
        }
        #expect(requests == 3)
        #expect(outcome == .denied(.faStaleChallenge))
        #expect(journey.node.counters.challengesAnswered == 2)
    }
}
