import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite struct RelayTests {
    /// Sends a request through the agent; returns the request.
    private static func ask(_ bench: inout Bench, _ change: (inout Request) -> Void = { _ in }) -> Request {
        let request = Request(visiting: bench, change)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        return request
    }

    @discardableResult
    private static func answer(
        _ bench: inout Bench, _ request: Request, from source: TransportEndpoint = Lab.homeAgent,
        _ change: (inout Answer) -> Void = { _ in }
    ) -> OutgoingDatagram? {
        bench.receive(Answer(to: request, change).octets, from: source, to: Lab.foreignAgent)
    }

    /// A foreign agent with one accepted visitor.
    private static func visited(lifetime: UInt16 = 600) -> Bench {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = ask(&bench) { $0.lifetime = lifetime }
        answer(&bench, request)
        return bench
    }

    @Test(
        "A request is relayed as the node wrote it, without the part for the foreign agent but with that agent's offer and authenticator"
    )
    func vouching() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor, Lab.ofHomeAgent]))
        let request = Self.ask(&bench) {
            $0.before = [200, 1, 7]
            $0.after = [201, 0]
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        }
        var expected = request
        let offer = Offer(timestamp: RevocationLab.start).octets
        (expected.after, expected.signatures) = (offer, [(.foreignHomeAuthentication, Lab.ofForeignAgent)])
        #expect(bench.effects.datagrams.map(\.payload) == [expected.octets])
    }

    @Test("The foreign agent authenticates neither deregistrations nor requests with a care-of address that is not its own")
    func notVouching() {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]))
        let leaving = Self.ask(&bench) { $0.lifetime = 0 }
        #expect(bench.effects.datagrams.map(\.payload) == [leaving.octets])
        let coLocated = Self.ask(&bench) { ($0.flags, $0.careOfAddress) = (.decapsulationByMN, Lab.careOf) }
        #expect(bench.effects.datagrams.map(\.payload) == [coLocated.octets])
    }

    /// Seconds granted by the home agent, and those listed for a visitor that requested 600.
    private static let grants: [(UInt16, UInt16)] = [(600, 600), (300, 300), (1800, 600), (65535, 600)]

    @Test("An accepted visitor is listed with its actual lifetime", arguments: grants)
    func accepted(granted: UInt16, listed: UInt16) throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor, Lab.ofHomeAgent]))
        let request = Self.ask(&bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        #expect(bench.visitors.map(\.expires) == [bench.time.adding(milliseconds: 7000)])
        bench.advance(seconds: 2)
        let sent = Self.answer(&bench, request) {
            $0.lifetime = granted
            $0.after = [200, 0]
            $0.signatures = [Lab.ofHomeAgent]
        }
        let reply = try #require(try Reply(sent))
        #expect(sent?.destination == Lab.visitor)
        #expect(sent?.source == Lab.foreignAgent)
        #expect(reply.fixed.lifetime.rawValue == granted)
        #expect(reply.scan.foreignHome == nil)
        #expect(reply.isSigned(.mobileForeignAuthentication, by: Lab.ofVisitor))
        #expect(reply.isSigned(.mobileHomeAuthentication, by: Lab.association()))
        let visitor = Visitor(
            sourceAddress: Lab.home, sourcePort: 5001, homeAddress: Lab.home, homeAgent: Lab.homeAgent.address,
            careOfAddress: Lab.foreignAgent.address, nai: nil, flags: [], identification: request.identification,
            state: .accepted, lifetimeRequested: 600, lifetimeGranted: listed, created: Timestamp(milliseconds: Lab.start * 1000),
            expires: bench.time.adding(milliseconds: Int64(listed) * 1000))
        #expect(bench.visitors == [visitor])
        #expect(bench.effects.changes.contains(.visitor(visitor)))
        #expect(bench.events.map(\.kind) == [.registered])
        #expect(bench.foreign.repliesReceived == 1)
        #expect(bench.foreign.repliesRelayed == 1)
        #expect(bench.foreign.repliesReceivedByCode[.accepted] == 1)
        #expect(bench.everythingIsAccountedFor)
        bench.advance(seconds: Double(listed))
        #expect(bench.visitors.isEmpty)
        #expect(bench.foreign.visitorsExpired == 1)
        #expect(bench.events.map(\.kind) == [.expired])
    }

    @Test("A request that is not answered within seven seconds is denied with 78, and the visitor is removed")
    func timeout() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench)
        bench.advance(seconds: 6.9)
        #expect(bench.effects.isEmpty)
        bench.advance(seconds: 0.1)
        let reply = try #require(try Reply(bench.effects.datagrams.first))
        #expect(reply.code == 78)
        #expect(reply.fixed.identification == request.identification)
        #expect(bench.effects.datagrams.map(\.destination) == [Lab.visitor])
        #expect(
            bench.effects.changes.contains(
                .visitorRemoved(VisitorKey(sourceAddress: Lab.home, homeAddress: Lab.home, nai: nil), .timedOut)))
        #expect(bench.events.map(\.kind) == [.registrationTimedOut])
        #expect(bench.foreign.pendingTimeouts == 1)
        #expect(bench.visitors.isEmpty)
        Self.answer(&bench, request)
        #expect(bench.foreign.discards[.unmatchedReply] == 1)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A denial by the home agent is relayed, and the visitor is removed")
    func deniedByHomeAgent() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench)
        #expect(try Reply(Self.answer(&bench, request) { $0.code = 131 })?.code == 131)
        #expect(bench.visitors.isEmpty)
        #expect(bench.foreign.repliesReceivedByCode[.haMobileNodeFailedAuthentication] == 1)
        #expect(bench.events.map(\.kind) == [.registrationDenied])
        bench.advance(seconds: 10)
        #expect(bench.effects.datagrams.isEmpty)
    }

    @Test(
        "A visitor whose renewal is denied, refused or not answered remains unchanged",
        arguments: ["denied", "refused", "silence"])
    func deniedRenewal(_ how: String) {
        var bench = Self.visited()
        let before = bench.visitors
        bench.advance(seconds: 10)
        switch how {
        case "denied":
            let renewal = Self.ask(&bench)
            #expect(bench.visitors == before)
            Self.answer(&bench, renewal) { $0.code = 133 }
        case "refused": _ = Self.ask(&bench) { $0.lifetime = 9000 }
        default:
            _ = Self.ask(&bench)
            bench.advance(seconds: 7)
            #expect(bench.foreign.pendingTimeouts == 1)
        }
        #expect(bench.visitors == before)
        #expect(before.first?.state == .accepted)
    }

    @Test("A renewal is listed with its own lifetime and publishes no event")
    func renewal() {
        var bench = Self.visited()
        bench.advance(seconds: 10)
        let request = Self.ask(&bench) { $0.lifetime = 100 }
        Self.answer(&bench, request)
        #expect(bench.events.isEmpty)
        #expect(bench.visitors.map(\.lifetimeGranted) == [100])
        #expect(bench.visitors.map(\.created.milliseconds) == [Lab.start * 1000])
        bench.advance(seconds: 100)
        #expect(bench.visitors.isEmpty)
    }

    @Test("A visit that expires while its renewal is pending continues to wait, and is resumed")
    func expiryDuringRenewal() {
        var bench = Self.visited(lifetime: 5)
        bench.advance(seconds: 4)
        let renewal = Self.ask(&bench)
        bench.advance(seconds: 2)
        #expect(bench.foreign.visitorsExpired == 1)
        #expect(bench.visitors.map(\.state) == [.pending])
        Self.answer(&bench, renewal)
        #expect(bench.visitors.map(\.state) == [.accepted])
        bench.advance(seconds: 600)
        #expect(bench.visitors.isEmpty)
    }

    @Test("A deregistration that the home agent accepts ends the visit")
    func deregistration() {
        var bench = Self.visited()
        bench.advance(seconds: 1)
        let leaving = Self.ask(&bench) { ($0.lifetime, $0.careOfAddress) = (0, Lab.home) }
        #expect(bench.visitors.map(\.state) == [.accepted])
        Self.answer(&bench, leaving) { $0.lifetime = 0 }
        #expect(bench.visitors.isEmpty)
        #expect(bench.events.map(\.kind) == [.deregistered])
    }

    @Test("A reply that answers no request is dropped")
    func unmatched() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench)
        Self.answer(&bench, request) { $0.homeAddress = IPv4Address(192, 0, 2, 11) }
        Self.answer(&bench, request) { $0.identification = Identification(rawValue: $0.identification.rawValue &+ 1) }
        Self.answer(&bench, request, from: TransportEndpoint(Lab.otherCareOf, port: 434))
        #expect(bench.foreign.discards[.unmatchedReply] == 2)
        #expect(bench.foreign.discards[.wrongReplySource] == 1)
        #expect(bench.foreign.repliesReceived == 0)
        #expect(bench.visitors.map(\.state) == [.pending])
        // The high word belongs to the home agent: it differs with nonces and with code 133.
        Self.answer(&bench, request) { $0.identification = Identification(high: 1, low: $0.identification.low) }
        #expect(bench.foreign.repliesRelayed == 1)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("Truncated replies and replies with an unknown critical extension are dropped")
    func badReplies() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench)
        bench.receive(Array(Answer(to: request).octets.prefix(19)), from: Lab.homeAgent, to: Lab.foreignAgent)
        Self.answer(&bench, request) { $0.after = [35, 0] }
        #expect(bench.foreign.discards[.malformed] == 1)
        #expect(bench.foreign.discards[.unknownExtension] == 1)
        #expect(bench.visitors.count == 1)
    }

    /// How a reply fails at the foreign agent, the status sent to the node, and the violation that it is.
    private static let failures: [(String, UInt8, ViolationReason?)] = [
        ("not signed", 68, .missingSecurityExtension), ("wrongly signed", 68, .badAuthenticator),
        ("unknown SPI", 68, .badSPI), ("signed twice", 68, .other), ("overrun", 71, nil),
    ]

    @Test(
        "A reply that the foreign agent rejects keeps the home agent's code, and an FA error extension gives the reason",
        arguments: failures)
    func faultyReply(_ how: String, _ status: UInt8, _ violation: ViolationReason?) throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor, Lab.ofHomeAgent]))
        let request = Self.ask(&bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        let sent = Self.answer(&bench, request) {
            switch how {
            case "not signed": break
            case "wrongly signed":
                $0.signatures = [
                    Lab.association(.address(Lab.homeAgent.address), .homeAgent, spi: Lab.foreignSPI, key: Lab.wrongKey)
                ]
            case "unknown SPI": $0.signatures = [Lab.association()]
            case "signed twice": $0.signatures = [Lab.ofHomeAgent, Lab.ofHomeAgent]
            default: $0.after = [200, 9]
            }
        }
        let reply = try #require(try Reply(sent))
        #expect(reply.code == 0)
        #expect(reply.isSigned(.mobileHomeAuthentication, by: Lab.association()))
        #expect(reply.isSigned(.mobileForeignAuthentication, by: Lab.ofVisitor))
        let error = try #require(reply.scan.first(.foreignAgentError))
        #expect(error.subtype == 0 && Array(reply.octets[error.data]) == [status])
        #expect(bench.foreign.errorExtensionsSent == 1)
        #expect(bench.foreign.repliesSentByCode[ReplyCode(rawValue: status)] == 1)
        #expect(bench.foreign.repliesRelayed == 0)
        #expect(bench.violations.map(\.recentReason) == (violation.map { [$0] } ?? []))
        #expect(bench.violations.allSatisfy { $0.violator == .address(Lab.homeAgent.address) })
        #expect(bench.visitors.isEmpty)
        #expect(bench.events.last?.kind == .registrationDenied)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A reply without any authenticator is replaced by code 71")
    func unauthenticatedReply() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench)
        #expect(try Reply(Self.answer(&bench, request) { $0.association = nil })?.code == 71)
    }

    @Test("A repeated request is relayed again and does not wait longer")
    func repeated() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench)
        bench.advance(seconds: 5)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(bench.effects.datagrams.count == 1)
        #expect(bench.foreign.duplicateRequests == 1)
        bench.advance(seconds: 2)
        #expect(bench.foreign.pendingTimeouts == 1)
    }

    @Test("A newer request of the same node replaces the pending one")
    func superseded() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let first = Self.ask(&bench)
        bench.advance(seconds: 5.3)
        let second = Self.ask(&bench)
        Self.answer(&bench, first)
        #expect(bench.foreign.discards[.unmatchedReply] == 1)
        bench.advance(seconds: 3)
        Self.answer(&bench, second)
        #expect(bench.foreign.repliesRelayed == 1)
        #expect(bench.visitors.count == 1)
    }

    @Test("A node without a home address is matched by its NAI, gets the answer on its link and is listed by its new address")
    func assignedAddress() throws {
        let alice = try #require(Lab.alice)
        var bench = Bench(Lab.foreignAgentConfiguration())
        let nowhere = TransportEndpoint(.zero, port: 5001)
        let request = Request(visiting: bench) { ($0.homeAddress, $0.nai) = (.zero, alice) }
        bench.receive(request.octets, from: nowhere, to: Lab.foreignAgent)
        #expect(bench.visitors.map(\.homeAddress) == [.zero])
        let sent = Self.answer(&bench, request)
        #expect(sent?.destination == TransportEndpoint(.limitedBroadcast, port: 5001))
        #expect(
            bench.effects.changes.contains(
                .visitorRemoved(VisitorKey(sourceAddress: .zero, homeAddress: .zero, nai: alice), .replaced)))
        #expect(bench.visitors.map(\.homeAddress) == [Lab.home])
        #expect(bench.visitors.map(\.state) == [.accepted])

        // It requests an address again in the same way: its existing visit is renewed.
        bench.advance(seconds: 10)
        let again = Request(visiting: bench) { ($0.homeAddress, $0.nai) = (.zero, alice) }
        bench.receive(again.octets, from: nowhere, to: Lab.foreignAgent)
        #expect(bench.visitors.count == 2)
        Self.answer(&bench, again)
        #expect(bench.visitors.map(\.homeAddress) == [Lab.home])
        #expect(bench.events.isEmpty)
    }

    @Test("Requests are sent from the relay endpoint, and replies return to it")
    func relayEndpoint() {
        let relay = TransportEndpoint(Lab.foreignAgent.address, port: 4340)
        var bench = Bench(
            Lab.foreignAgentConfiguration {
                $0.relayEndpoint = relay
                $0.homeAgentPort = 4341
            })
        let request = Self.ask(&bench)
        let homeAgent = TransportEndpoint(Lab.homeAgent.address, port: 4341)
        #expect(bench.effects.datagrams.map(\.source) == [relay])
        #expect(bench.effects.datagrams.map(\.destination) == [homeAgent])
        let sent = bench.receive(Answer(to: request).octets, from: homeAgent, to: relay)
        #expect(sent?.source == Lab.foreignAgent)
    }
}
