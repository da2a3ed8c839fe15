import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Notifications that a mobile node sends")
struct SentNotificationTests {
    private static let text = "Battery low"

    private static func order(_ agent: NotifyingAgent, acknowledged: Bool = true) -> NotificationOrder {
        NotificationOrder(to: agent.role, text: text, acknowledged: acknowledged)
    }

    @Test("A text goes where requests go, and ends with the acknowledgment", arguments: NotifyingAgent.all)
    func acknowledged(_ agent: NotifyingAgent) throws {
        let visiting = agent.node { $0.nai = Place.alice }
        let datagram = try visiting.notify(Self.order(agent))
        var expected = NodeNotification(
            direction: agent.opposite, careOfAddress: agent.careOfAddress, identification: visiting.identification,
            signatures: agent.ofNode)
        expected.extensions = [145, UInt8(Self.text.utf8.count + 1), agent.isHome ? 1 : 2] + Array(Self.text.utf8)
        #expect(datagram.payload == expected.octets)
        #expect(datagram.destination == agent.endpoint)
        let started = Place.start.adding(milliseconds: 10_000)
        var row = Exchange(
            number: 1, kind: .notification, role: .mobileNode, peer: agent.address, peerRole: agent.role,
            homeAddress: VisitingNode.home, nai: Place.alice, homeAgent: VisitingNode.homeAgent.address,
            careOfAddress: agent.careOfAddress, state: .waiting, tries: 1, started: started,
            nextTry: started.adding(milliseconds: 1000), text: Self.text)
        #expect(visiting.exchanges == [row])

        visiting.seconds = 10.25
        visiting.hear(acknowledgment: agent.acknowledgment(of: try datagram.fixed), from: agent.endpoint)
        (row.state, row.nextTry, row.ended) = (.acknowledged, nil, started.adding(milliseconds: 250))
        (row.delay, row.code) = (250, 0)
        #expect(visiting.exchanges == [row])
        #expect(visiting.counters.notificationsSent == 1 && visiting.counters.notificationsAcknowledged == 1)
        #expect(visiting.passSeconds(until: 100).isEmpty && visiting.events.isEmpty)
    }

    @Test("Without an acknowledgment it is sent six times at growing intervals, and given up", arguments: NotifyingAgent.all)
    func unanswered(_ agent: NotifyingAgent) throws {
        let visiting = agent.node()
        let first = try visiting.notify(Self.order(agent))
        let later = visiting.passSeconds(until: 100)
        #expect(later.map(\.second) == [11, 13, 17, 25, 41])
        let identifications = try ([first] + later.map(\.datagram)).map { try $0.fixed.identification }
        #expect(Set(identifications).count == 6)
        #expect(identifications.map(\.rawValue) == identifications.map(\.rawValue).sorted())
        #expect(visiting.exchanges.map(\.state) == [.unanswered] && visiting.exchanges.map(\.tries) == [6])
        #expect(visiting.exchanges.map(\.ended) == [Place.start.adding(milliseconds: 73_000)])
        let counters = visiting.counters
        #expect(counters.notificationsSent == 1 && counters.notificationsResent == 5)
        #expect(counters.notificationsUnacknowledged == 1 && counters.notificationsAcknowledged == 0)
        let events = visiting.events
        #expect(events.map(\.kind) == [.notificationUnacknowledged] && events.map(\.sourceAddress) == [agent.address])
        let name = agent.isHome ? "home agent 192.0.2.1" : "foreign agent 198.51.100.1"
        #expect(events.map(\.message) == ["\(name) did not acknowledge a notification about 192.0.2.10 in 6 tries"])
    }

    @Test("The settings decide how often and how soon it is sent again")
    func settings() throws {
        let agent = NotifyingAgent.direct
        let visiting = agent.node { ($0.signalling.retransmissionTimeout, $0.signalling.retransmissionTries) = (5, 3) }
        _ = try visiting.notify(Self.order(agent))
        #expect(visiting.passSeconds(until: 200).map(\.second) == [15, 25])
        #expect(visiting.exchanges.map(\.ended) == [Place.start.adding(milliseconds: 45_000)])
    }

    @Test("A text that needs no acknowledgment is sent once", arguments: NotifyingAgent.all)
    func once(_ agent: NotifyingAgent) throws {
        let visiting = agent.node()
        let datagram = try visiting.notify(Self.order(agent, acknowledged: false))
        #expect(try !datagram.fixed.requiresAcknowledgment)
        #expect(visiting.exchanges.map(\.state) == [.sent])
        #expect(visiting.passSeconds(until: 100).isEmpty)
    }

    @Test("An acknowledgment of an earlier try ends it, and a second one changes nothing")
    func earlier() throws {
        let agent = NotifyingAgent.relayed
        let visiting = agent.node()
        let first = try visiting.notify(Self.order(agent))
        #expect(visiting.passSeconds(until: 11).count == 1)
        for second in [11.5, 12] {
            visiting.seconds = second
            visiting.hear(acknowledgment: agent.acknowledgment(of: try first.fixed), from: agent.endpoint)
        }
        #expect(visiting.exchanges.map(\.state) == [.acknowledged] && visiting.exchanges.map(\.delay) == [1500])
        #expect(visiting.counters.notificationsAcknowledged == 1)
    }

    @Test(
        "Any other code that does not pass ends it as refused", arguments: NotifyingAgent.all,
        [64, 65, 128, 129, 192, 193, 255] as [UInt8])
    func refused(_ agent: NotifyingAgent, code: UInt8) throws {
        let visiting = agent.node()
        let datagram = try visiting.notify(Self.order(agent))
        visiting.hear(
            acknowledgment: agent.acknowledgment(of: try datagram.fixed, NotificationCode(rawValue: code)),
            from: agent.endpoint)
        #expect(visiting.exchanges.map(\.state) == [.refused] && visiting.exchanges.map(\.code) == [code])
        #expect(visiting.counters.notificationsRefused == 1)
        #expect(visiting.passSeconds(until: 100).isEmpty && visiting.events.isEmpty)
    }

    @Test(
        "After a code that a forged copy or a lack of resources may cause, the tries go on; the next acceptance ends them",
        arguments: NotifyingAgent.all, [66, 67, 68, 130, 131, 132] as [UInt8])
    func passing(_ agent: NotifyingAgent, code: UInt8) throws {
        let visiting = agent.node()
        let datagram = try visiting.notify(Self.order(agent))
        visiting.hear(
            acknowledgment: agent.acknowledgment(of: try datagram.fixed, NotificationCode(rawValue: code)),
            from: agent.endpoint)
        #expect(visiting.exchanges.map(\.state) == [.waiting] && visiting.exchanges.map(\.code) == [code])
        let again = try #require(visiting.passSeconds(until: 20).first)
        visiting.hear(acknowledgment: agent.acknowledgment(of: try again.datagram.fixed), from: agent.endpoint)
        #expect(visiting.exchanges.map(\.state) == [.acknowledged] && visiting.exchanges.map(\.code) == [0])
        #expect(visiting.counters.notificationsRefused == 0 && visiting.counters.notificationsAcknowledged == 1)
    }

    @Test("An agent that is never content with the time ends it as refused", arguments: NotifyingAgent.all)
    func mismatch(_ agent: NotifyingAgent) throws {
        let visiting = agent.node()
        var sent = [try visiting.notify(Self.order(agent))]
        for second in 10...100 {
            sent += visiting.passSeconds(until: second).map(\.datagram)
            guard let last = sent.last else { continue }
            let fixed = try last.fixed
            visiting.hear(
                acknowledgment: agent.acknowledgment(of: fixed, agent.mismatch) {
                    $0.identification = Identification(high: 0xE90C_0000, low: fixed.identification.low)
                }, from: agent.endpoint)
        }
        #expect(sent.count == 6)
        let highs = try sent.map { try $0.fixed.identification.high }
        #expect(highs.dropFirst().allSatisfy { (0xE90C_0000..<0xE90C_0080).contains($0) })
        #expect(visiting.exchanges.map(\.state) == [.refused] && visiting.exchanges.map(\.code) == [agent.mismatch.rawValue])
        #expect(visiting.counters.notificationsRefused == 1 && visiting.counters.notificationsUnacknowledged == 0)
    }

    /// An acknowledgment that is dropped.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var isViolation = false
        let change: @Sendable (inout NodeNotification) -> Void

        init(
            _ description: String, isViolation: Bool = false, _ change: @escaping @Sendable (inout NodeNotification) -> Void
        ) {
            (testDescription, self.isViolation, self.change) = (description, isViolation, change)
        }

        static let all: [Mistake] = [
            Mistake("no authenticator", isViolation: true) { $0.signatures = [] },
            Mistake("two authenticators", isViolation: true) { $0.signatures += $0.signatures },
            Mistake("the wrong key", isViolation: true) { $0.signatures[0].key = Place.wrongKey },
            Mistake("another SPI", isViolation: true) { $0.signatures[0].spi = SecurityParameterIndex(rawValue: 0x999) },
            Mistake("another time") { $0.identification.rawValue += 1 << 32 },
            Mistake("another fraction") { $0.identification.rawValue ^= 1 },
            Mistake("a mismatch of another fraction") {
                ($0.code, $0.identification.rawValue) = (.haIdentificationMismatch, $0.identification.rawValue ^ 1)
            },
            Mistake("its own direction") { $0.direction = .mobileNodeToHomeAgent },
            Mistake("a direction between agents") { $0.direction = .homeAgentToForeignAgent },
            Mistake("an undefined direction") { $0.direction = NotificationDirection(rawValue: 6) },
            Mistake("another home address") { $0.homeAddress = IPv4Address(192, 0, 2, 11) },
            Mistake("another home agent") { $0.homeAgent = IPv4Address(192, 0, 2, 2) },
            Mistake("another care-of address") { $0.careOfAddress = IPv4Address(198, 51, 100, 2) },
            Mistake("an unknown extension that could be skipped") { $0.extensions = [200, 0] },
            Mistake("an NAI") { $0.extensions = [131, 3, 0x61, 0x40, 0x62] },
            Mistake("a notification") { $0.code = nil },
        ]
    }

    @Test("A wrong acknowledgment is dropped, and the right one still counts", arguments: NotifyingAgent.all, Mistake.all)
    func wrong(_ agent: NotifyingAgent, _ mistake: Mistake) throws {
        let visiting = agent.node()
        let fixed = try visiting.notify(Self.order(agent)).fixed
        visiting.hear(acknowledgment: agent.acknowledgment(of: fixed, .accepted, mistake.change), from: agent.endpoint)
        #expect(visiting.exchanges.map(\.state) == [.waiting] && visiting.exchanges.map(\.code) == [nil])
        #expect(visiting.node.totalViolations == (mistake.isViolation ? 1 : 0))
        visiting.hear(acknowledgment: agent.acknowledgment(of: fixed), from: agent.endpoint)
        #expect(visiting.exchanges.map(\.state) == [.acknowledged])
    }

    @Test("An acknowledgment from another address is dropped", arguments: NotifyingAgent.all)
    func source(_ agent: NotifyingAgent) throws {
        let visiting = agent.node()
        let fixed = try visiting.notify(Self.order(agent)).fixed
        visiting.hear(
            acknowledgment: agent.acknowledgment(of: fixed),
            from: TransportEndpoint(IPv4Address(203, 0, 113, 99), port: 434))
        #expect(visiting.exchanges.map(\.state) == [.waiting])
    }

    @Test("Texts to one agent follow at intervals of a second, and do not wait for each other's acknowledgment")
    func spacing() throws {
        let agent = NotifyingAgent.relayed
        let visiting = agent.node { $0.signalling.retransmissionTries = 1 }
        for text in ["one", "two", "three"] {
            try visiting.node.notify(NotificationOrder(to: .homeAgent, text: text), at: visiting.now)
        }
        let sent = visiting.passSeconds(until: 20)
        #expect(sent.map(\.second) == [10, 11, 12])
        #expect(visiting.exchanges.map(\.text) == ["one", "two", "three"])
        #expect(visiting.exchanges.map(\.tries) == [1, 1, 1])
    }

    @Test("It is given up when the registration ends, and sent by the way of the next one before that")
    func registration() throws {
        let agent = NotifyingAgent.relayed
        let visiting = agent.node()
        _ = try visiting.notify(NotificationOrder(to: .homeAgent, text: Self.text))
        // The node moves to a place without a foreign agent, where the home agent is the same.
        visiting.attach(to: .coLocated(Place.careOf))
        #expect(visiting.passSeconds(until: 11).isEmpty)
        #expect(visiting.deliver { $0.lifetime = 20 } == .accepted(.accepted, lifetime: 20))
        let again = visiting.passSeconds(until: 13).map(\.datagram)
        #expect(again.map(\.destination) == [VisitingNode.homeAgent])
        #expect(try again.map { try $0.fixed.careOfAddress } == [Place.careOf])
        #expect(visiting.exchanges.map(\.careOfAddress) == [Place.careOf])
        visiting.disable()
        #expect(visiting.deliver { $0.lifetime = 0 } == .accepted(.accepted, lifetime: 0))
        #expect(visiting.exchanges.map(\.state) == [.unanswered])
        #expect(visiting.events.map(\.kind) == [.notificationUnacknowledged])
        #expect(visiting.passSeconds(until: 100).isEmpty)
    }

    @Test("A text to a foreign agent that the node has left is not sent to the next one")
    func superseded() throws {
        let agent = NotifyingAgent.foreign
        let visiting = agent.node()
        _ = try visiting.notify(Self.order(agent))
        let other = TransportEndpoint(IPv4Address(198, 51, 100, 2), port: 434)
        visiting.attach(to: .foreignAgent(other, careOfAddress: other.address))
        var reply = VisitingNode.Reply()
        reply.foreignKey = VisitingNode.key
        let identification = try fixedPart(visiting.request).identification
        let outcome = visiting.deliver(octets: reply.octets(answering: identification), from: other)
        #expect(outcome == .accepted(.accepted, lifetime: 100))
        #expect(visiting.passSeconds(until: 60).isEmpty)
        #expect(visiting.exchanges.map(\.state) == [.superseded] && visiting.events.isEmpty)
    }

    /// An order that is refused.
    struct Order: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var agent = NotifyingAgent.foreign
        var order: NotificationOrder
        var problem: ChangeProblem
        var field: String?
        var change: @Sendable (inout MobileNodeConfiguration) -> Void = { _ in }

        static let all = [
            Order(
                testDescription: "no text", order: NotificationOrder(to: .homeAgent, text: ""), problem: .invalidValue,
                field: "text"),
            Order(
                testDescription: "two lines", order: NotificationOrder(to: .homeAgent, text: "a\nb"), problem: .invalidValue,
                field: "text"),
            Order(
                testDescription: "to mobile nodes", order: NotificationOrder(to: .mobileNode, text: text),
                problem: .notPermitted, field: "to"),
            Order(
                testDescription: "about home addresses",
                order: NotificationOrder(
                    to: .homeAgent, homeAddresses: IPv4Prefix(containing: VisitingNode.home, length: 32), text: text),
                problem: .notPermitted, field: "homeAddresses"),
            Order(
                testDescription: "about an NAI", order: NotificationOrder(to: .homeAgent, nai: Place.alice, text: text),
                problem: .notPermitted, field: "nai"),
            Order(
                testDescription: "notifications are off", order: NotificationOrder(to: .homeAgent, text: text),
                problem: .notPermitted, change: { $0.signalling.notifications = false }),
            Order(
                testDescription: "the direction is excluded", order: NotificationOrder(to: .homeAgent, text: text),
                problem: .notPermitted, field: "to", change: { $0.signalling.notificationDirections = 63 - 4 }),
            Order(
                testDescription: "no association with the foreign agent", agent: .relayed,
                order: NotificationOrder(to: .foreignAgent, text: text), problem: .notFound, field: "to"),
            Order(
                testDescription: "no foreign agent", agent: .direct, order: NotificationOrder(to: .foreignAgent, text: text),
                problem: .notFound, field: "to"),
        ]
    }

    @Test("An order that cannot be carried out is refused with the reason, and nothing is sent", arguments: Order.all)
    func orders(_ order: Order) {
        let visiting = order.agent.node(order.change)
        let refusal = visiting.refusal(of: order.order)
        #expect(refusal?.problem == order.problem && refusal?.field == order.field)
        #expect(visiting.exchanges.isEmpty && visiting.passSeconds(until: 20).isEmpty)
    }

    @Test("A node that is not registered refuses, and one that has moved does until it is registered again")
    func unregistered() {
        let order = NotificationOrder(to: .homeAgent, text: Self.text)
        let never = VisitingNode()
        #expect(never.refusal(of: order)?.problem == .notFound)
        let moved = NotifyingAgent.relayed.node()
        moved.attach(to: .coLocated(Place.careOf))
        #expect(moved.refusal(of: order)?.problem == .notFound)
        #expect(moved.deliver { $0.lifetime = 1800 } == .accepted(.accepted, lifetime: 1800))
        #expect(moved.refusal(of: order) == nil)
        let coLocated = VisitingNode()
        coLocated.attach(to: .coLocated(Place.careOf, foreignAgent: VisitingNode.foreignAgent))
        #expect(coLocated.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(coLocated.refusal(of: order)?.reason.contains("co-located") == true)
    }

    @Test("32 may wait; when they have ended, there is room again")
    func full() throws {
        let agent = NotifyingAgent.direct
        let visiting = agent.node { $0.signalling.retransmissionTries = 1 }
        let order = NotificationOrder(to: .homeAgent, text: Self.text)
        for _ in 1...32 { #expect(visiting.refusal(of: order) == nil) }
        #expect(visiting.refusal(of: order)?.problem == .resourceUnavailable)
        #expect(visiting.passSeconds(until: 60).count == 32)
        #expect(visiting.exchanges.count == 32 && visiting.refusal(of: order) == nil)
    }
}
