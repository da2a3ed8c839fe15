import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// A direction in which an agent sends, and who answers how.
struct NotificationRoute: Sendable, CustomTestStringConvertible {
    var testDescription: String
    let direction: NotificationDirection
    let order: NotificationOrder
    let bench: @Sendable () throws -> Bench
    let local: TransportEndpoint
    let peer: TransportEndpoint
    /// The authenticators of the notification and of a good answer, in order.
    let signatures: [(type: ExtensionType, association: ConfiguredSecurityAssociation)]
    var careOfAddress = Lab.foreignAgent.address

    static let all: [NotificationRoute] = [
        NotificationRoute(
            testDescription: "home agent to node through a foreign agent", direction: .homeAgentToMobileNode,
            order: NotificationOrder(to: .mobileNode, text: NotificationLab.text), bench: { try NotificationLab.home() },
            local: Lab.homeAgent, peer: Lab.foreignAgent,
            signatures: [
                (.mobileHomeAuthentication, NotificationLab.ofNode), (.foreignHomeAuthentication, Lab.ofForeignAgent),
            ]),
        NotificationRoute(
            testDescription: "home agent to node directly", direction: .homeAgentToMobileNode,
            order: NotificationOrder(to: .mobileNode, text: NotificationLab.text), bench: { try NotificationLab.direct() },
            local: Lab.homeAgent, peer: Lab.node, signatures: [(.mobileHomeAuthentication, NotificationLab.ofNode)],
            careOfAddress: Lab.careOf),
        NotificationRoute(
            testDescription: "home agent to foreign agent", direction: .homeAgentToForeignAgent,
            order: NotificationOrder(to: .foreignAgent, text: NotificationLab.text), bench: { try NotificationLab.home() },
            local: Lab.homeAgent, peer: Lab.foreignAgent, signatures: [(.foreignHomeAuthentication, Lab.ofForeignAgent)]),
        NotificationRoute(
            testDescription: "foreign agent to node", direction: .foreignAgentToMobileNode,
            order: NotificationOrder(to: .mobileNode, text: NotificationLab.text), bench: { try NotificationLab.foreign() },
            local: Lab.foreignAgent, peer: Lab.visitor, signatures: [(.mobileForeignAuthentication, Lab.ofVisitor)]),
        NotificationRoute(
            testDescription: "foreign agent to home agent", direction: .foreignAgentToHomeAgent,
            order: NotificationOrder(to: .homeAgent, text: NotificationLab.text), bench: { try NotificationLab.foreign() },
            local: Lab.foreignAgent, peer: Lab.homeAgent, signatures: [(.foreignHomeAuthentication, Lab.ofHomeAgent)]),
    ]

    /// The answer to a notification of this route.
    func answer(
        _ datagram: OutgoingDatagram, code: NotificationCode = .accepted, _ change: (inout NotificationMessage) -> Void = { _ in }
    ) throws -> [UInt8] {
        NotificationMessage(to: try GenericNotification(datagram), code: code) {
            $0.signatures = signatures.map { ($0.type, $0.association) }
            change(&$0)
        }.octets
    }

    var role: AgentRole { local == Lab.homeAgent ? .homeAgent : .foreignAgent }

    func counts(_ bench: Bench) -> [UInt64] {
        let (home, foreign) = (bench.home, bench.foreign)
        return role == .homeAgent
            ? [
                home.notificationsSent, home.notificationsResent, home.notificationsAcknowledged, home.notificationsRefused,
                home.notificationsUnacknowledged,
            ]
            : [
                foreign.notificationsSent, foreign.notificationsResent, foreign.notificationsAcknowledged,
                foreign.notificationsRefused, foreign.notificationsUnacknowledged,
            ]
    }

    func discards(_ bench: Bench, _ reason: DiscardReason) -> UInt64 {
        (role == .homeAgent ? bench.home.discards[reason] : bench.foreign.discards[reason])
            + bench.agent.counters.discards[reason]
    }
}

@Suite("Generic notifications that agents send")
struct NotificationSendingTests {
    @Test(
        "A notification goes where the registration came from, with its text and exactly the authenticators of its way",
        arguments: NotificationRoute.all)
    func sent(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        let datagram = try bench.send(route.order)
        #expect(datagram.source == route.local && datagram.destination == route.peer)
        let expected = NotificationMessage(route.direction, bench) {
            $0.careOfAddress = route.careOfAddress
            $0.signatures = route.signatures.map { ($0.type, $0.association) }
        }
        var octets = expected.octets
        if route.role == .foreignAgent {
            // Sub-Type 2: a foreign agent has written the text.
            octets =
                NotificationMessage(route.direction, bench) {
                    $0.text = nil
                    $0.extensions = [145, 25, 2] + Array(NotificationLab.text.utf8)
                    $0.signatures = expected.signatures
                }.octets
        }
        #expect(datagram.payload == octets)
        #expect(route.counts(bench) == [1, 0, 0, 0, 0])
        let row = try #require(bench.notifications.first)
        #expect(row.state == .waiting && row.tries == 1 && row.role == route.role && row.text == NotificationLab.text)
        #expect(row.peerRole == route.order.to && row.homeAddress == Lab.home && row.code == nil)
    }

    @Test("An acknowledgment ends the exchange, and nothing is sent again", arguments: NotificationRoute.all)
    func acknowledged(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        let datagram = try bench.send(route.order)
        bench.uptime += 40_000_000
        bench.receive(try route.answer(datagram), from: route.peer, to: route.local)
        let row = try #require(bench.notifications.first)
        #expect(row.state == .acknowledged && row.code == 0 && row.delay == 40 && row.nextTry == nil)
        bench.advance(seconds: 60)
        #expect(bench.effects.datagrams.isEmpty)
        #expect(route.counts(bench) == [1, 0, 1, 0, 0])
    }

    @Test("A doubled acknowledgment counts once", arguments: NotificationRoute.all)
    func doubled(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        let answer = try route.answer(try bench.send(route.order))
        bench.receive(answer, from: route.peer, to: route.local)
        bench.receive(answer, from: route.peer, to: route.local)
        #expect(route.counts(bench) == [1, 0, 1, 0, 0])
        #expect(route.discards(bench, .unmatchedAcknowledgment) == 1)
    }

    @Test(
        "Without an acknowledgment, the tries double their distance, each is a later notification, and then there is an event",
        arguments: NotificationRoute.all)
    func lost(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        bench.set { $0.retransmissionTries = 4 }
        var tries = [try bench.send(route.order)]
        var times = [bench.uptime]
        for _ in 1..<4 {
            let deadline = try #require(bench.agent.nextDeadline)
            bench.advance(seconds: Double(deadline - bench.uptime) / 1_000_000_000)
            tries += bench.effects.datagrams
            times.append(bench.uptime)
        }
        #expect(zip(times.dropFirst(), times).map { ($0 - $1) / 1_000_000_000 } == [1, 2, 4])
        let identifications = try tries.map { try GenericNotification($0).identification }
        #expect(zip(identifications.dropFirst(), identifications).allSatisfy { $0.rawValue > $1.rawValue })
        #expect(Set(identifications.map(\.low)).count == 4)
        bench.advance(seconds: 7.9)
        #expect(bench.notifications.map(\.state) == [.waiting])
        bench.advance(seconds: 0.2)
        #expect(bench.notifications.map(\.state) == [.unanswered] && bench.notifications.map(\.tries) == [4])
        #expect(bench.events.map(\.kind) == [.notificationUnacknowledged])
        #expect(route.counts(bench) == [1, 3, 0, 0, 1])
    }

    @Test("An acknowledgment of an earlier try counts", arguments: NotificationRoute.all)
    func late(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        let first = try bench.send(route.order)
        bench.advance(seconds: 1.5)
        #expect(bench.effects.datagrams.count == 1)
        bench.receive(try route.answer(first), from: route.peer, to: route.local)
        #expect(bench.notifications.map(\.state) == [.acknowledged] && bench.notifications.map(\.delay) == [1500])
        #expect(route.counts(bench) == [1, 1, 1, 0, 0])
    }

    @Test("A code that no later try can change ends the exchange as refused", arguments: NotificationRoute.all)
    func refused(_ route: NotificationRoute) throws {
        let peer = try #require(route.direction.path).receiver
        for code in [peer.reasonUnspecified, peer.administrativelyProhibited, NotificationCode(rawValue: 250)] {
            var bench = try route.bench()
            bench.receive(try route.answer(try bench.send(route.order), code: code), from: route.peer, to: route.local)
            #expect(bench.notifications.map(\.state) == [.refused] && bench.notifications.map(\.code) == [code.rawValue])
            #expect(route.counts(bench) == [1, 0, 0, 1, 0])
        }
    }

    /// Codes that a forged copy of a notification may cause, or a lack of resources that may be over soon.
    private static func passing(_ route: NotificationRoute) throws -> [NotificationCode] {
        let peer = try #require(route.direction.path).receiver
        let final = [peer.reasonUnspecified, peer.administrativelyProhibited, peer.identificationMismatch]
        return NotificationCode.all.filter { $0.giver == peer && !final.contains($0) }
    }

    @Test(
        "After a failed authentication or a lack of resources, the tries go on, and an acknowledgment still counts",
        arguments: NotificationRoute.all)
    func goesOn(_ route: NotificationRoute) throws {
        let codes = try Self.passing(route)
        #expect(codes.count == 3)
        for code in codes {
            var bench = try route.bench()
            bench.receive(try route.answer(try bench.send(route.order), code: code), from: route.peer, to: route.local)
            #expect(bench.notifications.map(\.state) == [.waiting] && bench.notifications.map(\.code) == [code.rawValue])
            bench.advance(seconds: 1)
            let second = try #require(bench.effects.datagrams.first)
            bench.receive(try route.answer(second), from: route.peer, to: route.local)
            #expect(bench.notifications.map(\.state) == [.acknowledged] && bench.notifications.map(\.code) == [0])
            #expect(route.counts(bench) == [1, 1, 1, 0, 0])
        }
    }

    @Test("If such a code was the only answer to all tries, the exchange is refused", arguments: NotificationRoute.all)
    func neverContent(_ route: NotificationRoute) throws {
        for code in try Self.passing(route) {
            var bench = try route.bench()
            bench.set { $0.retransmissionTries = 2 }
            bench.receive(try route.answer(try bench.send(route.order), code: code), from: route.peer, to: route.local)
            bench.advance(seconds: 10)
            #expect(bench.notifications.map(\.state) == [.refused] && bench.notifications.map(\.code) == [code.rawValue])
            #expect(route.counts(bench) == [1, 1, 0, 1, 0])
        }
    }

    @Test(
        "After an identification mismatch, the next try follows the clock of the peer", arguments: NotificationRoute.all,
        [-3600, 3600])
    func resynchronized(_ route: NotificationRoute, seconds: Int) throws {
        var bench = try route.bench()
        let peer = try #require(route.direction.path).receiver
        let first = try bench.send(route.order)
        let sent = try GenericNotification(first).identification
        let theirs = Identification(high: sent.high &+ UInt32(bitPattern: Int32(seconds)), low: sent.low)
        bench.receive(
            try route.answer(first, code: peer.identificationMismatch) { $0.identification = theirs }, from: route.peer,
            to: route.local)
        #expect(bench.effects.datagrams.isEmpty && bench.notifications.map(\.state) == [.waiting])
        bench.advance(seconds: 1)
        let second = try #require(bench.effects.datagrams.first)
        let distance = try GenericNotification(second).identification.seconds(since: theirs)
        #expect(abs(distance - 1) <= 1)
        bench.receive(try route.answer(second), from: route.peer, to: route.local)
        #expect(bench.notifications.map(\.state) == [.acknowledged] && bench.notifications.map(\.code) == [0])
        // It is remembered for what is sent later.
        bench.advance(seconds: 100)
        let third = try GenericNotification(try bench.send(route.order)).identification
        #expect(abs(third.seconds(since: theirs) - 101) <= 1)
    }

    @Test("A notification that is refused for its Identification until the last try is refused", arguments: NotificationRoute.all)
    func neverSynchronized(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        bench.set { $0.retransmissionTries = 2 }
        let code = try #require(route.direction.path).receiver.identificationMismatch
        bench.receive(try route.answer(try bench.send(route.order), code: code), from: route.peer, to: route.local)
        bench.advance(seconds: 10)
        #expect(bench.notifications.map(\.state) == [.refused] && bench.notifications.map(\.code) == [code.rawValue])
        #expect(route.counts(bench) == [1, 1, 0, 1, 0] && bench.events.isEmpty)
    }

    @Test("An identification mismatch with another low word, or of an earlier try, is ignored", arguments: NotificationRoute.all)
    func strangeMismatch(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        let code = try #require(route.direction.path).receiver.identificationMismatch
        let first = try bench.send(route.order)
        let other = try route.answer(first, code: code) {
            $0.identification = Identification(high: $0.identification.high &+ 100, low: $0.identification.low &+ 1)
        }
        bench.receive(other, from: route.peer, to: route.local)
        bench.advance(seconds: 1)
        bench.receive(try route.answer(first, code: code), from: route.peer, to: route.local)
        #expect(route.discards(bench, .unmatchedAcknowledgment) == 2 && bench.notifications.map(\.code) == [nil])
    }

    @Test("A notification that asks for no acknowledgment is sent once", arguments: NotificationRoute.all)
    func unacknowledged(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        var order = route.order
        order.acknowledged = false
        let datagram = try bench.send(order)
        #expect(try !GenericNotification(datagram).requiresAcknowledgment)
        bench.advance(seconds: 60)
        #expect(bench.effects.isEmpty)
        #expect(bench.notifications.map(\.state) == [.sent] && bench.notifications.map(\.tries) == [1])
        #expect(route.counts(bench) == [1, 0, 0, 0, 0])
        bench.receive(try route.answer(datagram), from: route.peer, to: route.local)
        #expect(route.discards(bench, .unmatchedAcknowledgment) == 1)
    }

    /// A wrong acknowledgment, and why it is dropped.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reason: DiscardReason
        var change: @Sendable (inout NotificationMessage) -> Void
        var isViolation = true

        static let all: [Fault] = [
            Fault(testDescription: "no authenticator", reason: .authenticationFailed, change: { $0.signatures.removeFirst() }),
            Fault(
                testDescription: "a doubled authenticator", reason: .authenticationFailed,
                change: { $0.signatures.append($0.signatures[0]) }),
            Fault(
                testDescription: "a wrong key", reason: .authenticationFailed,
                change: { message in
                    let spi = message.signatures[0].1.association.spi
                    message.signatures[0].1 = Lab.association(spi: spi, key: Lab.wrongKey)
                }),
            Fault(
                testDescription: "a wrong SPI", reason: .noSecurityAssociation,
                change: { message in
                    let old = message.signatures[0].1
                    message.signatures[0].1 = Lab.association(spi: SecurityParameterIndex(rawValue: 0x999), key: old.key)
                }),
            Fault(
                testDescription: "an NAI", reason: .unknownExtension,
                change: { $0.extensions = [131, 1, 97] }, isViolation: false),
            Fault(
                testDescription: "another care-of address", reason: .unmatchedAcknowledgment,
                change: { $0.careOfAddress = Lab.otherCareOf }, isViolation: false),
            Fault(
                testDescription: "another home address", reason: .unmatchedAcknowledgment,
                change: { $0.homeAddress = IPv4Address(192, 0, 2, 11) }, isViolation: false),
            Fault(
                testDescription: "another high word", reason: .unmatchedAcknowledgment,
                change: { $0.identification = Identification(high: 1, low: $0.identification.low) }, isViolation: false),
        ]
    }

    @Test("A wrong acknowledgment is dropped and counted, and the exchange goes on", arguments: NotificationRoute.all, Fault.all)
    func wrong(_ route: NotificationRoute, _ fault: Fault) throws {
        var bench = try route.bench()
        let datagram = try bench.send(route.order)
        bench.receive(try route.answer(datagram, fault.change), from: route.peer, to: route.local)
        #expect(route.discards(bench, fault.reason) == 1)
        #expect(bench.notifications.map(\.state) == [.waiting] && bench.violations.count == (fault.isViolation ? 1 : 0))
        bench.receive(try route.answer(datagram), from: route.peer, to: route.local)
        #expect(bench.notifications.map(\.state) == [.acknowledged])
    }

    @Test("An acknowledgment from another address is dropped", arguments: NotificationRoute.all)
    func elsewhere(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        let datagram = try bench.send(route.order)
        let source = TransportEndpoint(IPv4Address(203, 0, 113, 77), port: 434)
        bench.receive(try route.answer(datagram), from: source, to: route.local)
        #expect(route.discards(bench, .unmatchedAcknowledgment) == 1 && bench.notifications.map(\.state) == [.waiting])
    }

    @Test("An acknowledgment through a foreign agent counts without its authenticator, but not with a wrong one")
    func relayedAcknowledgment() throws {
        let route = NotificationRoute.all[0]
        for (signs, state) in [(false, ExchangeState.acknowledged), (true, .waiting)] {
            var bench = try route.bench()
            let datagram = try bench.send(route.order)
            let answer = try route.answer(datagram) {
                $0.signatures[1].1 = Lab.association(spi: Lab.foreignSPI, key: Lab.wrongKey)
                if !signs { $0.signatures.removeLast() }
            }
            bench.receive(answer, from: route.peer)
            #expect(bench.notifications.map(\.state) == [state])
            #expect(bench.home.discards[.authenticationFailed] == (signs ? 1 : 0))
        }
    }

    @Test("Two notifications to one receiver are a second apart", arguments: NotificationRoute.all)
    func gap(_ route: NotificationRoute) throws {
        var bench = try route.bench()
        let first = try bench.send(route.order)
        bench.receive(try route.answer(first), from: route.peer, to: route.local)
        bench.uptime += 100_000_000
        #expect(bench.notify(route.order).effects.datagrams.isEmpty)
        bench.advance(seconds: 0.89)
        #expect(bench.effects.datagrams.isEmpty)
        bench.advance(seconds: 0.02)
        #expect(bench.effects.datagrams.count == 1 && bench.notifications.map(\.tries) == [1, 1])
    }

    @Test("A notification is given up when its registration ends")
    func expired() throws {
        var bench = try NotificationLab.home()
        bench.advance(seconds: 598)
        _ = try bench.send(NotificationOrder(to: .mobileNode, text: NotificationLab.text))
        bench.advance(seconds: 3)
        #expect(bench.bindings.isEmpty && bench.notifications.map(\.state) == [.unanswered])
    }

    @Test("Identifications grow while the clock stands still, and after it was set back")
    func ascending() throws {
        var bench = try NotificationLab.home()
        var last: Identification?
        for step in [0, 0, -1_000_000_000, -3_600_000_000_000, 0] as [Int64] {
            bench.clockError += step
            let sent = try GenericNotification(
                try bench.send(NotificationOrder(to: .foreignAgent, text: NotificationLab.text, acknowledged: false)))
            if let last { #expect(sent.identification.rawValue > last.rawValue) }
            last = sent.identification
            bench.uptime += 1_000_000_000
        }
    }
}
