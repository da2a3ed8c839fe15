import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Notifications that a mobile node receives")
struct ReceivedNotificationTests {
    @Test("One is shown, reported and acknowledged on the way that it has come", arguments: NotifyingAgent.all)
    func accepted(_ agent: NotifyingAgent) throws {
        let visiting = agent.node { $0.nai = Place.alice }
        let notification = agent.notification(at: visiting)
        let text = try #require(notification.text)
        #expect(visiting.hear(notification, from: agent.endpoint) == agent.answer(to: notification, .accepted))

        let shown = agent.isHome ? visiting.status.homeAgentMessage : visiting.status.foreignAgentMessage
        let received = Place.start.adding(milliseconds: 10_000)
        #expect(
            shown
                == ReceivedMessage(
                    text: text, agentAddress: agent.address, code: 0, isAuthenticated: true, received: received))
        #expect(visiting.newTexts == [text])
        #expect(
            visiting.exchanges == [
                Exchange(
                    number: 1, kind: .notification, role: .mobileNode, peer: agent.address, peerRole: agent.role,
                    homeAddress: VisitingNode.home, nai: Place.alice, homeAgent: VisitingNode.homeAgent.address,
                    careOfAddress: agent.careOfAddress, state: .received, tries: 1, started: received, ended: received,
                    text: text)
            ])
        let name = agent.isHome ? "home agent 192.0.2.1" : "foreign agent 198.51.100.1"
        #expect(
            visiting.events == [
                AgentEvent(
                    time: received, kind: .notificationReceived, role: .mobileNode, homeAddress: VisitingNode.home,
                    nai: Place.alice, careOfAddress: agent.careOfAddress, homeAgent: VisitingNode.homeAgent.address,
                    sourceAddress: agent.endpoint.address, message: "\(name) sent a notification: \(text)")
            ])
        #expect(visiting.counters.notificationsReceived == 1 && visiting.counters.notificationsDenied == 0)
        #expect(visiting.node.totalViolations == 0)
    }

    @Test("One that asks for no acknowledgment is shown and not answered", arguments: NotifyingAgent.all)
    func unacknowledged(_ agent: NotifyingAgent) {
        let visiting = agent.node()
        let notification = agent.notification(at: visiting) { $0.isAcknowledged = false }
        #expect(visiting.hear(notification, from: agent.endpoint) == nil)
        #expect(visiting.exchanges.map(\.state) == [.received])
    }

    @Test("One without a text is acknowledged, and the text before it stays")
    func textless() {
        let agent = NotifyingAgent.relayed
        let visiting = agent.node()
        _ = visiting.hear(agent.notification(at: visiting) { $0.text = "first" }, from: agent.endpoint)
        visiting.seconds = 11
        let notification = agent.notification(at: visiting) { $0.text = nil }
        #expect(visiting.hear(notification, from: agent.endpoint) == agent.answer(to: notification, .accepted))
        #expect(visiting.status.homeAgentMessage?.text == "first")
        #expect(visiting.exchanges.map(\.text) == ["first", ""])
    }

    @Test("A text that nobody has signed is not shown", arguments: NotifyingAgent.all)
    func unsignedText(_ agent: NotifyingAgent) {
        let visiting = agent.node()
        let notification = agent.notification(at: visiting) { ($0.text, $0.behind) = (nil, [145, 3, 1, 0x48, 0x69]) }
        #expect(visiting.hear(notification, from: agent.endpoint) == agent.answer(to: notification, .accepted))
        #expect(visiting.exchanges.map(\.text) == [""])
        #expect(visiting.newTexts.isEmpty)
    }

    /// A notification that is not accepted.
    struct Mistake: Sendable, CustomTestStringConvertible {
        enum Answer: Sendable {
            /// None.
            case dropped
            /// 195 or 196.
            case failure
            /// 197 with the node's clock.
            case mismatch
        }

        var testDescription: String
        var answer = Answer.dropped
        /// What is reported as a violation; nil for nothing.
        var violation: ViolationReason?
        let change: @Sendable (inout NodeNotification) -> Void

        init(
            _ description: String, _ answer: Answer = .dropped, _ violation: ViolationReason? = nil,
            _ change: @escaping @Sendable (inout NodeNotification) -> Void
        ) {
            (testDescription, self.answer, self.violation, self.change) = (description, answer, violation, change)
        }

        static let all: [Mistake] = [
            Mistake("no authenticator", .failure, .missingSecurityExtension) { $0.signatures = [] },
            Mistake("two authenticators", .failure, .other) { $0.signatures += $0.signatures },
            Mistake("the wrong key", .failure, .badAuthenticator) { $0.signatures[0].key = Place.wrongKey },
            Mistake("another SPI", .failure, .badSPI) { $0.signatures[0].spi = SecurityParameterIndex(rawValue: 0x999) },
            Mistake("an authenticator of another kind", .failure, .missingSecurityExtension) {
                $0.signatures[0].type = .foreignHomeAuthentication
            },
            Mistake("8 seconds old", .mismatch, .badIdentifier) {
                $0.identification = Identification(rawValue: $0.identification.rawValue - 8 << 32)
            },
            Mistake("8 seconds ahead", .mismatch, .badIdentifier) {
                $0.identification = Identification(rawValue: $0.identification.rawValue + 8 << 32)
            },
            Mistake("no time", .mismatch, .badIdentifier) { $0.identification = Identification(rawValue: 0) },
            Mistake("an unknown extension that must not be skipped") { $0.extensions = [35, 0] },
            Mistake("an unknown extension that could be skipped") { $0.extensions = [200, 0] },
            Mistake("an NAI") { $0.extensions = [131, 3, 0x61, 0x40, 0x62] },
            Mistake("a vendor extension") { $0.extensions = [134, 9, 0, 0, 0, 0, 9, 0, 1, 0, 0] },
            Mistake("a text of an unknown kind") { $0.extensions = [145, 2, 3, 0x61] },
            Mistake("an extension that is too long") { $0.behind = [145, 200, 1] },
            Mistake("an unknown extension behind the authenticator") { $0.behind = [200, 0] },
            Mistake("home agent to foreign agent") { $0.direction = .homeAgentToForeignAgent },
            Mistake("reflected, to the home agent") { $0.direction = .mobileNodeToHomeAgent },
            Mistake("reflected, to the foreign agent") { $0.direction = .mobileNodeToForeignAgent },
            Mistake("foreign agent to home agent") { $0.direction = .foreignAgentToHomeAgent },
            Mistake("an undefined direction") { $0.direction = NotificationDirection(rawValue: 6) },
            Mistake("another home address") { $0.homeAddress = IPv4Address(192, 0, 2, 11) },
            Mistake("another home agent") { $0.homeAgent = IPv4Address(192, 0, 2, 2) },
            Mistake("another care-of address") { $0.careOfAddress = IPv4Address(198, 51, 100, 2) },
        ]
    }

    @Test(
        "One that breaks a rule changes nothing and gets the code of that rule, if it has one", arguments: NotifyingAgent.all,
        Mistake.all)
    func refused(_ agent: NotifyingAgent, _ mistake: Mistake) {
        let visiting = agent.node()
        let notification = agent.notification(at: visiting, mistake.change)
        let answer = visiting.hear(notification, from: agent.endpoint)
        switch mistake.answer {
        case .dropped: #expect(answer == nil)
        case .failure: #expect(answer == agent.answer(to: notification, agent.failure))
        case .mismatch:
            let clock = Identification(high: visiting.identification.high, low: notification.identification.low)
            #expect(answer == agent.answer(to: notification, .mnIdentificationMismatch, identification: clock))
        }
        #expect(visiting.counters.notificationsReceived == 0)
        #expect(visiting.counters.notificationsDenied == (answer == nil ? 0 : 1))
        #expect(visiting.exchanges.isEmpty && visiting.events.isEmpty && visiting.newTexts.isEmpty)
        #expect(
            visiting.node.violations(startTime: Place.start).map(\.recentReason) == (mistake.violation.map { [$0] } ?? []))
        // The valid one that follows is accepted.
        visiting.seconds = 11
        #expect(visiting.hear(agent.notification(at: visiting), from: agent.endpoint) != nil)
        #expect(visiting.counters.notificationsReceived == 1)
    }

    @Test("One from another address is dropped", arguments: NotifyingAgent.all)
    func source(_ agent: NotifyingAgent) {
        let visiting = agent.node()
        let other = TransportEndpoint(IPv4Address(203, 0, 113, 99), port: 434)
        #expect(visiting.hear(agent.notification(at: visiting), from: other) == nil)
        #expect(visiting.exchanges.isEmpty && visiting.counters.notificationsDenied == 0)
    }

    @Test("A refusal is never longer than what it answers")
    func amplification() {
        let agent = NotifyingAgent.relayedSigned
        let visiting = agent.node()
        let short = agent.notification(at: visiting) { ($0.text, $0.signatures) = (nil, []) }
        #expect(visiting.hear(short, from: agent.endpoint) == nil)
        #expect(visiting.node.totalViolations == 1 && visiting.counters.notificationsDenied == 0)
    }

    @Test("A foreign agent that shares no association is not believed, and not answered")
    func withoutAssociation() {
        let visiting = NotifyingAgent.relayed.node()
        let agent = NotifyingAgent.foreign
        #expect(visiting.hear(agent.notification(at: visiting), from: agent.endpoint) == nil)
        #expect(
            visiting.node.violations(startTime: Place.start).map(\.recentReason) == [.noMobilitySecurityAssociation])
    }

    @Test(
        "The last one accepted is acknowledged again and not shown again; an older one is refused",
        arguments: NotifyingAgent.all)
    func repeated(_ agent: NotifyingAgent) {
        let visiting = agent.node()
        let older = agent.notification(at: visiting) { $0.identification.rawValue -= 1 }
        let notification = agent.notification(at: visiting)
        #expect(visiting.hear(notification, from: agent.endpoint) != nil)
        _ = visiting.events
        visiting.seconds = 12
        #expect(visiting.hear(notification, from: agent.endpoint) == agent.answer(to: notification, .accepted))
        #expect(visiting.exchanges.map(\.tries) == [2] && visiting.events.isEmpty)
        let clock = Identification(high: visiting.identification.high, low: older.identification.low)
        #expect(
            visiting.hear(older, from: agent.endpoint)
                == agent.answer(to: older, .mnIdentificationMismatch, identification: clock))
        #expect(visiting.counters.notificationsReceived == 1 && visiting.counters.notificationsDenied == 1)
    }

    @Test("What was sent before the node's start is refused, since it may be a copy")
    func beforeStart() {
        let agent = NotifyingAgent.relayed
        let visiting = agent.node()
        visiting.seconds = 3
        let old = agent.notification(at: visiting) { $0.identification.rawValue -= 4 << 32 }
        #expect(visiting.hear(old, from: agent.endpoint) != nil)
        #expect(visiting.counters.notificationsDenied == 1 && visiting.exchanges.isEmpty)
    }

    @Test("After the clock was set back, new ones are accepted, and copies of those from before are not")
    func clockStep() {
        let agent = NotifyingAgent.relayed
        let visiting = agent.node()
        let ahead = agent.notification(at: visiting)
        #expect(visiting.hear(ahead, from: agent.endpoint) != nil)
        // Two seconds later, the clock is set back by five.
        let back = Moment(uptime: 12_000_000_000, wallClock: visiting.now.wallClock - 3_000_000_000)
        visiting.node.clockStepped()
        visiting.seconds = 12
        func hear(_ notification: NodeNotification) -> [UInt8]? {
            visiting.node.receive(notification: notification.octets.span.bytes, from: agent.endpoint, at: back)
        }
        let new = agent.notification(at: visiting) {
            $0.identification = Identification(unixNanoseconds: back.wallClock)
            $0.text = "new"
        }
        #expect(hear(new) == agent.answer(to: new, .accepted))
        let copy = hear(ahead)
        #expect(copy != nil && copy != agent.answer(to: ahead, .accepted))
        #expect(visiting.exchanges.map(\.text).last == "new" && visiting.counters.notificationsReceived == 2)
    }

    /// By how many seconds the clock is set back, whether the node has heard the sender before, and whether it accepts what was
    /// sent before its start by the old clock.
    private static let setbacks: [(Int64, Bool, Bool)] = [
        (60, false, false), (60, true, false), (3600, true, false), (7200, false, true), (7200, true, true),
    ]

    @Test("After the clock was set back a little, what an earlier start may have accepted is refused", arguments: setbacks)
    func setback(seconds: Int64, isSenderKnown: Bool, isAccepted: Bool) {
        let agent = NotifyingAgent.relayedSigned
        let visiting = agent.node()
        let first = agent.notification(at: visiting) {
            if !isSenderKnown { $0.identification = Identification(rawValue: 0) }
        }
        #expect((visiting.hear(first, from: agent.endpoint) == agent.answer(to: first, .accepted)) == isSenderKnown)
        visiting.seconds = 20
        visiting.node.clockStepped()
        let back = Moment(uptime: 20_000_000_000, wallClock: visiting.now.wallClock - seconds * 1_000_000_000)
        let old = agent.notification(at: visiting) {
            $0.identification = Identification(unixNanoseconds: back.wallClock - 1_000_000_000)
        }
        let answer = visiting.node.receive(notification: old.octets.span.bytes, from: agent.endpoint, at: back)
        #expect(answer != nil && (answer == agent.answer(to: old, .accepted)) == isAccepted)
    }

    @Test("Of copies, ten a second are answered", arguments: NotifyingAgent.all)
    func copies(_ agent: NotifyingAgent) {
        let visiting = agent.node()
        let notification = agent.notification(at: visiting)
        let answers = (0..<21).count { _ in visiting.hear(notification, from: agent.endpoint) != nil }
        #expect(answers == 11 && visiting.exchanges.map(\.tries) == [21])
        visiting.seconds = 11
        #expect(visiting.hear(notification, from: agent.endpoint) == agent.answer(to: notification, .accepted))
        #expect(visiting.counters.notificationsReceived == 1)
    }

    @Test("More than ten in a second are refused for lack of resources")
    func flood() {
        let agent = NotifyingAgent.foreign
        let visiting = agent.node()
        var answers: [[UInt8]?] = []
        var expected: [[UInt8]?] = []
        for number in 0..<12 as Range<UInt64> {
            let notification = agent.notification(at: visiting) { $0.identification.rawValue += number }
            answers.append(visiting.hear(notification, from: agent.endpoint))
            expected.append(agent.answer(to: notification, number < 10 ? .accepted : .mnInsufficientResources))
        }
        #expect(answers == expected)
        #expect(visiting.counters.notificationsReceived == 10 && visiting.counters.notificationsDenied == 2)
    }

    @Test("The latest 32 are remembered")
    func bounded() {
        let agent = NotifyingAgent.direct
        let visiting = agent.node()
        for second in 11...50 {
            visiting.seconds = Double(second)
            _ = visiting.hear(agent.notification(at: visiting), from: agent.endpoint)
        }
        #expect(visiting.exchanges.map(\.number) == Array(9...40))
        #expect(visiting.events.count == 32)
    }

    @Test("With notifications off, they are messages of an unknown type", arguments: NotifyingAgent.all)
    func off(_ agent: NotifyingAgent) {
        let visiting = agent.node { $0.signalling.notifications = false }
        let before = visiting.counters
        #expect(visiting.hear(agent.notification(at: visiting), from: agent.endpoint) == nil)
        #expect(visiting.hear(agent.notification(at: visiting) { $0.signatures = [] }, from: agent.endpoint) == nil)
        #expect(visiting.counters == before && visiting.node.totalViolations == 0)
    }

    @Test("A direction that is excluded is refused with 193", arguments: NotifyingAgent.all)
    func excluded(_ agent: NotifyingAgent) {
        let visiting = agent.node { $0.signalling.notificationDirections = 63 - 1 << agent.direction.rawValue }
        let notification = agent.notification(at: visiting)
        #expect(
            visiting.hear(notification, from: agent.endpoint) == agent.answer(to: notification, .mnAdministrativelyProhibited))
        #expect(visiting.exchanges.isEmpty && visiting.counters.notificationsDenied == 1)
    }

    @Test("A node that is not registered, or in a way that has no notifications, drops them", arguments: NotifyingAgent.all)
    func unregistered(_ agent: NotifyingAgent) {
        let never = VisitingNode(sharesAssociation: agent.sharesAssociation)
        never.attach(to: agent.attachment)
        #expect(never.hear(agent.notification(at: never), from: agent.endpoint) == nil)
        let expired = agent.node()
        expired.seconds = 1801
        #expect(expired.hear(agent.notification(at: expired), from: agent.endpoint) == nil)
        // RFC 6098 §3.2.1.2.
        let coLocated = NotifyingAgent(
            testDescription: "", role: agent.role, attachment: .coLocated(Place.careOf, foreignAgent: VisitingNode.foreignAgent),
            careOfAddress: Place.careOf, sharesAssociation: true)
        let visiting = coLocated.node()
        #expect(visiting.hear(coLocated.notification(at: visiting), from: coLocated.endpoint) == nil)
    }

    @Test("A message of any length that is cut off or damaged changes nothing", arguments: NotifyingAgent.all)
    func damaged(_ agent: NotifyingAgent) {
        let visiting = agent.node()
        let octets = agent.notification(at: visiting).octets
        for length in octets.indices {
            _ = visiting.node.receive(
                notification: Array(octets[..<length]).span.bytes, from: agent.endpoint, at: visiting.now)
            var changed = octets
            changed[length] ^= 0x10
            _ = visiting.node.receive(notification: changed.span.bytes, from: agent.endpoint, at: visiting.now)
        }
        #expect(visiting.counters.notificationsReceived == 0 && visiting.exchanges.isEmpty)
    }
}
