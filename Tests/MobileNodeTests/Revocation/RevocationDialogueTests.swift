import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("Revocation between a home agent and a mobile node without a foreign agent")
struct RevocationDialogueTests {
    private static let port = TransportEndpoint(Place.careOf, port: TransportEndpoint.registrationPort)

    /// A registered node.
    private static func registered(offer: RevocationAgreement = .agreedInforming) -> Journey {
        var journey = Journey { $0.node.revocationOffer = offer }
        #expect(journey.attach(to: .coLocated(Place.careOf)) == .accepted(.accepted, lifetime: 1800))
        journey.wait(seconds: 10)
        return journey
    }

    /// Revokes the binding; returns what the home agent sends at once.
    private static func revoke(_ journey: inout Journey) throws -> [OutgoingDatagram] {
        var effects = AgentEffects()
        _ = try journey.home.apply(
            .endBinding(homeAddress: Place.home, careOfAddress: nil), at: journey.now, effects: &effects)
        journey.home.advance(to: journey.now, effects: &effects)
        return effects.datagrams
    }

    /// What the home agent sends when it is next due.
    private static func sentLater(_ journey: inout Journey) throws -> [OutgoingDatagram] {
        journey.uptime = try #require(journey.home.nextDeadline)
        var effects = AgentEffects()
        journey.home.advance(to: journey.now, effects: &effects)
        return effects.datagrams
    }

    private static func deliver(_ datagrams: [OutgoingDatagram], to journey: inout Journey) throws -> RevocationAnswer? {
        let datagram = try #require(datagrams.first)
        #expect(datagrams.count == 1 && datagram.destination == port && datagram.source == Place.homeAgent)
        return journey.node.receive(revocation: datagram.payload.span.bytes, at: journey.nodeNow)
    }

    private static func acknowledge(_ answer: RevocationAnswer?, in journey: inout Journey) throws {
        let payload = try #require(answer).acknowledgment
        var effects = AgentEffects()
        journey.home.receive(payload.span.bytes, from: port, to: Place.homeAgent, at: journey.now, effects: &effects)
    }

    private static func exchanges(_ journey: Journey) -> [Exchange] {
        journey.home.snapshotPage(after: nil, limit: 1000).changes.compactMap {
            if case .exchange(let row) = $0 { row } else { nil }
        }
    }

    @Test("Both agree, and a revocation ends the registration at both although its first message is lost")
    func lost() throws {
        var journey = Self.registered()
        #expect(journey.bindings.map(\.revocation) == [.agreedInforming])
        _ = try Self.revoke(&journey)
        #expect(journey.bindings.isEmpty)
        let answer = try Self.deliver(try Self.sentLater(&journey), to: &journey)
        #expect(answer?.outcome == .revoked)
        try Self.acknowledge(answer, in: &journey)
        #expect(Self.exchanges(journey).map(\.state) == [.acknowledged])
        #expect(Self.exchanges(journey).map(\.tries) == [2])
        #expect(journey.node.state == .failed(.revoked))
    }

    @Test("If the acknowledgment is lost, the next message is acknowledged too, and the node registers again")
    func lostAcknowledgment() throws {
        var journey = Self.registered()
        #expect(try Self.deliver(try Self.revoke(&journey), to: &journey)?.outcome == .revoked)
        let again = try Self.deliver(try Self.sentLater(&journey), to: &journey)
        #expect(again?.ended == nil)
        try Self.acknowledge(again, in: &journey)
        #expect(Self.exchanges(journey).map(\.state) == [.acknowledged])
        #expect(journey.node.counters.revocationsRepeated == 1)
        journey.wait(seconds: 2)
        let isDue = journey.node.beginRetry(at: journey.nodeNow)
        #expect(isDue)
        #expect(journey.attach(to: .coLocated(Place.careOf)) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.bindings.map(\.revocation) == [.agreedInforming])
    }

    @Test("A node that offers nothing hears nothing")
    func withoutOffer() throws {
        var journey = Self.registered(offer: .none)
        #expect(journey.bindings.map(\.revocation) == [RevocationAgreement.none])
        #expect(try Self.revoke(&journey).isEmpty)
        #expect(journey.bindings.isEmpty)
        #expect(Self.exchanges(journey).isEmpty)
    }
}
