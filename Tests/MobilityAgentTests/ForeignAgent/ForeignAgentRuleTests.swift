import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// A request to a fresh foreign agent and its expected outcome.
struct ForeignAgentCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Equatable, Sendable {
        case relayed
        case denied(UInt8)
        case discard(DiscardReason)
    }

    var testDescription: String
    var outcome: Outcome
    var violation: ViolationReason?
    var associations: [ConfiguredSecurityAssociation]
    var timeToLive: UInt8?
    var configure: @Sendable (inout ForeignAgentConfiguration) -> Void
    var request: @Sendable (inout Request) -> Void

    init(
        _ description: String, _ outcome: Outcome, _ violation: ViolationReason? = nil,
        associations: [ConfiguredSecurityAssociation] = [], timeToLive: UInt8? = nil,
        configure: @escaping @Sendable (inout ForeignAgentConfiguration) -> Void = { _ in },
        _ request: @escaping @Sendable (inout Request) -> Void
    ) {
        testDescription = description
        self.outcome = outcome
        self.violation = violation
        self.associations = associations
        self.timeToLive = timeToLive
        self.configure = configure
        self.request = request
    }

    static let all: [ForeignAgentCase] = [
        ForeignAgentCase("a valid request", .relayed) { _ in },
        ForeignAgentCase("a deregistration with any care-of address", .relayed) {
            ($0.lifetime, $0.careOfAddress) = (0, Lab.otherCareOf)
        },
        ForeignAgentCase("a node with a co-located care-of address", .relayed) {
            ($0.flags, $0.careOfAddress) = (.decapsulationByMN, Lab.careOf)
        },
        // Form
        ForeignAgentCase("an unknown critical extension", .discard(.unknownExtension)) { $0.before = [35, 0] },
        ForeignAgentCase("an unknown skippable extension", .relayed) { $0.before = [200, 0] },
        ForeignAgentCase("an overrun", .denied(70)) { $0.after = [200, 9] },
        ForeignAgentCase("no authenticator for the home agent", .denied(70)) { $0.association = nil },
        ForeignAgentCase("two mobile-home authenticators", .denied(70)) {
            $0.signatures = [(.mobileHomeAuthentication, Lab.association())]
        },
        ForeignAgentCase("a multicast home address", .denied(70)) { $0.homeAddress = IPv4Address(224, 0, 0, 1) },
        ForeignAgentCase("a delivery style without T", .denied(70)) { $0.after = [130, 0] },
        ForeignAgentCase("reserved flags", .relayed) { $0.flags.insert(.reservedX) },
        ForeignAgentCase("reserved flags where they are refused", .denied(70), configure: { $0.rejectsReservedFlags = true }) {
            $0.flags.insert(.reservedX)
        },
        // Authentication at the foreign agent
        ForeignAgentCase("a correct mobile-foreign authenticator", .relayed, associations: [Lab.ofVisitor]) {
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        },
        ForeignAgentCase(
            "no mobile-foreign authenticator despite an association", .denied(67), .missingSecurityExtension,
            associations: [Lab.ofVisitor]
        ) {
            _ in
        },
        ForeignAgentCase("a wrong mobile-foreign authenticator", .denied(67), .badAuthenticator, associations: [Lab.ofVisitor]) {
            $0.signatures = [
                (.mobileForeignAuthentication, Lab.association(spi: Lab.mobileForeignSPI, key: Lab.wrongKey))
            ]
        },
        ForeignAgentCase(
            "a mobile-foreign authenticator with an unknown SPI", .denied(67), .badSPI, associations: [Lab.ofVisitor]
        ) {
            $0.signatures = [(.mobileForeignAuthentication, Lab.association())]
        },
        ForeignAgentCase("a mobile-foreign authenticator without an association", .denied(67), .noMobilitySecurityAssociation) {
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        },
        ForeignAgentCase(
            "no mobile-foreign authenticator where all nodes need one", .denied(67), .missingSecurityExtension,
            configure: { $0.requiresMobileForeignAuthentication = true }
        ) { _ in },
        ForeignAgentCase("two mobile-foreign authenticators", .denied(70), associations: [Lab.ofVisitor]) {
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor), (.mobileForeignAuthentication, Lab.ofVisitor)]
        },
        // The requested service
        ForeignAgentCase("no home address and no NAI", .denied(97)) { $0.homeAddress = .zero },
        ForeignAgentCase("no home address but an NAI", .relayed) { ($0.homeAddress, $0.nai) = (.zero, Lab.alice) },
        ForeignAgentCase("any home agent", .denied(90)) { $0.homeAgent = .zero },
        ForeignAgentCase(
            "any home agent where one is configured", .relayed, configure: { $0.defaultHomeAgent = Lab.homeAgent.address }
        ) { $0.homeAgent = .zero },
        ForeignAgentCase("the foreign agent as home agent", .denied(116)) { $0.homeAgent = Lab.foreignAgent.address },
        ForeignAgentCase("a multicast home agent", .denied(116)) { $0.homeAgent = IPv4Address(224, 0, 0, 11) },
        ForeignAgentCase("a care-of address that is not offered", .denied(77)) { $0.careOfAddress = Lab.otherCareOf },
        ForeignAgentCase("the longest lifetime", .relayed) { $0.lifetime = 1800 },
        ForeignAgentCase("a lifetime that is too long", .denied(69)) { $0.lifetime = 1801 },
        ForeignAgentCase("an infinite lifetime", .denied(69)) { $0.lifetime = .max },
        ForeignAgentCase("an infinite lifetime where it is allowed", .relayed, configure: { $0.maximumLifetime = .max }) {
            $0.lifetime = .max
        },
        ForeignAgentCase("G where there is no GRE", .denied(72)) { $0.flags = .gre },
        ForeignAgentCase("G where there is GRE", .relayed, configure: { $0.encapsulations.insert(.gre) }) { $0.flags = .gre },
        ForeignAgentCase("M where there is no minimal encapsulation", .denied(72)) { $0.flags = .minEnc },
        ForeignAgentCase("T", .relayed) { $0.flags = .reverseTunnel },
        ForeignAgentCase("T where there is no reverse tunnel", .denied(74), configure: { $0.reverseTunnel = .unavailable }) {
            $0.flags = .reverseTunnel
        },
        ForeignAgentCase("no T where it is required", .denied(75), configure: { $0.reverseTunnel = .mandatory }) { _ in },
        ForeignAgentCase("T from beyond the link", .denied(76), timeToLive: 254) { $0.flags = .reverseTunnel },
        ForeignAgentCase("T from the link", .relayed, timeToLive: 255) { $0.flags = .reverseTunnel },
        ForeignAgentCase("no T from beyond the link", .relayed, timeToLive: 64) { _ in },
        ForeignAgentCase("a delivery style that is not supported", .denied(79)) {
            $0.flags = .reverseTunnel
            $0.after = [130, 0]
        },
        ForeignAgentCase("a delivery style that is supported", .relayed, configure: { $0.encapsulatingDelivery = true }) {
            $0.flags = .reverseTunnel
            $0.after = [130, 0]
        },
        ForeignAgentCase("a critical vendor extension for the foreign agent", .denied(100)) { $0.after = HomeAgentCase.vendor },
        ForeignAgentCase("a critical vendor extension for the home agent", .relayed) { $0.before = HomeAgentCase.vendor },
        ForeignAgentCase(
            "a critical vendor extension that is known", .relayed,
            configure: { $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 1)] }
        ) { $0.after = HomeAgentCase.vendor },
        ForeignAgentCase(
            "an unknown critical vendor extension after a known one", .denied(100),
            configure: { $0.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 1)] }
        ) { $0.after = HomeAgentCase.vendor + [38, 0, 0, 6, 0, 0, 0, 9, 0, 2] },
        ForeignAgentCase("a truncated critical vendor extension", .denied(100)) { $0.after = [38, 0, 0, 2, 0, 0] },
        ForeignAgentCase("no home address where one is required", .denied(96), configure: { $0.requiresHomeAddress = true }) {
            ($0.homeAddress, $0.nai) = (.zero, Lab.alice)
        },
        ForeignAgentCase("a home address where one is required", .relayed, configure: { $0.requiresHomeAddress = true }) {
            $0.nai = Lab.alice
        },
        ForeignAgentCase("a new visitor while busy", .denied(66), configure: { $0.settings.foreignAgent.busy = true }) { _ in },
    ]
}

@Suite struct ForeignAgentRuleTests {
    @Test(
        "A foreign agent relays or denies each request according to its rules, and counts exactly that",
        arguments: ForeignAgentCase.all
    )
    func rule(_ example: ForeignAgentCase) throws {
        var bench = Bench(Lab.foreignAgentConfiguration(example.associations, example.configure))
        var request = Request(visiting: bench)
        example.request(&request)
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent, timeToLive: example.timeToLive)

        var expected = ForeignAgentCounters()
        switch example.outcome {
        case .relayed:
            let relayed = try #require(sent)
            #expect(relayed.source == Lab.foreignAgent)
            #expect(relayed.destination == Lab.homeAgent)
            var unsigned = request
            (unsigned.signatures, unsigned.after) = ([], [])
            #expect(relayed.payload == unsigned.octets)
            expected.requestsRelayed = 1
            #expect(bench.visitors.map(\.state) == [.pending])
        case .denied(let code):
            let reply = try #require(try Reply(sent))
            #expect(reply.code == code)
            #expect(reply.fixed.identification == request.identification)
            #expect(reply.fixed.homeAddress == request.homeAddress)
            #expect(reply.fixed.lifetime.rawValue == (code == 69 ? 1800 : request.lifetime))
            #expect(sent?.source == Lab.foreignAgent)
            #expect(sent?.destination == Lab.visitor)
            // The denial is signed for a node that has an association, once the associations have been looked up.
            #expect((reply.scan.count(of: .mobileForeignAuthentication) == 1) == (!example.associations.isEmpty && code != 70))
            expected.repliesSentByCode[ReplyCode(rawValue: code)] = 1
            #expect(bench.visitors.isEmpty)
        case .discard(let reason):
            #expect(sent == nil)
            expected.discards[reason] = 1
        }
        let kind: RequestKind = request.lifetime == 0 ? .deregistration : .initial
        expected.outcomes[kind].received = 1
        switch example.outcome {
        case .denied: expected.outcomes[kind].denied = 1
        case .discard: expected.outcomes[kind].discarded = 1
        default: #expect(bench.pending.map(\.kind) == [kind])
        }
        let isWellFormed = example.outcome != .denied(70) && example.outcome != .discard(.unknownExtension)
        expected.requestsReceived = isWellFormed ? 1 : 0
        expected.deregistrationRequestsReceived = request.lifetime == 0 ? 1 : 0
        expected.extensionsSkipped = bench.foreign.extensionsSkipped
        expected.dynamicRequests = request.homeAgent == .zero ? 1 : 0
        #expect(bench.foreign == expected)
        #expect(bench.agent.counters.securityViolations == (example.violation == nil ? 0 : 1))
        #expect(bench.violations.first?.recentReason == example.violation)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("While registration is off, requests are denied with 65")
    func disabled() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        bench.setEnabled(false)
        let sent = bench.receive(Request(visiting: bench).octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(try Reply(sent)?.code == 65)
    }

    @Test("A node is denied at most once a second, independently of other nodes")
    func rateLimit() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        func ask(_ last: UInt8) -> OutgoingDatagram? {
            let request = Request(visiting: bench) { ($0.homeAddress, $0.lifetime) = (IPv4Address(192, 0, 2, last), 9000) }
            return bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        }
        #expect(try Reply(ask(10))?.code == 69)
        #expect(ask(10) == nil)
        #expect(try Reply(ask(11))?.code == 69)
        bench.advance(seconds: 0.99)
        #expect(ask(10) == nil)
        bench.advance(seconds: 0.01)
        #expect(try Reply(ask(10))?.code == 69)
        #expect(bench.foreign.discards[.rateLimited] == 2)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("When too many requests are pending, further ones are denied with 66, and pending ones may be repeated")
    func pendingLimit() throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.maximumPending = 2 })
        func ask(_ last: UInt8) throws -> UInt8? {
            let request = Request(visiting: bench) { $0.homeAddress = IPv4Address(192, 0, 2, last) }
            let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            return sent?.payload.first == 3 ? try Reply(sent)?.code : nil
        }
        #expect(try ask(10) == nil)
        #expect(try ask(11) == nil)
        #expect(try ask(12) == 66)
        #expect(bench.events.map(\.kind) == [.capacityReached, .registrationDenied])
        #expect(try ask(11) == nil)
        #expect(bench.foreign.requestsRelayed == 3)
        #expect(bench.foreign.duplicateRequests == 1)
    }

    @Test("When the visitor list is full of accepted visitors, the agent is busy until one leaves")
    func visitorLimit() throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.settings.limits.maximumVisitors = 1 })
        let first = Request(visiting: bench)
        bench.receive(first.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(!bench.agent.information.busy)
        bench.receive(Answer(to: first).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.agent.information.busy)
        #expect(bench.effects.changes.contains(.information(bench.agent.information)))
        let other = Request(visiting: bench) { $0.homeAddress = IPv4Address(192, 0, 2, 11) }
        let sent = bench.receive(other.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(try Reply(sent)?.code == 66)
        bench.advance(seconds: 600)
        #expect(!bench.agent.information.busy)
        #expect(bench.effects.changes.contains(.information(bench.agent.information)))
    }

    @Test("A denial to a node without an address is broadcast on its link")
    func broadcastDenial() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) { $0.lifetime = 9000 }
        let sent = bench.receive(request.octets, from: TransportEndpoint(.zero, port: 5001), to: Lab.foreignAgent)
        #expect(sent?.destination == TransportEndpoint(.limitedBroadcast, port: 5001))
    }
}
