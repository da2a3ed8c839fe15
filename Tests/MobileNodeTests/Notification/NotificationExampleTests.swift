import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Published examples of generic notifications at a mobile node")
struct NotificationExampleTests {
    // Made independently of this product.
    private static let notification =
        "16008000c000020ac0000201c6336401e90b5c00800000009119014d61696e74656e616e63652061742030323a303020555443"
        + "201400000100e577c012861c66316c8ab90f1ab8f2d7"
    private static let acknowledgment =
        "17020000c000020ac0000201c6336401e90b5c008000000020140000010003fbc353d6e50cea754ce85117de4818"
    private static let refusal = "17008500c000020ac0000201c6336401e90b5c33800000002014000001005b7edbc4d0bd4e7a5576fc7f088cd4bc"

    /// The Identification of the examples, in seconds from the start of a test.
    private static let second = 384.5

    private static func octets(_ digits: String) throws -> [UInt8] { try #require(Hexadecimal.octets(digits)) }

    @Test("The example of a notification, as a foreign agent relays it, is answered with the example of an acknowledgment")
    func received() throws {
        let visiting = NotifyingAgent.relayed.node()
        visiting.seconds = Self.second
        let octets = try Self.octets(Self.notification)
        let answer = visiting.node.receive(
            notification: octets.span.bytes, from: VisitingNode.foreignAgent, at: visiting.now)
        #expect(answer == (try Self.octets(Self.acknowledgment)))
        #expect(visiting.status.homeAgentMessage?.text == "Maintenance at 02:00 UTC")
    }

    @Test("That example without the home agent's authenticator is refused with 196")
    func unsigned() throws {
        let visiting = NotifyingAgent.relayed.node()
        visiting.seconds = Self.second
        let octets = Array(try Self.octets(Self.notification).dropLast(22))
        let received = visiting.node.receive(
            notification: octets.span.bytes, from: VisitingNode.foreignAgent, at: visiting.now)
        let answer = try #require(received)
        let fixed = try GenericNotificationAcknowledgment(decoding: answer.span.bytes)
        #expect(fixed.code == .mnHomeAgentFailedAuthentication && fixed.direction == .mobileNodeToHomeAgent)
        #expect(fixed.identification == Identification(high: 0xE90B_5C00, low: 0x8000_0000))
        #expect(visiting.status.homeAgentMessage == nil)
        #expect(visiting.counters.notificationsDenied == 1 && visiting.node.totalViolations == 1)
    }

    @Test("After the example of a refusal, the next try follows the clock of the home agent, and is accepted")
    func refused() throws {
        let visiting = NotifyingAgent.relayed.node()
        visiting.seconds = Self.second
        let first = try visiting.notify(NotificationOrder(to: .homeAgent, text: "Battery low"))
        #expect(try first.fixed.identification == Identification(high: 0xE90B_5C00, low: 0x8000_0000))
        let refusal = try Self.octets(Self.refusal)
        visiting.node.receive(
            notificationAcknowledgment: refusal.span.bytes, from: VisitingNode.foreignAgent, at: visiting.now)
        #expect(visiting.exchanges.map(\.state) == [.waiting] && visiting.exchanges.map(\.code) == [133])
        visiting.pass(until: Self.second + 1)
        let second = try #require(visiting.node.takeNotifications().first)
        let following = try second.fixed.identification
        // The low words of all that wait differ, because answers are recognized by them.
        #expect(following == Identification(high: 0xE90B_5C34, low: 0x8000_0001))
        visiting.hear(
            acknowledgment: NotifyingAgent.relayed.acknowledgment(of: try second.fixed), from: VisitingNode.foreignAgent)
        #expect(visiting.exchanges.map(\.state) == [.acknowledged] && visiting.exchanges.map(\.code) == [0])
        // What is sent later follows that clock at once.
        visiting.pass(until: Self.second + 10)
        let later = try visiting.notify(NotificationOrder(to: .homeAgent, text: "Battery empty"))
        #expect(try later.fixed.identification == Identification(high: 0xE90B_5C3D, low: 0x8000_0000))
    }
}
