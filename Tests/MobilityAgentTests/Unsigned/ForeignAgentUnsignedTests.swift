import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Extensions that nobody signed for a foreign agent")
struct ForeignAgentUnsignedTests {
    private static let mallory = NetworkAccessIdentifier("ceo@victim.example")
    private static let encapsulating: [UInt8] = [130, 0]

    private static func send(_ octets: [UInt8], to bench: inout Bench) -> OutgoingDatagram? {
        bench.receive(octets, from: Lab.visitor, to: Lab.foreignAgent, timeToLive: 255)
    }

    private static func answer(
        _ bench: inout Bench, _ request: Request, _ change: (inout Answer) -> Void = { _ in }
    ) -> OutgoingDatagram? {
        bench.receive(Answer(to: request, change).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
    }

    // MARK: - Requests

    @Test("A delivery style is used only between the two authenticators of the node", arguments: [-1, 0, 1])
    func deliveryStyle(place: Int) throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor]) { $0.encapsulatingDelivery = true })
        var octets = Request(visiting: bench) {
            $0.flags = .reverseTunnel
            if place < 0 { $0.before = Self.encapsulating }
            if place == 0 { $0.after = Self.encapsulating }
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        }.octets
        if place > 0 { octets += Self.encapsulating }
        #expect(Self.send(octets, to: &bench)?.destination == Lab.homeAgent)
        #expect(bench.visitors.map(\.reverseTunnel) == [place == 0 ? .encapsulating : .direct])
        #expect(bench.foreign.unsignedExtensionsIgnored == (place == 0 ? 0 : 1))
    }

    @Test("A delivery style behind the authenticator does not make a request without T poorly formed")
    func deliveryStyleWithoutT() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor]))
        var octets = Request(visiting: bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }.octets
        octets += Self.encapsulating
        #expect(Self.send(octets, to: &bench)?.destination == Lab.homeAgent)
    }

    @Test(
        "An NAI behind the node's part for the home agent is in no row and no denial, and is counted", arguments: [false, true])
    func identity(isSigned: Bool) throws {
        var bench = Bench(Lab.foreignAgentConfiguration(isSigned ? [Lab.ofVisitor] : []))
        let request = Request(visiting: bench) {
            $0.after = .nai(Self.mallory)
            if isSigned { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        }
        #expect(Self.send(request.octets, to: &bench)?.destination == Lab.homeAgent)
        #expect(bench.visitors.map(\.nai) == [nil] && bench.pending.map(\.nai) == [nil])
        #expect(bench.foreign.unsignedExtensionsIgnored == 1)
        bench.advance(seconds: 7)
        let denial = try #require(try Reply(bench.effects.datagrams.first))
        #expect(denial.code == 78 && denial.scan.nai == nil)
    }

    @Test("A node without home address is not known by an NAI behind its part for the home agent")
    func namelessNode() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) { ($0.homeAddress, $0.after) = (.zero, .nai(Self.mallory)) }
        #expect(try Reply(Self.send(request.octets, to: &bench))?.code == 97)
    }

    @Test("A challenge counts only after the part for the home agent and before the authenticators", arguments: [-1, 0, 1])
    func challenge(place: Int) throws {
        var bench = Bench(
            Lab.foreignAgentConfiguration([Lab.ofVisitor]) { $0.challenge = ChallengePolicy(authentication: .mobileForeign) })
        let advertised = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        let challenge = try #require(advertised)
        var octets = Request(visiting: bench) {
            if place < 0 { $0.before.append(challenge: challenge) }
            if place == 0 { $0.after.append(challenge: challenge) }
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        }.octets
        if place >= 0 { octets.append(challenge: place == 0 ? [9, 9, 9, 9] : challenge) }
        let sent = Self.send(octets, to: &bench)
        #expect(bench.foreign.unsignedExtensionsIgnored == 1)
        if place == 0 {
            #expect(sent?.destination == Lab.homeAgent)
        } else {
            #expect(try Reply(sent)?.code == 105)
        }
    }

    @Test("A known vendor extension behind the authenticator is counted")
    func vendor() {
        var bench = Bench(
            Lab.foreignAgentConfiguration([Lab.ofVisitor]) { $0.knownVendorExtensions = VendorExtensionTests.known })
        var octets = Request(visiting: bench) {
            $0.after = VendorExtensionTests.normal
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        }.octets
        octets += VendorExtensionTests.normal
        #expect(Self.send(octets, to: &bench)?.destination == Lab.homeAgent)
        #expect(bench.foreign.unsignedExtensionsIgnored == 1)
    }

    // MARK: - Replies

    @Test(
        "A visitor's NAI is the one that the home agent returns; without it, there is no visitor",
        arguments: [(false, true), (false, false), (true, true), (true, false)])
    func confirmedIdentity(isSigned: Bool, isReturned: Bool) throws {
        let alice = try #require(Lab.alice)
        var bench = Bench(Lab.foreignAgentConfiguration(isSigned ? [Lab.ofVisitor] : []))
        for _ in 0..<2 {
            let request = Request(visiting: bench) {
                $0.nai = alice
                if isSigned { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
            }
            #expect(Self.send(request.octets, to: &bench)?.destination == Lab.homeAgent)
            #expect(bench.pending.map(\.nai) == [alice])
            let sent = Self.answer(&bench, request) { if !isReturned { $0.nai = nil } }
            #expect(try Reply(sent)?.code == (isReturned ? 0 : 97))
            #expect(bench.visitors.map(\.nai) == (isReturned ? [alice] : []))
            bench.advance(seconds: 1)
        }
    }

    @Test("An NAI behind the home agent's authenticator is no NAI of a reply")
    func identityInReply() throws {
        let alice = try #require(Lab.alice)
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) { ($0.homeAddress, $0.nai) = (.zero, alice) }
        _ = Self.send(request.octets, to: &bench)
        let unnamed = Self.answer(&bench, request) { ($0.nai, $0.after) = (nil, .nai(alice)) }
        #expect(try Reply(unnamed)?.code == 97)
        #expect(bench.foreign.unsignedExtensionsIgnored == 1)
        _ = Self.send(request.octets, to: &bench)
        #expect(Self.answer(&bench, request) { $0.after = .nai(Self.mallory) } != nil)
        #expect(bench.visitors.map(\.nai) == [alice])
        #expect(bench.foreign.unsignedExtensionsIgnored == 2)
    }

    @Test("A challenge returned behind the home agent's signature for the foreign agent is not returned at all")
    func echo() throws {
        for isBehind in [false, true] {
            var bench = Bench(
                Lab.foreignAgentConfiguration([Lab.ofHomeAgent]) { $0.challenge = ChallengePolicy(authentication: .mobileAAA) })
            let advertised = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
            let challenge = try #require(advertised)
            let request = Request(visiting: bench)
            var octets = request.octets
            octets.append(challenge: challenge)
            octets.sign(.generalizedAuthentication, ChallengeCase.ofServer)
            #expect(Self.send(octets, to: &bench)?.destination == Lab.homeAgent)
            var reply = Answer(to: request) {
                if !isBehind { $0.after.append(challenge: challenge) }
                $0.signatures = [Lab.ofHomeAgent]
            }.octets
            if isBehind { reply.append(challenge: challenge) }
            let sent = bench.receive(reply, from: Lab.homeAgent, to: Lab.foreignAgent)
            #expect(try Reply(sent)?.code == 0)
            #expect(bench.foreign.repliesSentByCode[.faHomeAgentWrongChallenge] == (isBehind ? 1 : 0))
            #expect(bench.foreign.unsignedExtensionsIgnored == (isBehind ? 1 : 0))
        }
    }

    @Test("A copy of an accepted request from another source does not move the visitor")
    func copied() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench)
        _ = Self.send(request.octets, to: &bench)
        _ = Self.answer(&bench, request)
        let before = bench.visitors
        bench.advance(seconds: 1)
        let thief = TransportEndpoint(IPv4Address(198, 51, 100, 66), port: 666)
        #expect(bench.receive(request.octets, from: thief, to: Lab.foreignAgent)?.destination == Lab.homeAgent)
        _ = Self.answer(&bench, request) { $0.lifetime = 599 }
        #expect(bench.visitors.map(\.sourceAddress) == before.map(\.sourceAddress))
        #expect(bench.visitors.map(\.sourcePort) == before.map(\.sourcePort))
        #expect(bench.visitors.map(\.expires) == before.map(\.expires))
    }

    @Test("A copy of an accepted request from another station does not make that the place of the visitor")
    func copiedFromElsewhere() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        func send(_ request: Request, _ linkLayer: UInt64) -> OutgoingDatagram? {
            bench.receive(request.octets, from: Lab.visitor, linkLayer: linkLayer, to: Lab.foreignAgent)
        }
        let request = Request(visiting: bench)
        for linkLayer in [1, 2] as [UInt64] {
            #expect(send(request, linkLayer) != nil)
            _ = Self.answer(&bench, request)
        }
        bench.advance(seconds: 1)
        let (renewal, other) = (Request(visiting: bench), Request(visiting: bench) { $0.identification = request.identification })
        #expect(send(renewal, 1) != nil)
        #expect(send(other, 2) == nil)
        #expect(bench.foreign.discards[.conflictingRequest] == 1)
    }
}
