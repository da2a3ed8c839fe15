import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Published examples of generic notifications")
struct NotificationExampleTests {
    // Made independently of this product.
    private static let notification =
        "16008000c000020ac0000201c6336401e90b5c00800000009119014d61696e74656e616e63652061742030323a303020555443"
        + "201400000100e577c012861c66316c8ab90f1ab8f2d7221400000101388522f2c27fc3adc8c286cbc178e0e7"
    private static let acknowledgment =
        "17020000c000020ac0000201c6336401e90b5c008000000020140000010003fbc353d6e50cea754ce85117de4818"
    private static let refusal = "17008500c000020ac0000201c6336401e90b5c33800000002014000001005b7edbc4d0bd4e7a5576fc7f088cd4bc"

    private static let key = AuthenticationKey(octets: (0..<16).map { UInt8($0 * 0x11) })
    private static let ofNode = Lab.association(key: key)
    private static let hopSPI = SecurityParameterIndex(rawValue: 0x101)
    private static let ofForeignAgent = Lab.association(
        .address(Lab.foreignAgent.address), .foreignAgent, spi: hopSPI, key: key)
    private static let ofHomeAgent = Lab.association(.address(Lab.homeAgent.address), .homeAgent, spi: hopSPI, key: key)
    /// Seconds from the beginning of a test until the Identification of the examples, e90b5c00 80000000.
    private static let wait = 384.5

    private static func octets(_ digits: String) throws -> [UInt8] { try #require(Hexadecimal.octets(digits)) }

    private static func home(_ associations: [ConfiguredSecurityAssociation]) throws -> Bench {
        var bench = Bench(Lab.homeAgentConfiguration(associations))
        let request = Request(visiting: bench) {
            $0.association = ofNode
            $0.signatures = associations.count > 1 ? [(.foreignHomeAuthentication, ofForeignAgent)] : []
        }
        #expect(try Reply(bench.receive(request.octets, from: Lab.foreignAgent))?.code == 0)
        return bench
    }

    private static func foreign() throws -> Bench {
        var bench = Bench(Lab.foreignAgentConfiguration([ofHomeAgent]))
        let request = Request(visiting: bench) { $0.association = ofNode }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) {
            $0.association = ofNode
            $0.signatures = [ofHomeAgent]
        }
        bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.map(\.state) == [.accepted])
        return bench
    }

    @Test("A home agent writes the example of a notification through a foreign agent")
    func sent() throws {
        var home = try Self.home([Self.ofNode, Self.ofForeignAgent])
        home.advance(seconds: Self.wait)
        let datagram = try home.send(NotificationOrder(to: .mobileNode, text: "Maintenance at 02:00 UTC"))
        #expect(datagram.payload == (try Self.octets(Self.notification)))
        #expect(datagram.source == Lab.homeAgent && datagram.destination == Lab.foreignAgent)
    }

    @Test("A foreign agent relays that example without what was for itself")
    func relayed() throws {
        var foreign = try Self.foreign()
        foreign.advance(seconds: Self.wait)
        let notification = try Self.octets(Self.notification)
        let datagram = foreign.receive(notification, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(datagram?.payload == Array(notification.dropLast(22)))
        #expect(datagram?.destination == Lab.visitor)
        #expect(foreign.foreign.notificationsRelayed == 1 && foreign.violations.isEmpty)
    }

    @Test("A foreign agent relays the example of an acknowledgment and signs it for the home agent, which takes it as one")
    func acknowledged() throws {
        var home = try Self.home([Self.ofNode, Self.ofForeignAgent])
        var foreign = try Self.foreign()
        home.advance(seconds: Self.wait)
        foreign.advance(seconds: Self.wait)
        _ = try home.send(NotificationOrder(to: .mobileNode, text: "Maintenance at 02:00 UTC"))
        let acknowledgment = try Self.octets(Self.acknowledgment)
        let relayed = foreign.receive(acknowledgment, from: Lab.visitor, to: Lab.foreignAgent)
        var expected = acknowledgment
        expected.sign(.foreignHomeAuthentication, Self.ofHomeAgent)
        #expect(relayed?.payload == expected && relayed?.destination == Lab.homeAgent)
        home.uptime += 250_000_000
        home.receive(expected, from: Lab.foreignAgent)
        #expect(home.notifications.map(\.state) == [.acknowledged])
        #expect(home.notifications.map(\.code) == [0] && home.notifications.map(\.delay) == [250])
    }

    @Test("A home agent whose clock is 51 seconds ahead writes the example of a refusal")
    func refused() throws {
        var home = try Self.home([Self.ofNode])
        home.advance(seconds: Self.wait + 50.5)
        let late = NotificationMessage(.mobileNodeToHomeAgent, home) {
            $0.identification = Identification(high: 0xE90B_5C00, low: 0x8000_0000)
            $0.signatures = [(.mobileHomeAuthentication, Self.ofNode)]
        }
        let answer = home.receive(late.octets, from: Lab.foreignAgent)
        #expect(answer?.payload == (try Self.octets(Self.refusal)))
        #expect(home.home.notificationsDenied == 1 && home.home.notificationsReceived == 0)
        #expect(home.violations.map(\.recentReason) == [.badIdentifier])
    }
}
