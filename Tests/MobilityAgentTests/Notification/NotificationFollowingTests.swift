import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Texts that wait while registrations, keys and settings change")
struct NotificationFollowingTests {
    private static let order = NotificationOrder(to: .mobileNode, text: NotificationLab.text)

    @Test("A text to a node that has moved to another foreign agent is superseded, and not sent again")
    func moved() throws {
        var bench = try NotificationLab.home()
        _ = try bench.send(Self.order)
        bench.advance(seconds: 0.5)
        let other = RevocationLab.otherForeignAgent
        let request = Request(visiting: bench) { $0.careOfAddress = other.address }
        #expect(try Reply(bench.receive(request.octets, from: other))?.code == 0)
        bench.advance(seconds: 60)
        #expect(bench.effects.datagrams.isEmpty && bench.notifications.map(\.state) == [.superseded])
    }

    @Test("A text to a node that has deregistered is unanswered, and not sent again", arguments: [false, true])
    func left(isRefused: Bool) throws {
        var bench = try NotificationLab.home()
        let datagram = try bench.send(Self.order)
        if isRefused {
            let route = NotificationRoute.all[0]
            bench.receive(try route.answer(datagram, code: .mnInsufficientResources), from: route.peer)
        }
        bench.advance(seconds: 0.5)
        let request = Request(visiting: bench) {
            $0.lifetime = 0
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        }
        bench.receive(request.octets, from: Lab.foreignAgent)
        #expect(bench.bindings.isEmpty)
        bench.advance(seconds: 60)
        #expect(bench.effects.datagrams.isEmpty && bench.notifications.map(\.state) == [.unanswered])
    }

    @Test("A text about a visit that has ended is unanswered, and not sent again", arguments: NotificationRoute.all.suffix(2))
    func visit(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        _ = try bench.send(route.order)
        bench.revoke(Lab.home)
        #expect(bench.visitors.isEmpty)
        bench.advance(seconds: 60)
        #expect(bench.effects.datagrams.isEmpty && bench.notifications.map(\.state) == [.unanswered])
    }

    @Test("Each try goes to the port of the latest registration, and lasts as long as that")
    func renewed() throws {
        var bench = try NotificationLab.home()
        bench.advance(seconds: 599)
        _ = try bench.send(Self.order)
        bench.advance(seconds: 0.5)
        let renewal = Request(visiting: bench) { $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)] }
        let moved = TransportEndpoint(Lab.foreignAgent.address, port: 4434)
        #expect(try Reply(bench.receive(renewal.octets, from: moved))?.code == 0)
        bench.advance(seconds: 1)
        let second = try #require(bench.effects.datagrams.first)
        #expect(second.destination == moved && bench.notifications.map(\.state) == [.waiting])
        bench.receive(try NotificationRoute.all[0].answer(second), from: moved)
        #expect(bench.notifications.map(\.state) == [.acknowledged])
    }

    @Test("A key with the foreign agent that an operator has removed signs nothing more")
    func relayKey() throws {
        var bench = try NotificationLab.home([NotificationLab.ofNode])
        let change = SecurityAssociationChange(
            peer: .address(Lab.foreignAgent.address), spi: Lab.foreignSPI, peerRole: .foreignAgent,
            key: SecretOctets(Array(32..<48)))
        #expect(bench.apply(.association(change)) == nil)
        let signed = try bench.send(Self.order)
        #expect(bench.apply(.removeAssociation(Lab.ofForeignAgent.association.key)) == nil)
        bench.advance(seconds: 1)
        let second = try #require(bench.effects.datagrams.first)
        #expect(second.payload.count == signed.payload.count - 22)
    }

    @Test("Without its direction, or without any, a text that waits is given up once", arguments: NotificationRoute.all)
    func settings(_ route: NotificationRoute) throws {
        for isOff in [false, true] {
            var bench = try route.bench()
            _ = try bench.send(route.order)
            bench.set {
                if isOff { $0.notifications = false } else { $0.notificationDirections = 63 & ~(1 << route.direction.rawValue) }
            }
            bench.advance(seconds: 60)
            #expect(bench.effects.datagrams.isEmpty && bench.notifications.map(\.state) == [.unanswered])
            let ends = bench.effects.changes.count { if case .exchange = $0 { true } else { false } }
            #expect(ends == 1 && bench.notifications.map(\.tries) == [1])
        }
    }
}
