import AgentModel
import MobileIPv4
import MobileNode
import Testing

/// A reply to a node that registers through a foreign agent with which it shares an association, and its expected treatment.
struct ReplyCase: Sendable, CustomTestStringConvertible {
    typealias Counter = any WritableKeyPath<MobileNodeCounters, UInt64> & Sendable

    /// A reply to build: a test sets the parts that differ; the rest is correct.
    struct Reply {
        var code: UInt8 = 0
        var homeAddress = Place.home
        var homeAgent = Place.homeAgent.address
        var identification: Identification
        var before: [UInt8] = []
        var homeKey: AuthenticationKey? = Place.key
        var after: [UInt8] = []
        var foreignKey: AuthenticationKey? = Place.mobileForeignKey
        var source = Place.foreignAgent

        var octets: [UInt8] {
            var octets: [UInt8] = []
            RegistrationReply(
                code: ReplyCode(rawValue: code), lifetime: .init(rawValue: 600), homeAddress: homeAddress, homeAgent: homeAgent,
                identification: identification
            ).encode(into: &octets)
            octets += before
            func sign(_ type: ExtensionType, _ spi: SecurityParameterIndex, _ key: AuthenticationKey?) {
                guard let key else { return }
                AuthenticationAlgorithm.hmacMD5.appendExtension(type, spi: spi, key: key, to: &octets)
            }
            sign(.mobileHomeAuthentication, Place.spi, homeKey)
            octets += after
            sign(.mobileForeignAuthentication, Place.mobileForeignSPI, foreignKey)
            return octets
        }
    }

    var testDescription: String
    /// Nil when the reply is dropped.
    var outcome: MobileNode.Outcome?
    /// The counters that count it, in addition to the codes.
    var counters: [Counter]
    var change: @Sendable (inout Reply) -> Void

    init(
        _ description: String, _ outcome: MobileNode.Outcome?, _ counters: [Counter],
        _ change: @escaping @Sendable (inout Reply) -> Void
    ) {
        testDescription = description
        self.outcome = outcome
        self.counters = counters
        self.change = change
    }

    static let all: [ReplyCase] = [
        ReplyCase("a correct reply", .accepted(.accepted, lifetime: 600), [\.requestsAccepted]) { _ in },
        ReplyCase(
            "an acceptance without simultaneous bindings", .accepted(.acceptedSimultaneousBindingsUnsupported, lifetime: 600),
            [\.requestsAccepted]
        ) { $0.code = 1 },
        ReplyCase("a denial by the home agent", .denied(.haInsufficientResources), [\.requestsDeniedByHomeAgent]) {
            $0.code = 130
        },
        ReplyCase("a denial by the foreign agent", .denied(.faInsufficientResources), [\.requestsDeniedByForeignAgent]) {
            ($0.code, $0.homeKey) = (66, nil)
        },
        ReplyCase("an unknown critical extension", nil, [\.repliesDroppedInvalidExtension]) { $0.before = [35, 0] },
        ReplyCase("an overrun", nil, [\.repliesDroppedInvalidExtension]) { $0.before = [200, 255] },
        ReplyCase(
            "an unknown skippable extension", .accepted(.accepted, lifetime: 600),
            [\.repliesIgnoredUnknownExtension, \.requestsAccepted]
        ) { $0.before = [200, 0] },
        ReplyCase(
            "two unknown skippable extensions in one reply", .accepted(.accepted, lifetime: 600),
            [\.repliesIgnoredUnknownExtension, \.requestsAccepted]
        ) { $0.before = [200, 0, 201, 0] },
        ReplyCase("a different identification", nil, [\.repliesInvalidID]) { $0.identification.rawValue ^= 1 },
        ReplyCase("a different home address", nil, [\.repliesInvalidHomeAddress]) { $0.homeAddress = Place.careOf },
        ReplyCase("a different home agent", nil, [\.repliesUnknownHomeAgent]) { $0.homeAgent = IPv4Address(192, 0, 2, 2) },
        ReplyCase("another home agent that the node knows", .accepted(.accepted, lifetime: 600), [\.requestsAccepted]) {
            $0.homeAgent = IPv4Address(192, 0, 2, 3)
        },
        ReplyCase("a different foreign agent", nil, [\.repliesUnknownForeignAgent]) { $0.source.address = Place.careOf },
        ReplyCase("a wrong mobile-home authenticator", nil, [\.repliesHomeAgentAuthenticationFailure]) {
            $0.homeKey = Place.wrongKey
        },
        ReplyCase("no mobile-home authenticator", nil, [\.repliesHomeAgentAuthenticationFailure]) { $0.homeKey = nil },
        ReplyCase("a wrong mobile-foreign authenticator", nil, [\.repliesForeignAgentAuthenticationFailure]) {
            $0.foreignKey = Place.wrongKey
        },
        ReplyCase("no mobile-foreign authenticator", nil, [\.repliesForeignAgentAuthenticationFailure]) { $0.foreignKey = nil },
        ReplyCase("an unsigned denial by the foreign agent", nil, [\.repliesForeignAgentAuthenticationFailure]) {
            ($0.code, $0.homeKey, $0.foreignKey) = (66, nil, nil)
        },
        ReplyCase(
            "an acceptance that the foreign agent could not process", .denied(.faHomeAgentFailedAuthentication),
            [\.requestsDeniedByForeignAgent, \.errorExtensionsReceived]
        ) { $0.after = [45, 2, 0, 68] },
    ]
}

@Suite("Replies at a mobile node")
struct ReplyRuleTests {
    @Test("Each reply is accepted or dropped according to the rules, and counted exactly there", arguments: ReplyCase.all)
    func rule(_ example: ReplyCase) throws {
        var journey = Journey {
            $0.node.mobileForeign = NodeAssociation(spi: Place.mobileForeignSPI, key: Place.mobileForeignKey)
            $0.node.otherHomeAgents = [IPv4Address(192, 0, 2, 3)]
        }
        let sent = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        let request = try #require(sent)
        #expect(try extensionTypes(request, from: RegistrationRequest.fixedSize) == [32, 33])
        var reply = ReplyCase.Reply(identification: try RegistrationRequest(decoding: request.span.bytes).identification)
        example.change(&reply)
        let octets = reply.octets
        var following: [UInt8]?
        let outcome = journey.node.receive(
            octets.span.bytes, from: reply.source, at: journey.now, request: &following, random: &journey.random)
        #expect(outcome == example.outcome)
        #expect(following == nil)

        var expected = MobileNodeCounters()
        expected.requestsSent = 1
        for counter in example.counters { expected[keyPath: counter] = 1 }
        switch outcome {
        case .accepted(let code, _), .denied(let code):
            expected.repliesReceived = 1
            expected.repliesReceivedByCode[code] = 1
        default: break
        }
        #expect(journey.node.counters == expected)
    }

    @Test("Heard agents and their advertisements become rows and a single set of counters")
    func records() throws {
        var agents = AgentList()
        let advertisement = AgentAdvertisement(
            onlyMobility: true, lifetime: 90, routers: [.init(address: Place.foreignAgent.address)],
            mobilityAgent: .init(
                sequence: .init(rawValue: 7), registrationLifetime: .init(rawValue: 1800),
                flags: [.foreignAgent, .reverseTunnel],
                careOfAddresses: [Place.careOf, Place.foreignAgent.address]))
        let octets = advertisement.encoded()
        let moment = Moment(uptime: 2_000_000_000, wallClock: 0)
        #expect(agents.receive(octets.span.bytes, from: Place.foreignAgent.address, at: moment) == .discovered)
        let rows = agents.knownForeignAgents(startTime: Place.start)
        #expect(rows.map(\.careOfAddress) == [Place.foreignAgent.address, Place.careOf])
        #expect(rows.allSatisfy { $0.address == Place.foreignAgent.address && $0.sequence == 7 })
        #expect(rows.first?.expires == Place.start.adding(milliseconds: 92_000))

        var node = MobileNode(configuration: Journey.Configuration().node)
        node.countSolicitation()
        node.countGratuitousARP()
        let counters = node.counters(with: agents)
        #expect(counters.advertisementsReceived == 1)
        #expect(counters.solicitationsSent == 1)
        #expect(counters.gratuitousARPsSent == 1)
        let status = node.status(agents: agents, startTime: Place.start)
        #expect(status.state == .unknown)
        #expect(status.homeAgents == [KnownHomeAgent(address: Place.homeAgent.address, isCurrent: true)])
        #expect(status.recentAdvertisement?.sequence == 7)
        #expect(status.recentAdvertisement?.flags == [.foreignAgent, .reverseTunnel])
    }
}
