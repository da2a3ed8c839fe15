import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// A direction in which an agent gets notifications.
struct NotificationArrival: Sendable, CustomTestStringConvertible {
    var testDescription: String
    let direction: NotificationDirection
    let bench: @Sendable () throws -> Bench
    let local: TransportEndpoint
    let source: TransportEndpoint
    /// The authenticators, in order; the last one is that of the sender unless `relay` is true.
    let signatures: [(type: ExtensionType, association: ConfiguredSecurityAssociation)]
    /// The authenticators of the answer.
    let answerSignatures: [(type: ExtensionType, association: ConfiguredSecurityAssociation)]
    var careOfAddress = Lab.foreignAgent.address

    static let all: [NotificationArrival] = [
        NotificationArrival(
            testDescription: "node to home agent through a foreign agent", direction: .mobileNodeToHomeAgent,
            bench: { try NotificationLab.home() }, local: Lab.homeAgent, source: Lab.foreignAgent,
            signatures: [
                (.mobileHomeAuthentication, NotificationLab.ofNode), (.foreignHomeAuthentication, Lab.ofForeignAgent),
            ],
            answerSignatures: [
                (.mobileHomeAuthentication, NotificationLab.ofNode), (.foreignHomeAuthentication, Lab.ofForeignAgent),
            ]),
        NotificationArrival(
            testDescription: "node to home agent directly", direction: .mobileNodeToHomeAgent,
            bench: { try NotificationLab.direct() }, local: Lab.homeAgent, source: Lab.node,
            signatures: [(.mobileHomeAuthentication, NotificationLab.ofNode)],
            answerSignatures: [(.mobileHomeAuthentication, NotificationLab.ofNode)], careOfAddress: Lab.careOf),
        NotificationArrival(
            testDescription: "foreign agent to home agent", direction: .foreignAgentToHomeAgent,
            bench: { try NotificationLab.home() }, local: Lab.homeAgent, source: Lab.foreignAgent,
            signatures: [(.foreignHomeAuthentication, Lab.ofForeignAgent)],
            answerSignatures: [(.foreignHomeAuthentication, Lab.ofForeignAgent)]),
        NotificationArrival(
            testDescription: "home agent to foreign agent", direction: .homeAgentToForeignAgent,
            bench: { try NotificationLab.foreign() }, local: Lab.foreignAgent, source: Lab.homeAgent,
            signatures: [(.foreignHomeAuthentication, Lab.ofHomeAgent)],
            answerSignatures: [(.foreignHomeAuthentication, Lab.ofHomeAgent)]),
        NotificationArrival(
            testDescription: "node to foreign agent", direction: .mobileNodeToForeignAgent,
            bench: { try NotificationLab.foreign() }, local: Lab.foreignAgent, source: Lab.visitor,
            signatures: [(.mobileForeignAuthentication, Lab.ofVisitor)],
            answerSignatures: [(.mobileForeignAuthentication, Lab.ofVisitor)]),
    ]

    var role: AgentRole { local == Lab.homeAgent ? .homeAgent : .foreignAgent }
    var codes: NotificationRole { role == .homeAgent ? .homeAgent : .foreignAgent }

    func message(_ bench: Bench, _ change: (inout NotificationMessage) -> Void = { _ in }) -> [UInt8] {
        NotificationMessage(direction, bench) {
            $0.careOfAddress = careOfAddress
            $0.signatures = signatures.map { ($0.type, $0.association) }
            change(&$0)
        }.octets
    }

    /// Delivers a notification; returns the answer.
    func deliver(
        to bench: inout Bench, _ change: (inout NotificationMessage) -> Void = { _ in }
    ) throws -> NotificationAnswer? {
        let answer = bench.receive(message(bench, change), from: source, to: local)
        guard let answer else { return nil }
        #expect(answer.source == local && answer.destination == source)
        return try NotificationAnswer(answer.payload)
    }

    func discards(_ bench: Bench, _ reason: DiscardReason) -> UInt64 {
        role == .homeAgent ? bench.home.discards[reason] : bench.foreign.discards[reason]
    }

    func received(_ bench: Bench) -> UInt64 {
        role == .homeAgent ? bench.home.notificationsReceived : bench.foreign.notificationsReceived
    }

    func denied(_ bench: Bench) -> UInt64 {
        role == .homeAgent ? bench.home.notificationsDenied : bench.foreign.notificationsDenied
    }
}

@Suite("Generic notifications that agents get")
struct NotificationReceivingTests {
    @Test(
        "A notification is acknowledged in the opposite direction, and its text is in a row and an event",
        arguments: NotificationArrival.all)
    func accepted(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        let answer = try #require(try arrival.deliver(to: &bench))
        #expect(answer.fixed.code == .accepted && answer.fixed.direction == arrival.direction.path?.acknowledgment)
        #expect(answer.fixed.identification == bench.identification && answer.fixed.homeAddress == Lab.home)
        #expect(answer.fixed.homeAgent == Lab.homeAgent.address && answer.fixed.careOfAddress == arrival.careOfAddress)
        #expect(answer.isSigned(arrival.answerSignatures.map { ($0.type, $0.association) }))
        let event = try #require(bench.events.first)
        #expect(
            event.kind == .notificationReceived && event.role == arrival.role && event.message.hasSuffix(NotificationLab.text))
        let row = try #require(bench.notifications.first)
        #expect(row.state == .received && row.text == NotificationLab.text && row.role == arrival.role && row.tries == 1)
        #expect(arrival.received(bench) == 1 && arrival.denied(bench) == 0 && bench.violations.isEmpty)
    }

    @Test(
        "A notification without a text, and one that asks for no acknowledgment, are accepted", arguments: NotificationArrival.all
    )
    func plain(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        let answer = try arrival.deliver(to: &bench) {
            $0.text = nil
            $0.isAcknowledged = false
        }
        #expect(answer == nil && arrival.received(bench) == 1)
        #expect(bench.events.first?.message.hasSuffix("without a text") == true)
    }

    @Test("A control character in a text is not shown", arguments: NotificationArrival.all)
    func control(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        _ = try arrival.deliver(to: &bench) { $0.text = "a\u{1B}[31mb\nc" }
        #expect(bench.notifications.map(\.text) == ["a[31mb c"])
    }

    /// A wrong authenticator, and why it is dropped if it is not answered.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var reason: DiscardReason
        var violation: ViolationReason
        var change: @Sendable (inout (ExtensionType, ConfiguredSecurityAssociation)) -> Void = { _ in }
        var isMissing = false
        var isDoubled = false

        static let all: [Fault] = [
            Fault(
                testDescription: "missing", reason: .authenticationFailed, violation: .missingSecurityExtension, isMissing: true),
            Fault(testDescription: "doubled", reason: .authenticationFailed, violation: .other, isDoubled: true),
            Fault(
                testDescription: "with a wrong key", reason: .authenticationFailed, violation: .badAuthenticator,
                change: { $0.1 = Lab.association(spi: $0.1.association.spi, key: Lab.wrongKey) }),
            Fault(
                testDescription: "with an unknown SPI", reason: .noSecurityAssociation, violation: .badSPI,
                change: { $0.1 = Lab.association(spi: SecurityParameterIndex(rawValue: 0x999), key: $0.1.key) }),
        ]
    }

    @Test(
        "Without exactly one right authenticator of the sender, it is refused with the code for that",
        arguments: NotificationArrival.all, Fault.all)
    func unauthentic(_ arrival: NotificationArrival, _ fault: Fault) throws {
        let required = try #require(arrival.direction.path)
        for isAcknowledged in [true, false] {
            var bench = try arrival.bench()
            let answer = try arrival.deliver(to: &bench) {
                $0.isAcknowledged = isAcknowledged
                let place = $0.signatures.firstIndex { $0.0 == required.requiredAuthentication } ?? 0
                fault.change(&$0.signatures[place])
                if fault.isDoubled { $0.signatures.insert($0.signatures[place], at: place) }
                if fault.isMissing {
                    $0.signatures.remove(at: place)
                    // An answer is not longer than what anyone may have sent.
                    $0.text = String(repeating: "x", count: 100)
                }
            }
            #expect(answer?.fixed.code == (isAcknowledged ? required.authenticationFailure : nil))
            #expect(answer.map { $0.isSigned(arrival.answerSignatures.map { ($0.type, $0.association) }) } ?? true)
            #expect(arrival.denied(bench) == (isAcknowledged ? 1 : 0))
            #expect(arrival.discards(bench, fault.reason) == (isAcknowledged ? 0 : 1))
            #expect(arrival.received(bench) == 0 && bench.notifications.isEmpty)
            #expect(bench.violations.map(\.recentReason) == [fault.violation])
        }
    }

    @Test(
        "A short notification without an authenticator has no answer, which would be longer", arguments: NotificationArrival.all)
    func noAmplification(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        let answer = try arrival.deliver(to: &bench) {
            $0.text = nil
            $0.signatures = []
        }
        #expect(answer == nil && arrival.discards(bench, .authenticationFailed) == 1)
    }

    @Test("A wrong authenticator of the foreign agent that relays is refused with 132, and a missing one is not")
    func hop() throws {
        let arrival = NotificationArrival.all[0]
        for fault in Fault.all {
            var bench = try arrival.bench()
            let answer = try arrival.deliver(to: &bench) {
                fault.change(&$0.signatures[1])
                if fault.isDoubled { $0.signatures.append($0.signatures[1]) }
                if fault.isMissing { $0.signatures.removeLast() }
            }
            #expect(answer?.fixed.code == (fault.isMissing ? .accepted : .haForeignAgentFailedAuthentication))
            #expect(answer?.fixed.direction == .homeAgentToMobileNode)
            #expect(bench.violations.map(\.recentReason) == (fault.isMissing ? [] : [fault.violation]))
        }
    }

    @Test("Nobody who shares no association with the agent gets an answer")
    func strangers() throws {
        for (index, associations) in [(3, [Lab.ofVisitor]), (4, [Lab.ofHomeAgent])] {
            let arrival = NotificationArrival.all[index]
            var bench = try NotificationLab.foreign(associations)
            #expect(try arrival.deliver(to: &bench) == nil)
            #expect(arrival.discards(bench, .noSecurityAssociation) == 1)
            #expect(bench.violations.map(\.recentReason) == [.noMobilitySecurityAssociation])
        }
    }

    @Test(
        "A timestamp within the tolerance is accepted; otherwise the answer has the clock of the agent in the high word",
        arguments: NotificationArrival.all)
    func tolerance(_ arrival: NotificationArrival) throws {
        for (offset, isAccepted) in [(-6.5, true), (6.5, true), (-7.5, false), (7.5, false), (-1e6, false)] {
            var bench = try arrival.bench()
            bench.advance(seconds: 30)
            let given = Identification(
                rawValue: bench.identification.rawValue &+ UInt64(bitPattern: Int64(offset * 4_294_967_296)) &+ 0x1234)
            let answer = try #require(try arrival.deliver(to: &bench) { $0.identification = given })
            #expect(answer.fixed.code == (isAccepted ? .accepted : arrival.codes.identificationMismatch))
            #expect(answer.fixed.identification.low == given.low)
            #expect(answer.fixed.identification.high == (isAccepted ? given.high : bench.identification.high))
            #expect(arrival.received(bench) == (isAccepted ? 1 : 0) && arrival.denied(bench) == (isAccepted ? 0 : 1))
            #expect(bench.violations.map(\.recentReason) == (isAccepted ? [] : [.badIdentifier]))
        }
    }

    @Test("The tolerance is that of the association")
    func ownTolerance() throws {
        let node = Lab.association(tolerance: 60)
        var bench = try NotificationLab.home([node, Lab.ofForeignAgent])
        let late = try NotificationArrival.all[0].deliver(to: &bench) {
            $0.identification = Identification(rawValue: $0.identification.rawValue &- 50 << 32)
        }
        #expect(late?.fixed.code == .accepted)
    }

    @Test("A copy is acknowledged again and changes nothing", arguments: NotificationArrival.all)
    func duplicate(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        let message = arrival.message(bench)
        let first = bench.receive(message, from: arrival.source, to: arrival.local)
        bench.uptime += 2_000_000_000
        let second = bench.receive(message, from: arrival.source, to: arrival.local)
        #expect(first != nil && first == second && bench.events.isEmpty)
        #expect(arrival.received(bench) == 1 && bench.notifications.map(\.tries) == [2])
    }

    @Test(
        "An older notification than the last accepted one is refused, and a later one accepted",
        arguments: NotificationArrival.all)
    func replay(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        let old = arrival.message(bench)
        _ = try arrival.deliver(to: &bench)
        bench.advance(seconds: 1)
        #expect(try arrival.deliver(to: &bench)?.fixed.code == .accepted)
        let replayed = bench.receive(old, from: arrival.source, to: arrival.local)
        #expect(try NotificationAnswer(try #require(replayed).payload).fixed.code == arrival.codes.identificationMismatch)
        bench.advance(seconds: 1)
        #expect(try arrival.deliver(to: &bench)?.fixed.code == .accepted)
        #expect(arrival.received(bench) == 3 && arrival.denied(bench) == 1)
    }

    @Test("A notification from before the start of the agent is refused", arguments: NotificationArrival.all)
    func start(_ arrival: NotificationArrival) throws {
        // An agent that has just been started, and whose state was restored, gets what another start has accepted.
        var bench = try arrival.bench()
        let started = Identification(unixNanoseconds: bench.start * 1_000_000_000)
        let tolerant = try arrival.deliver(to: &bench) {
            $0.identification = Identification(rawValue: started.rawValue &- 1 << 32)
        }
        #expect(tolerant?.fixed.code == arrival.codes.identificationMismatch)
    }

    @Test(
        "After the clock was set back, what was accepted before is refused, and a timestamp by the clock accepted",
        arguments: NotificationArrival.all)
    func clockStep(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        let old = arrival.message(bench)
        _ = bench.receive(old, from: arrival.source, to: arrival.local)
        bench.advance(seconds: 10)
        _ = try arrival.deliver(to: &bench)
        bench.start -= 10
        bench.step(by: -10_000)
        let replayed = bench.receive(old, from: arrival.source, to: arrival.local)
        #expect(try NotificationAnswer(try #require(replayed).payload).fixed.code == arrival.codes.identificationMismatch)
        bench.advance(seconds: 1)
        #expect(try arrival.deliver(to: &bench)?.fixed.code == .accepted)
    }

    @Test("Any extension that is not permitted drops the message, wherever it stands", arguments: NotificationArrival.all)
    func closedList(_ arrival: NotificationArrival) throws {
        let forbidden: [[UInt8]] = [
            [131, 1, 97], [38, 0, 0, 8, 0, 0, 0, 9, 0, 1, 0, 0], [134, 8, 0, 0, 0, 0, 0, 9, 0, 1], [36, 1, 0, 4, 0, 0, 1, 0],
            [132, 4, 1, 2, 3, 4], [200, 0], [7, 0], [145, 2, 3, 97], [137, 6, 128, 0, 0, 0, 0, 0],
        ]
        for octets in forbidden {
            var bench = try arrival.bench()
            #expect(try arrival.deliver(to: &bench) { $0.extensions = octets } == nil)
            let behind = bench.receive(arrival.message(bench) + octets, from: arrival.source, to: arrival.local)
            #expect(behind == nil && arrival.discards(bench, .unknownExtension) == 2, "\(octets)")
            #expect(arrival.received(bench) == 0 && bench.violations.isEmpty)
        }
    }

    @Test("Padding is permitted", arguments: NotificationArrival.all)
    func padding(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        #expect(try arrival.deliver(to: &bench) { $0.extensions = [0, 0] }?.fixed.code == .accepted)
    }

    @Test("A truncated message and an undefined direction are malformed", arguments: NotificationArrival.all)
    func malformed(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        let message = arrival.message(bench)
        // Without the authenticator of the foreign agent, the first of these messages is whole.
        for length in 1..<message.count where length != message.count - 22 {
            #expect(bench.receive(Array(message[..<length]), from: arrival.source, to: arrival.local) == nil || length >= 46)
        }
        #expect(arrival.received(bench) == 0)
        for direction in [6, 7, 255] as [UInt8] {
            let undefined = try arrival.deliver(to: &bench) { $0.direction = NotificationDirection(rawValue: direction) }
            #expect(undefined == nil)
        }
        #expect(bench.agent.counters.discards[.malformed] == 3 + 23)
    }

    @Test("A notification about a node that is not registered is dropped")
    func unregistered() throws {
        for (index, change): (Int, (inout NotificationMessage) -> Void) in [
            (0, { $0.homeAddress = IPv4Address(192, 0, 2, 99) }), (0, { $0.careOfAddress = Lab.otherCareOf }),
            (2, { $0.careOfAddress = Lab.otherCareOf }), (4, { $0.homeAddress = IPv4Address(192, 0, 2, 99) }),
            (4, { $0.homeAgent = IPv4Address(192, 0, 2, 99) }),
        ] {
            let arrival = NotificationArrival.all[index]
            var bench = try arrival.bench()
            #expect(try arrival.deliver(to: &bench, change) == nil)
            #expect(arrival.discards(bench, .unknownRegistration) == 1 && bench.violations.isEmpty)
        }
    }

    @Test("A home agent may write to a foreign agent that has forgotten the visit")
    func forgottenVisit() throws {
        let arrival = NotificationArrival.all[3]
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]))
        #expect(try arrival.deliver(to: &bench)?.fixed.code == .accepted)
        #expect(try arrival.deliver(to: &bench) { $0.careOfAddress = Lab.otherCareOf } == nil)
        #expect(bench.foreign.discards[.notServed] == 1)
    }

    @Test("A direction that is off is refused as administratively prohibited", arguments: NotificationArrival.all)
    func prohibited(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        bench.set { $0.notificationDirections = 63 & ~(1 << arrival.direction.rawValue) }
        #expect(try arrival.deliver(to: &bench)?.fixed.code == arrival.codes.administrativelyProhibited)
        bench.set { $0.notificationDirections = 63 }
        #expect(try arrival.deliver(to: &bench)?.fixed.code == .accepted)
    }

    @Test(
        "Of a flood by one sender, one a second is accepted, and a hundred others are refused for lack of resources",
        arguments: NotificationArrival.all)
    func flood(_ arrival: NotificationArrival) throws {
        var bench = try arrival.bench()
        var codes: [NotificationCode: Int] = [:]
        for _ in 0..<250 {
            bench.uptime += 1_000_000
            if let code = try arrival.deliver(to: &bench)?.fixed.code { codes[code, default: 0] += 1 }
        }
        #expect(codes == [.accepted: 1, arrival.codes.insufficientResources: 100])
        #expect(arrival.discards(bench, .rateLimited) == 149)
        bench.advance(seconds: 1)
        #expect(try arrival.deliver(to: &bench)?.fixed.code == .accepted)
    }

    @Test("What an agent itself sends does not come back to it", arguments: NotificationRoute.all)
    func reflected(_ route: NotificationRoute) throws {
        // A home agent's notification to a node is one that a foreign agent relays.
        var bench = try route.bench()
        let datagram = try bench.send(route.order)
        bench.receive(datagram.payload, from: route.peer, to: route.local)
        #expect(bench.effects.datagrams.isEmpty && route.discards(bench, .reflected) == 1)
    }

    @Test("An agent takes no part in directions of other roles")
    func otherRoles() throws {
        var home = try NotificationLab.home()
        for direction in [NotificationDirection.mobileNodeToForeignAgent, .foreignAgentToMobileNode] {
            home.receive(NotificationMessage(direction, home).octets, from: Lab.foreignAgent)
        }
        home.receive(
            NotificationMessage(.mobileNodeToHomeAgent, home) { $0.homeAgent = IPv4Address(192, 0, 2, 2) }.octets,
            from: Lab.foreignAgent)
        #expect(home.home.discards[.notServed] == 3 && home.effects.isEmpty)
    }
}
