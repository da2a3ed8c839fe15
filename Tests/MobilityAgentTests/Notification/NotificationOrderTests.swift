import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Orders to send a text")
struct NotificationOrderTests {
    private static let text = NotificationLab.text

    /// An order that is refused.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var order: NotificationOrder
        var problem: ChangeProblem
        var field: String?
        var settings: @Sendable (inout SignallingSettings) -> Void = { _ in }

        static let atHomeAgent: [Mistake] = [
            Mistake(
                testDescription: "no text", order: NotificationOrder(to: .mobileNode, text: ""), problem: .invalidValue,
                field: "text"),
            Mistake(
                testDescription: "255 bytes", order: NotificationOrder(to: .mobileNode, text: String(repeating: "x", count: 255)),
                problem: .invalidValue, field: "text"),
            Mistake(
                testDescription: "128 characters of two bytes",
                order: NotificationOrder(to: .mobileNode, text: String(repeating: "é", count: 128)), problem: .invalidValue,
                field: "text"),
            Mistake(
                testDescription: "a line break", order: NotificationOrder(to: .mobileNode, text: "a\nb"), problem: .invalidValue,
                field: "text"),
            Mistake(
                testDescription: "an escape", order: NotificationOrder(to: .mobileNode, text: "\u{1B}[31m"),
                problem: .invalidValue, field: "text"),
            Mistake(
                testDescription: "a character that changes the writing direction",
                order: NotificationOrder(to: .mobileNode, text: "a\u{202E}b"), problem: .invalidValue, field: "text"),
            Mistake(
                testDescription: "its own role", order: NotificationOrder(to: .homeAgent, text: text), problem: .notPermitted,
                field: "to"),
            Mistake(
                testDescription: "another network",
                order: NotificationOrder(
                    to: .mobileNode, homeAddresses: IPv4Prefix(containing: IPv4Address(198, 18, 0, 0), length: 15), text: text),
                problem: .notFound, field: "homeAddresses"),
            Mistake(
                testDescription: "another address",
                order: NotificationOrder(
                    to: .mobileNode, homeAddresses: IPv4Prefix(host: IPv4Address(192, 0, 2, 99)), text: text),
                problem: .notFound, field: "homeAddresses"),
            Mistake(
                testDescription: "a node by an NAI that it does not use",
                order: NotificationOrder(to: .foreignAgent, nai: Lab.alice, text: text), problem: .notFound, field: "nai"),
            Mistake(
                testDescription: "notifications are off", order: NotificationOrder(to: .mobileNode, text: text),
                problem: .notPermitted, settings: { $0.notifications = false }),
            Mistake(
                testDescription: "this direction is off", order: NotificationOrder(to: .mobileNode, text: text),
                problem: .notPermitted, field: "to", settings: { $0.notificationDirections = 0b11_1110 }),
        ]
    }

    @Test(
        "A home agent refuses an order that it cannot follow, before and when it is given, and sends nothing",
        arguments: Mistake.atHomeAgent)
    func refused(_ mistake: Mistake) throws {
        var bench = try NotificationLab.home()
        bench.set(mistake.settings)
        let before = bench.refusal(of: mistake.order)
        let (effects, refusal) = bench.notify(mistake.order)
        #expect(refusal == before && refusal?.problem == mistake.problem && refusal?.field == mistake.field)
        #expect(effects.isEmpty && bench.notifications.isEmpty && bench.agent.nextDeadline != nil)
    }

    @Test("A foreign agent does not write to foreign agents, nor to a visitor or home agent without an association")
    func foreign() throws {
        let associated = try NotificationLab.foreign()
        #expect(associated.refusal(of: NotificationOrder(to: .foreignAgent, text: Self.text))?.problem == .notPermitted)
        let alone = try NotificationLab.foreign([])
        for role in [AgentRole.mobileNode, .homeAgent] {
            #expect(associated.refusal(of: NotificationOrder(to: role, text: Self.text)) == nil)
            #expect(alone.refusal(of: NotificationOrder(to: role, text: Self.text))?.problem == .notFound)
        }
    }

    @Test("A check sends nothing and changes nothing")
    func check() throws {
        let bench = try NotificationLab.home()
        let counters = bench.agent.counters
        #expect(bench.refusal(of: NotificationOrder(to: .mobileNode, text: Self.text)) == nil)
        #expect(bench.agent.counters == counters && bench.notifications.isEmpty)
    }

    @Test("Texts of 1 and of 254 bytes are sent whole", arguments: ["x", String(repeating: "é", count: 127)])
    func lengths(_ text: String) throws {
        var bench = try NotificationLab.home()
        let datagram = try bench.send(NotificationOrder(to: .mobileNode, text: text))
        #expect(datagram.payload[24] == 145 && Int(datagram.payload[25]) == text.utf8.count + 1)
        #expect(datagram.payload[27..<(27 + text.utf8.count)].elementsEqual(text.utf8))
    }

    @Test("An order without `acknowledged` asks for an acknowledgment, and an order survives its JSON")
    func json() throws {
        let order = NotificationOrder(
            to: .foreignAgent, homeAddresses: IPv4Prefix("192.0.2.0/24"), nai: Lab.alice, text: "é", acknowledged: false)
        let decoded = try NotificationJSON.decode(NotificationJSON.encode(order))
        #expect(decoded == order)
        let short = try NotificationJSON.decode(#"{"to":"mobileNode","text":"x"}"#)
        #expect(short == NotificationOrder(to: .mobileNode, text: "x"))
    }

    // MARK: - Many

    /// A home agent with nodes behind one foreign agent: 192.0.2.10 and following.
    private static func home(nodes: Int) throws -> Bench {
        let prefix = try #require(Lab.homeNetwork)
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.prefix(prefix)), Lab.ofForeignAgent]))
        for index in 0..<nodes {
            let request = Request(visiting: bench) {
                $0.homeAddress = address(index)
                $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
            }
            #expect(try Reply(bench.receive(request.octets, from: Lab.foreignAgent))?.code == 0)
        }
        return bench
    }

    private static func address(_ index: Int) -> IPv4Address { IPv4Address(192, 0, 2, UInt8(10 + index)) }

    @Test("One order reaches 100 nodes within a second or so, and 100 acknowledgments end it")
    func hundred() throws {
        var bench = try Self.home(nodes: 100)
        var datagrams = bench.notify(NotificationOrder(to: .mobileNode, text: Self.text)).effects.datagrams
        var acknowledged = 0
        for _ in 0..<110 {
            for datagram in datagrams {
                let notification = try GenericNotification(datagram)
                let answer = NotificationMessage(to: notification) {
                    $0.signatures = [
                        (.mobileHomeAuthentication, Lab.association()), (.foreignHomeAuthentication, Lab.ofForeignAgent),
                    ]
                }
                bench.receive(answer.octets, from: Lab.foreignAgent)
                acknowledged += 1
            }
            bench.advance(seconds: 0.01)
            datagrams = bench.effects.datagrams
        }
        #expect(acknowledged == 100)
        #expect(bench.notifications.count == 100 && bench.notifications.allSatisfy { $0.state == .acknowledged && $0.tries == 1 })
        #expect(Set(bench.notifications.map(\.homeAddress)) == Set((0..<100).map(Self.address)))
        #expect(bench.home.notificationsSent == 100 && bench.home.notificationsAcknowledged == 100)
    }

    @Test("A prefix, an address and an NAI choose among the nodes, and a foreign agent gets one message for all of its nodes")
    func chosen() throws {
        var bench = try Self.home(nodes: 8)
        func count(_ order: NotificationOrder) throws -> Int { try bench.agent.check(notify: order) }
        #expect(try count(NotificationOrder(to: .mobileNode, text: Self.text)) == 8)
        let half = try #require(IPv4Prefix("192.0.2.12/30"))
        #expect(try count(NotificationOrder(to: .mobileNode, homeAddresses: half, text: Self.text)) == 4)
        let one = IPv4Prefix(host: Self.address(3))
        #expect(try count(NotificationOrder(to: .mobileNode, homeAddresses: one, text: Self.text)) == 1)
        #expect(try count(NotificationOrder(to: .foreignAgent, text: Self.text)) == 1)
        let request = Request(visiting: bench) {
            $0.homeAddress = Self.address(9)
            $0.nai = Lab.alice
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        }
        #expect(try Reply(bench.receive(request.octets, from: Lab.foreignAgent))?.code == 0)
        let datagram = try bench.send(NotificationOrder(to: .mobileNode, nai: Lab.alice, text: Self.text))
        #expect(try GenericNotification(datagram).homeAddress == Self.address(9))
        #expect(!datagram.payload.contains(131) || bench.notifications.map(\.nai) == [Lab.alice])
    }

    @Test("An order that needs more places than are free is refused whole")
    func room() throws {
        var bench = try Self.home(nodes: 2)
        let order = NotificationOrder(to: .mobileNode, text: Self.text)
        let refusal = bench.refusal(of: order, after: 12_287)
        #expect(refusal?.problem == .resourceUnavailable && refusal?.reason.contains("room for 1 more") == true)
        #expect(bench.refusal(of: order, after: 12_286) == nil)
        #expect(bench.notify(order).refusal == nil)
        #expect(bench.refusal(of: order, after: 12_286)?.reason.contains("room for 0 more") == true)
    }

    @Test("A node with a co-located care-of address that registers through a foreign agent gets no text")
    func coLocatedThroughForeignAgent() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        #expect(try Reply(bench.receive(Request(bench).octets, from: Lab.foreignAgent))?.code == 0)
        #expect(bench.refusal(of: NotificationOrder(to: .mobileNode, text: Self.text))?.problem == .notFound)
    }

    @Test("A node at the home agent and the foreign agent of one daemon gets a text once")
    func bothRoles() throws {
        var configuration = Lab.homeAgentConfiguration([NotificationLab.ofNode, Lab.ofVisitor])
        configuration.foreignAgent = ForeignAgentConfiguration(
            endpoints: [Lab.foreignAgent], careOfAddresses: [Lab.foreignAgent.address])
        var bench = Bench(configuration)
        let request = Request(visiting: bench) { $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)] }
        let relayed = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = bench.receive(try #require(relayed).payload, from: Lab.foreignAgent, to: Lab.homeAgent)
        bench.receive(try #require(answer).payload, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.bindings.count == 1 && bench.visitors.map(\.state) == [.accepted])
        let order = NotificationOrder(to: .mobileNode, text: Self.text)
        #expect(try bench.agent.check(notify: order) == 1)
        bench.set { $0.notificationDirections = 0b01_0000 }
        let datagram = try bench.send(order)
        #expect(try GenericNotification(datagram).direction == .foreignAgentToMobileNode)
    }
}
