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

    // MARK: - Agents

    private static let second = IPv4Address(192, 0, 2, 11)

    /// A home agent with two nodes behind one foreign agent.
    private static func home() throws -> Bench {
        let prefix = try #require(Lab.homeNetwork)
        var bench = Bench(
            Lab.homeAgentConfiguration([
                Lab.association(.prefix(prefix)), Lab.ofForeignAgent, RevocationLab.ofOtherForeignAgent,
            ]))
        for address in [Lab.home, second] {
            let reply = try bench.registerAtHome(nil) { $0.homeAddress = address }
            #expect(reply.code == 0)
        }
        return bench
    }

    @Test(
        "A text to a foreign agent goes on with another of its nodes when the one that it is about leaves it",
        arguments: [false, true])
    func otherNode(isMoving: Bool) throws {
        var bench = try Self.home()
        let about = try GenericNotification(
            try bench.send(NotificationOrder(to: .foreignAgent, text: NotificationLab.text))
        ).homeAddress
        let other = about == Lab.home ? Self.second : Lab.home
        bench.advance(seconds: 0.5)
        if isMoving {
            let reply = try bench.registerAtHome(
                nil, through: RevocationLab.ofOtherForeignAgent, from: RevocationLab.otherForeignAgent
            ) { $0.homeAddress = about }
            #expect(reply.code == 0)
        } else {
            let reply = try bench.registerAtHome(nil) {
                $0.homeAddress = about
                $0.lifetime = 0
            }
            #expect(reply.code == 0)
        }
        bench.advance(seconds: 0.6)
        let next = try #require(bench.effects.datagrams.first)
        let fixed = try GenericNotification(next)
        #expect(next.destination == Lab.foreignAgent && fixed.homeAddress == other)
        #expect(bench.notifications.map(\.homeAddress) == [other] && bench.notifications.map(\.tries) == [2])
        let answer = NotificationMessage(to: fixed) { $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)] }
        bench.receive(answer.octets, from: Lab.foreignAgent)
        #expect(bench.notifications.map(\.state) == [.acknowledged] && bench.home.notificationsAcknowledged == 1)
    }

    @Test("A text to a home agent goes on with another of its visitors when the visit that it is about ends")
    func otherVisit() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]))
        for address in [Lab.home, Self.second] { _ = try bench.registerVisitor(nil) { $0.homeAddress = address } }
        let about = try GenericNotification(
            try bench.send(NotificationOrder(to: .homeAgent, text: NotificationLab.text))
        ).homeAddress
        let other = about == Lab.home ? Self.second : Lab.home
        bench.revoke(about)
        #expect(bench.visitors.map(\.homeAddress) == [other])
        bench.advance(seconds: 1.1)
        let next = try #require(bench.effects.datagrams.first)
        let fixed = try GenericNotification(next)
        #expect(next.destination == Lab.homeAgent && fixed.homeAddress == other)
        let answer = NotificationMessage(to: fixed) { $0.signatures = [(.foreignHomeAuthentication, Lab.ofHomeAgent)] }
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.notifications.map(\.state) == [.acknowledged] && bench.notifications.map(\.homeAddress) == [other])
    }

    @Test("A text to a foreign agent that every node has left ends")
    func noOtherNode() throws {
        var bench = try Self.home()
        _ = try bench.send(NotificationOrder(to: .foreignAgent, text: NotificationLab.text))
        bench.revoke(Lab.home)
        bench.revoke(Self.second)
        bench.advance(seconds: 60)
        #expect(bench.bindings.isEmpty && bench.notifications.map(\.state) == [.unanswered])
        #expect(bench.notifications.map(\.tries) == [1])
    }

    // MARK: - Ways

    @Test("A text that goes elsewhere with a later try does not let others follow each other there without a pause")
    func pace() throws {
        let prefix = try #require(Lab.homeNetwork)
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.prefix(prefix))]))
        let elsewhere = RevocationLab.otherForeignAgent
        func request(_ last: UInt8) -> [UInt8] {
            Request(visiting: bench) { $0.homeAddress = IPv4Address(192, 0, 2, last) }.octets
        }
        func order(_ last: UInt8) -> NotificationOrder {
            let host = IPv4Prefix(host: IPv4Address(192, 0, 2, last))
            return NotificationOrder(to: .mobileNode, homeAddresses: host, text: NotificationLab.text)
        }
        bench.receive(request(10), from: Lab.foreignAgent)
        for last in [11, 12] as [UInt8] { bench.receive(request(last), from: elsewhere) }
        #expect(bench.bindings.count == 3)
        let first = try bench.send(order(10))
        #expect(first.destination == Lab.foreignAgent)
        bench.advance(seconds: 0.5)
        bench.receive(request(10), from: elsewhere)
        bench.advance(seconds: 0.6)
        let second = try #require(bench.effects.datagrams.first)
        #expect(second.destination == elsewhere)
        let another = try bench.send(order(11))
        #expect(another.destination == elsewhere)
        let answer = NotificationMessage(to: try GenericNotification(second)) {
            $0.signatures = [(.mobileHomeAuthentication, Lab.association())]
        }
        bench.receive(answer.octets, from: elsewhere)
        #expect(bench.notifications.map(\.state) == [.acknowledged, .waiting])
        let (effects, refusal) = bench.notify(order(12))
        #expect(refusal == nil && effects.datagrams.isEmpty)
        bench.advance(seconds: 0.011)
        #expect(bench.effects.datagrams.map(\.destination) == [elsewhere])
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
