import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

/// How a home agent that acts as the node's AAA server treats the authenticators of a request.
struct MobileAAACase: Sendable, CustomTestStringConvertible {
    enum Part: Sendable {
        case mobileHome(ConfiguredSecurityAssociation)
        case mobileAAA(ConfiguredSecurityAssociation)
        case challenge
        case chap(AuthenticationKey)
    }

    var testDescription: String
    /// Nil when there is no answer.
    var code: UInt8?
    var violation: ViolationReason?
    var aaa: [ConfiguredSecurityAssociation]
    var parts: [Part]

    init(
        _ description: String, _ code: UInt8?, _ violation: ViolationReason? = nil, aaa: [ConfiguredSecurityAssociation],
        _ parts: Part...
    ) {
        testDescription = description
        self.code = code
        self.violation = violation
        self.aaa = aaa
        self.parts = parts
    }

    private typealias Challenge = ChallengeCase

    static let all: [MobileAAACase] = [
        MobileAAACase("MN-AAA alone", 0, aaa: [Challenge.ofServer], .mobileAAA(Challenge.ofServer)),
        MobileAAACase(
            "MN-AAA alone, wrong", 144, .badAuthenticator, aaa: [Challenge.ofServer], .mobileAAA(Challenge.ofServerWrong)),
        MobileAAACase("MN-AAA alone, unknown SPI", nil, .badSPI, aaa: [Challenge.ofServerCHAP], .mobileAAA(Challenge.ofServer)),
        MobileAAACase(
            "the association with the home agent instead of the one with the server", nil, .badSPI, aaa: [Challenge.ofServer],
            .mobileAAA(Lab.association())),
        MobileAAACase("CHAP", 0, aaa: [Challenge.ofServerCHAP], .challenge, .chap(Challenge.aaaKey)),
        MobileAAACase("CHAP, wrong", 144, .badAuthenticator, aaa: [Challenge.ofServerCHAP], .challenge, .chap(Lab.wrongKey)),
        MobileAAACase("CHAP without a challenge", 144, .badAuthenticator, aaa: [Challenge.ofServerCHAP], .chap(Challenge.aaaKey)),
        MobileAAACase(
            "CHAP with the challenge after it", 144, .badAuthenticator, aaa: [Challenge.ofServerCHAP],
            .chap(Challenge.aaaKey), .challenge),
        MobileAAACase(
            "both authenticators", 0, aaa: [Challenge.ofServer],
            .mobileHome(Lab.association()), .challenge, .mobileAAA(Challenge.ofServer)),
        MobileAAACase(
            "a wrong MN-AAA after a correct mobile-home authenticator", 144, .badAuthenticator, aaa: [Challenge.ofServer],
            .mobileHome(Lab.association()), .challenge, .mobileAAA(Challenge.ofServerWrong)),
        MobileAAACase(
            "a wrong mobile-home authenticator before a correct MN-AAA", 131, .badAuthenticator, aaa: [Challenge.ofServer],
            .mobileHome(Lab.association(key: Lab.wrongKey)), .challenge, .mobileAAA(Challenge.ofServer)),
        MobileAAACase(
            "an MN-AAA for another server after a correct mobile-home authenticator", 0, aaa: [],
            .mobileHome(Lab.association()), .challenge, .mobileAAA(Challenge.ofServerWrong)),
        MobileAAACase(
            "two MN-AAA", 134, aaa: [Challenge.ofServer], .mobileAAA(Challenge.ofServer), .mobileAAA(Challenge.ofServer)),
        MobileAAACase("two challenges", 134, aaa: [], .challenge, .challenge, .mobileHome(Lab.association())),
    ]
}

@Suite("MN-AAA authentication at a home agent")
struct MobileAAATests {
    static let challenge: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]

    @Test(
        "Each authenticator is judged according to the rules, and a challenge is returned in the reply",
        arguments: MobileAAACase.all)
    func rule(_ example: MobileAAACase) throws {
        var configuration = Lab.homeAgentConfiguration()
        configuration.authenticationServerAssociations = example.aaa
        #expect(configuration.problems.isEmpty)
        var bench = Bench(configuration)
        var octets = Request(bench) { $0.association = nil }.octets
        for part in example.parts {
            switch part {
            case .mobileHome(let association): octets.sign(.mobileHomeAuthentication, association)
            case .mobileAAA(let association): octets.sign(.generalizedAuthentication, association)
            case .challenge: octets.append(challenge: Self.challenge)
            case .chap(let key): ChallengeAuthentication.appendExtension(challenge: Self.challenge, key: key, to: &octets)
            }
        }
        // A challenge that nothing covers is not returned.
        let isCovered = example.parts.last.map { if case .challenge = $0 { false } else { true } } ?? false
        let hasChallenge = isCovered && example.parts.contains { if case .challenge = $0 { true } else { false } }
        let reply = try Reply(bench.receive(octets))
        #expect(reply?.code == example.code)
        #expect(reply.map { $0.isSigned(.mobileHomeAuthentication, by: Lab.association()) } ?? true)
        if let reply { #expect(reply.challenge == (hasChallenge ? Self.challenge : nil)) }
        #expect(bench.violations.first?.recentReason == example.violation)
        #expect(bench.home.discards[.noSecurityAssociation] == (example.code == nil ? 1 : 0))
        #expect(bench.everythingIsAccountedFor)
    }

    private static let serverSPI = SecurityParameterIndex(rawValue: 0x400)

    @Test("A node that proves itself to the AAA server alone gets an answer it can verify, whatever address it wishes")
    func wish() throws {
        let (alice, bob) = (try #require(Lab.alice), try #require(NetworkAccessIdentifier("bob@example.net")))
        let ofBob = Lab.association(.nai(bob), key: Lab.wrongKey)
        let ofServer = Lab.association(.nai(alice), spi: Self.serverSPI, key: ChallengeCase.aaaKey)
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.51"))
        var configuration = Lab.homeAgentConfiguration([Lab.association(.nai(alice)), ofBob]) { $0.addressPool = [pool] }
        configuration.authenticationServerAssociations = [ofServer]
        var bench = Bench(configuration)
        bench.receive(Request(bench) { ($0.homeAddress, $0.nai, $0.association) = (.zero, bob, ofBob) }.octets)
        #expect(bench.bindings.map(\.homeAddress) == [pool.first])
        var octets = Request(bench) {
            ($0.homeAgent, $0.homeAddress, $0.nai, $0.association) = (.zero, pool.first, alice, nil)
        }.octets
        octets.sign(.generalizedAuthentication, ofServer)
        let reply = try #require(try Reply(bench.receive(octets)))
        #expect(reply.code == 0)
        #expect(reply.fixed.homeAddress == IPv4Address(192, 0, 2, 51))
        #expect(reply.isSigned(.mobileHomeAuthentication, by: Lab.association(.nai(alice))))
    }

    @Test(
        "A server's association with an identifier registers a node known by its address only if that is assigned to it",
        arguments: [true, false])
    func address(isAssigned: Bool) throws {
        let alice = try #require(Lab.alice)
        let ofServer = Lab.association(.nai(alice), spi: Self.serverSPI, key: ChallengeCase.aaaKey)
        var configuration = Lab.homeAgentConfiguration { if isAssigned { $0.addressesByNAI = [alice: Lab.home] } }
        configuration.authenticationServerAssociations = [ofServer]
        var bench = Bench(configuration)
        var octets = Request(bench) { ($0.nai, $0.association) = (alice, nil) }.octets
        octets.sign(.generalizedAuthentication, ofServer)
        #expect(try Reply(bench.receive(octets))?.code == (isAssigned ? 0 : nil))
        #expect(bench.bindings.count == (isAssigned ? 1 : 0))
        #expect(bench.home.discards[.noSecurityAssociation] == (isAssigned ? 0 : 1))
    }

    @Test("A server's association with an address does not register a node that is known by its identifier")
    func identifier() throws {
        let (alice, address) = (try #require(Lab.alice), IPv4Address(192, 0, 2, 60))
        // The SPI is that of alice's own association.
        let ofServer = Lab.association(.address(address), key: ChallengeCase.aaaKey)
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.51"))
        var configuration = Lab.homeAgentConfiguration([Lab.association(.nai(alice))]) { $0.addressPool = [pool] }
        configuration.authenticationServerAssociations = [ofServer]
        var bench = Bench(configuration)
        bench.receive(Request(bench) { ($0.homeAddress, $0.nai) = (.zero, alice) }.octets)
        let before = bench.bindings
        #expect(before.count == 1)
        bench.advance(seconds: 1)
        var octets = Request(bench) {
            ($0.homeAgent, $0.homeAddress, $0.careOfAddress) = (.zero, address, Lab.otherCareOf)
            ($0.nai, $0.association) = (alice, nil)
        }.octets
        octets.sign(.generalizedAuthentication, ofServer)
        #expect(bench.receive(octets) == nil)
        #expect(bench.bindings == before)
    }

    @Test("A challenge relayed by a foreign agent is returned where that agent's authenticator covers it")
    func echoIsSigned() throws {
        var bench = Bench(Lab.homeAgentConfiguration(HomeAgentCase.both))
        let request = Request(visiting: bench) {
            $0.after.append(challenge: Self.challenge)
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        }
        let reply = try #require(try Reply(bench.receive(request.octets, from: Lab.foreignAgent)))
        #expect(reply.challenge == Self.challenge)
        #expect(reply.isSigned(.foreignHomeAuthentication, by: Lab.ofForeignAgent))
        let (home, challenge, foreign) = (reply.scan.mobileHome, reply.scan.first(.challenge), reply.scan.foreignHome)
        #expect((home?.end ?? .max) <= (challenge?.start ?? -1))
        #expect((challenge?.end ?? .max) <= (foreign?.start ?? -1))
    }

    @Test("Associations with an AAA server belong to mobile nodes, are unique, and appear in no management row")
    func configuration() {
        var configuration = Lab.homeAgentConfiguration()
        configuration.authenticationServerAssociations = [ChallengeCase.ofServer, ChallengeCase.ofServer, Lab.ofForeignAgent]
        #expect(
            configuration.problems.map(\.path) == [
                "authenticationServerAssociations[1]", "authenticationServerAssociations[2].peerRole",
            ])
        configuration.authenticationServerAssociations = [ChallengeCase.ofServer]
        let rows = Bench(configuration).snapshot().filter { if case .association = $0 { true } else { false } }
        #expect(rows == [.association(Lab.association().association)])
    }
}
