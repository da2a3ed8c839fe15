import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// A request to a fresh home agent and its expected outcome.
struct HomeAgentCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Equatable, Sendable {
        case reply(UInt8)
        case discard(DiscardReason)
    }

    var testDescription: String
    var outcome: Outcome
    var violation: ViolationReason?
    var associations: [ConfiguredSecurityAssociation]
    var configure: @Sendable (inout HomeAgentConfiguration) -> Void
    var source: TransportEndpoint
    var request: @Sendable (inout Request) -> Void

    init(
        _ description: String, _ outcome: Outcome, _ violation: ViolationReason? = nil,
        associations: [ConfiguredSecurityAssociation] = [Lab.association()], from source: TransportEndpoint = Lab.node,
        configure: @escaping @Sendable (inout HomeAgentConfiguration) -> Void = { _ in },
        _ request: @escaping @Sendable (inout Request) -> Void
    ) {
        testDescription = description
        self.outcome = outcome
        self.violation = violation
        self.associations = associations
        self.source = source
        self.configure = configure
        self.request = request
    }

    static let both = [Lab.association(), Lab.ofForeignAgent]
    static func throughForeignAgent(_ request: inout Request) {
        request.flags = []
        request.careOfAddress = Lab.foreignAgent.address
    }

    static let all: [HomeAgentCase] = [
        HomeAgentCase("a valid request", .reply(0)) { _ in },
        HomeAgentCase("S where it is supported", .reply(0)) { $0.flags.insert(.simultaneousBindings) },
        HomeAgentCase("S where it is not supported", .reply(1), configure: { $0.simultaneousBindings = false }) {
            $0.flags.insert(.simultaneousBindings)
        },
        HomeAgentCase("B is ignored", .reply(0)) { $0.flags.insert(.broadcastDatagram) },
        // 2. Form
        HomeAgentCase("an unknown critical extension", .discard(.unknownExtension)) { $0.before = [35, 2, 0, 0] },
        HomeAgentCase("an unknown critical extension after the authenticator", .discard(.unknownExtension)) {
            $0.after = [35, 0]
        },
        HomeAgentCase("an unknown skippable extension", .reply(0)) { $0.before = [200, 1, 0] },
        HomeAgentCase("padding", .reply(0)) { $0.before = [0, 0, 0] },
        HomeAgentCase("an overrun after the authenticator", .reply(134)) { $0.after = [200, 9, 0] },
        HomeAgentCase("an overrun before the authenticator", .discard(.malformed)) { $0.before = [200, 255] },
        HomeAgentCase("an overrun and a wrong key", .discard(.malformed)) {
            $0.association = Lab.association(key: Lab.wrongKey)
            $0.after = [200, 9, 0]
        },
        HomeAgentCase("two mobile-home authenticators", .reply(134)) {
            $0.signatures = [(.mobileHomeAuthentication, Lab.association())]
        },
        HomeAgentCase("the care-of address 0.0.0.0", .reply(134)) { $0.careOfAddress = .zero },
        HomeAgentCase("a multicast care-of address", .reply(134)) { $0.careOfAddress = IPv4Address(224, 0, 0, 1) },
        HomeAgentCase("the home address as care-of address", .reply(134)) { $0.careOfAddress = Lab.home },
        HomeAgentCase("a UDP tunnel request of the wrong length", .reply(134)) { $0.before = [144, 4, 0, 0, 0, 0] },
        HomeAgentCase("a UDP tunnel request of a node without D", .reply(134)) {
            $0.flags = []
            $0.before = [144, 6, 0, 0, 0, 0, 0, 0]
        },
        HomeAgentCase("a UDP tunnel request that may be declined", .reply(0)) { $0.before = [144, 6, 0, 0, 0, 0, 0, 0] },
        HomeAgentCase("a UDP tunnel request that may not be declined", .reply(142)) {
            $0.before = [144, 6, 0, 0, 0x80, 0, 0, 0]
        },
        // 3. Association
        HomeAgentCase("no authenticator", .discard(.noAuthorizationExtension), .missingSecurityExtension) {
            $0.association = nil
        },
        HomeAgentCase("no association", .discard(.noSecurityAssociation), .noMobilitySecurityAssociation) {
            $0.homeAddress = IPv4Address(192, 0, 2, 99)
        },
        HomeAgentCase("an unknown SPI", .discard(.noSecurityAssociation), .badSPI) {
            $0.association = Lab.association(spi: SecurityParameterIndex(rawValue: 0x101))
        },
        // 4. Authenticator
        HomeAgentCase("a wrong key", .reply(131), .badAuthenticator) { $0.association = Lab.association(key: Lab.wrongKey) },
        HomeAgentCase(
            "a wrong key where the policy is not to answer", .discard(.authenticationFailed), .badAuthenticator,
            configure: { $0.answersFailedAuthentication = false }
        ) { $0.association = Lab.association(key: Lab.wrongKey) },
        HomeAgentCase(
            "a wrong key in a request authenticated by a foreign agent, where the policy is not to answer", .reply(131),
            .badAuthenticator,
            associations: both, from: Lab.foreignAgent, configure: { $0.answersFailedAuthentication = false }
        ) {
            throughForeignAgent(&$0)
            $0.association = Lab.association(key: Lab.wrongKey)
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        },
        // 5. Identification
        HomeAgentCase("a second late", .reply(0)) { $0.identification = $0.identification.adding(seconds: -1) },
        HomeAgentCase("seven seconds early", .reply(0)) { $0.identification = $0.identification.adding(seconds: 7) },
        HomeAgentCase("eight seconds late", .reply(133), .badIdentifier) {
            $0.identification = $0.identification.adding(seconds: -8)
        },
        HomeAgentCase("eight seconds early", .reply(133), .badIdentifier) {
            $0.identification = $0.identification.adding(seconds: 8)
        },
        HomeAgentCase("an identification of zero", .reply(133), .badIdentifier) {
            $0.identification = Identification(rawValue: 0)
        },
        // 6. Foreign agent
        HomeAgentCase("a foreign agent that authenticates", .reply(0), associations: both, from: Lab.foreignAgent) {
            throughForeignAgent(&$0)
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        },
        HomeAgentCase("a foreign agent without association", .reply(0), from: Lab.foreignAgent) { throughForeignAgent(&$0) },
        HomeAgentCase(
            "a foreign agent that does not authenticate", .reply(132), .missingSecurityExtension, associations: both,
            from: Lab.foreignAgent
        ) { throughForeignAgent(&$0) },
        HomeAgentCase(
            "a foreign agent with a wrong key", .reply(132), .badAuthenticator, associations: both, from: Lab.foreignAgent
        ) {
            throughForeignAgent(&$0)
            $0.signatures = [
                (
                    .foreignHomeAuthentication,
                    Lab.association(
                        .address(Lab.foreignAgent.address), .foreignAgent, spi: Lab.foreignSPI, key: Lab.wrongKey)
                )
            ]
        },
        HomeAgentCase(
            "a foreign agent with an unknown SPI", .reply(132), .badSPI, associations: both, from: Lab.foreignAgent
        ) {
            throughForeignAgent(&$0)
            $0.signatures = [
                (.foreignHomeAuthentication, Lab.association(.address(Lab.foreignAgent.address), .foreignAgent, spi: Lab.spi))
            ]
        },
        HomeAgentCase("two foreign-home authenticators", .reply(132), .other, associations: both, from: Lab.foreignAgent) {
            throughForeignAgent(&$0)
            $0.signatures = [
                (.foreignHomeAuthentication, Lab.ofForeignAgent), (.foreignHomeAuthentication, Lab.ofForeignAgent),
            ]
        },
        HomeAgentCase(
            "a foreign agent that authenticates without association", .discard(.noForeignHomeAssociation),
            .noMobilitySecurityAssociation, from: Lab.foreignAgent
        ) {
            throughForeignAgent(&$0)
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        },
        HomeAgentCase(
            "a deregistration not authenticated by the foreign agent", .reply(0), associations: both, from: Lab.foreignAgent
        ) {
            throughForeignAgent(&$0)
            $0.lifetime = 0
        },
        // 7. Home agent
        HomeAgentCase("another home agent", .reply(136)) { $0.homeAgent = IPv4Address(192, 0, 2, 2) },
        HomeAgentCase("the directed broadcast address", .reply(136)) { $0.homeAgent = Lab.broadcast },
        HomeAgentCase("any home agent", .reply(0)) { $0.homeAgent = .zero },
        HomeAgentCase("any home agent at home", .reply(0)) { $0.homeAgent = .limitedBroadcast },
        HomeAgentCase("any home agent where that is not accepted", .reply(136), configure: { $0.acceptsAnyHomeAgent = false }) {
            $0.homeAgent = .zero
        },
        // 8. Permission and room
        HomeAgentCase("reserved flags", .reply(0)) { $0.flags.insert([.vjCompression, .reservedX]) },
        HomeAgentCase("reserved flags where they are refused", .reply(134), configure: { $0.rejectsReservedFlags = true }) {
            $0.flags.insert(.reservedX)
        },
        HomeAgentCase(
            "a home address that is not served", .reply(129),
            associations: [Lab.association(.address(IPv4Address(10, 0, 0, 1)))]
        ) { $0.homeAddress = IPv4Address(10, 0, 0, 1) },
        HomeAgentCase(
            "the home agent's own address", .reply(129), associations: [Lab.association(.address(Lab.homeAgent.address))]
        ) { $0.homeAddress = Lab.homeAgent.address },
        // 9. Capabilities
        HomeAgentCase("G where there is no GRE", .reply(139)) { $0.flags.insert(.gre) },
        HomeAgentCase("G where there is GRE", .reply(0), configure: { $0.encapsulations.insert(.gre) }) { $0.flags.insert(.gre) },
        HomeAgentCase("M where there is no minimal encapsulation", .reply(139)) { $0.flags.insert(.minEnc) },
        HomeAgentCase("T", .reply(0)) { $0.flags.insert(.reverseTunnel) },
        HomeAgentCase("T where there is no reverse tunnel", .reply(137), configure: { $0.reverseTunnel = .unavailable }) {
            $0.flags.insert(.reverseTunnel)
        },
        HomeAgentCase("no T where it is required", .reply(138), configure: { $0.reverseTunnel = .mandatory }) { _ in },
        HomeAgentCase("a critical vendor extension from the node", .reply(140)) { $0.before = vendor },
        HomeAgentCase("a critical vendor extension from a foreign agent", .reply(141)) { $0.after = vendor },
        HomeAgentCase("a truncated critical vendor extension", .reply(134)) { $0.before = [38, 0, 0, 2, 0, 0] },
        HomeAgentCase("a critical vendor extension that is known", .reply(0), configure: knowsVendor) { $0.before = vendor },
        HomeAgentCase("another type of a vendor", .reply(140), configure: knowsVendor) {
            $0.before = [38, 0, 0, 6, 0, 0, 0, 9, 0, 2]
        },
        HomeAgentCase(
            "any type of a vendor that is known as a whole", .reply(0),
            configure: { $0.knownVendorExtensions = [.init(vendor: 9)] }
        ) { $0.before = [38, 0, 0, 6, 0, 0, 0, 9, 0, 2] },
        HomeAgentCase("an unknown critical vendor extension after a known one", .reply(140), configure: knowsVendor) {
            $0.before = vendor + [38, 0, 0, 6, 0, 0, 0, 10, 0, 1]
        },
        HomeAgentCase("an unknown critical vendor extension from a foreign agent", .reply(141), configure: knowsVendor) {
            ($0.before, $0.after) = (vendor, [38, 0, 0, 6, 0, 0, 0, 10, 0, 1])
        },
    ]

    static let knowsVendor: @Sendable (inout HomeAgentConfiguration) -> Void = {
        $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 1)]
    }
    static let vendor: [UInt8] = [38, 0, 0, 7, 0, 0, 0, 9, 0, 1, 42]
}

extension Identification {
    func adding(seconds: Int64) -> Identification {
        Identification(rawValue: rawValue &+ UInt64(bitPattern: seconds) &* (1 << 32))
    }
}

@Suite struct HomeAgentRuleTests {
    @Test("A home agent answers each request according to its rules, and counts exactly that", arguments: HomeAgentCase.all)
    func rule(_ example: HomeAgentCase) throws {
        var bench = Bench(Lab.homeAgentConfiguration(example.associations, example.configure))
        var request = Request(bench)
        example.request(&request)
        let sent = bench.receive(request.octets, from: example.source)

        var expected = HomeAgentCounters()
        expected.requestsReceived = 1
        let isDeregistration = request.lifetime == 0
        if isDeregistration { expected.deregistrationRequestsReceived = 1 }
        let kind: RequestKind = isDeregistration ? .deregistration : .initial
        expected.outcomes[kind].received = 1
        switch example.outcome {
        case .reply(let code):
            if code < 2 { expected.outcomes[kind].accepted = 1 } else { expected.outcomes[kind].denied = 1 }
            let reply = try #require(try Reply(sent))
            #expect(reply.code == code)
            #expect(sent?.source == Lab.homeAgent)
            #expect(sent?.destination == example.source)
            #expect(reply.fixed.identification.low == request.identification.low)
            #expect(reply.isSigned(.mobileHomeAuthentication, by: example.associations[0]))
            #expect(bench.bindings.count == (code < 2 && !isDeregistration ? 1 : 0))
            expected.repliesSent = 1
            expected.repliesSentByCode[ReplyCode(rawValue: code)] = 1
            if isDeregistration { expected.deregistrationRepliesSent = 1 }
        case .discard(let reason):
            #expect(bench.effects.datagrams.isEmpty)
            #expect(bench.bindings.isEmpty)
            expected.discards[reason] = 1
            expected.outcomes[kind].discarded = 1
        }
        let isTunnelled = example.outcome == .reply(0) && request.flags.contains(.reverseTunnel)
        expected.reverseTunnelsGranted = isTunnelled ? 1 : 0
        expected.extensionsSkipped = bench.home.extensionsSkipped
        expected.dynamicRequests = request.homeAgent == .zero || request.homeAgent == .limitedBroadcast ? 1 : 0
        #expect(bench.home == expected)
        #expect(bench.agent.counters.securityViolations == (example.violation == nil ? 0 : 1))
        #expect(bench.violations.first?.recentReason == example.violation)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A datagram shorter than the fixed part is malformed", arguments: [1, 2, 23])
    func short(_ length: Int) {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Array(Request(bench).octets.prefix(length)))
        #expect(bench.home.discards[.malformed] == 1)
        #expect(bench.home.requestsReceived == 0)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("An empty datagram, an unknown type and a reply are not served by a home agent")
    func foreign() {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive([])
        bench.receive([9] + Array(repeating: 0, count: 19))
        bench.receive([3] + Array(repeating: 0, count: 19))
        bench.receive(Request(bench).octets, to: TransportEndpoint(Lab.homeAgent.address, port: 435))
        let discards = bench.agent.counters.discards
        #expect(discards[.malformed] == 1)
        #expect(discards[.unknownMessageType] == 1)
        #expect(discards[.notServed] == 2)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("Skipped extensions are counted")
    func skipped() {
        var bench = Bench(Lab.homeAgentConfiguration())
        bench.receive(Request(bench) { $0.before = [200, 1, 0, 201, 0] }.octets)
        #expect(bench.home.extensionsSkipped == 2)
    }

    @Test("A request to the directed broadcast address is answered with the home agent's own address, from that address")
    func discovery() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let request = Request(bench) { $0.homeAgent = Lab.broadcast }
        let sent = bench.receive(request.octets, to: TransportEndpoint(Lab.broadcast, port: 434))
        let reply = try #require(try Reply(sent))
        #expect(reply.code == 136)
        #expect(reply.fixed.homeAgent == Lab.homeAgent.address)
        #expect(sent?.source == Lab.homeAgent)
    }

    @Test(
        "The lifetime granted is the smaller of the requested and the allowed one",
        arguments: [
            (600, 1800, 600), (1800, 1800, 1800), (3600, 1800, 1800), (65535, 1800, 1800), (65535, 65535, 65535),
            (600, 65535, 600), (1, 1, 1),
        ] as [(UInt16, UInt16, UInt16)])
    func lifetime(requested: UInt16, allowed: UInt16, granted: UInt16) throws {
        var bench = Bench(Lab.homeAgentConfiguration { $0.maximumLifetime = allowed })
        let reply = try #require(try Reply(bench.receive(Request(bench) { $0.lifetime = requested }.octets)))
        #expect(reply.fixed.lifetime.rawValue == granted)
        let binding = try #require(bench.bindings.first)
        #expect(binding.lifetimeGranted == granted)
        #expect(binding.expires == (granted == 65535 ? nil : bench.time.adding(milliseconds: Int64(granted) * 1000)))
        #expect((bench.agent.nextDeadline == nil) == (granted == 65535))
    }

    @Test("A reply through a foreign agent has an authenticator for it, except on deregistration")
    func foreignHomeReply() throws {
        var bench = Bench(Lab.homeAgentConfiguration(HomeAgentCase.both))
        let request = Request(visiting: bench) { $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)] }
        let reply = try #require(try Reply(bench.receive(request.octets, from: Lab.foreignAgent)))
        #expect(reply.isSigned(.foreignHomeAuthentication, by: Lab.ofForeignAgent))
        bench.advance(seconds: 1)
        let leaving = Request(visiting: bench) { $0.lifetime = 0 }
        let farewell = try #require(try Reply(bench.receive(leaving.octets, from: Lab.foreignAgent)))
        #expect(farewell.code == 0)
        #expect(farewell.scan.foreignHome == nil)
    }

    @Test("Each algorithm authenticates in both directions", arguments: AuthenticationAlgorithm.allCases)
    func algorithm(_ algorithm: AuthenticationAlgorithm) throws {
        let association = Lab.association(algorithm: algorithm)
        var bench = Bench(Lab.homeAgentConfiguration([association]))
        let reply = try #require(try Reply(bench.receive(Request(bench) { $0.association = association }.octets)))
        #expect(reply.code == 0)
        #expect(reply.isSigned(.mobileHomeAuthentication, by: association))
    }

    @Test("An MN-AAA authenticator authorizes a request by itself, and a wrong one is denied with 144", arguments: [true, false])
    func mobileAAA(isCorrect: Bool) throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        var octets = Request(bench) { $0.association = nil }.octets
        octets.sign(.generalizedAuthentication, Lab.association(key: isCorrect ? Lab.key : Lab.wrongKey))
        let reply = try #require(try Reply(bench.receive(octets)))
        #expect(reply.code == (isCorrect ? 0 : 144))
        #expect(reply.isSigned(.mobileHomeAuthentication, by: Lab.association()))
    }

    @Test("A CHAP-style MN-AAA authenticator is checked with its challenge", arguments: [true, false])
    func chap(isCorrect: Bool) throws {
        let association = Lab.association(spi: .chap)
        var bench = Bench(Lab.homeAgentConfiguration([association, Lab.association()]))
        let challenge: [UInt8] = [1, 2, 3, 4]
        var octets = Request(bench) {
            $0.association = nil
            $0.before = [132, 4] + challenge
        }.octets
        ChallengeAuthentication.appendExtension(
            challenge: challenge, key: isCorrect ? association.key : Lab.wrongKey, to: &octets)
        let reply = try #require(try Reply(bench.receive(octets)))
        #expect(reply.code == (isCorrect ? 0 : 144))
        #expect(reply.isSigned(.mobileHomeAuthentication, by: Lab.association()))
    }
}
