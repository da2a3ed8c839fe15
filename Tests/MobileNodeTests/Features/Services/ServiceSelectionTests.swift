import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Service selection at a mobile node")
struct ServiceSelectionTests {
    private static let request =
        "01020708c000020ac0000201c6336401e90b5a80123456788311616c696365406578616d706c652e6e65749703696d732014000001009a724f7311"
        + "995757f3dc6dcb3a46a730"
    private static let acceptance =
        "03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e65749703696d73201400000100726f780e52e8b829c6"
        + "7a72e86582abae"
    private static let refusal =
        "03970000c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e65742014000001003aaf63fa2106929a9647c0042adb"
        + "bcab"
    private static let elsewhere = NetworkAttachment.foreignAgent(
        TransportEndpoint(IPv4Address(203, 0, 113, 1), port: 434), careOfAddress: IPv4Address(203, 0, 113, 1))
    private static let ims = ServiceIdentifier("ims")

    private static func example() -> VisitingNode {
        VisitingNode.ofExample { ($0.nai, $0.service) = (VisitingNode.alice, ims) }
    }

    @Test("E11, E21: the service is in each request, and its echo is understood")
    func accepted() throws {
        let visiting = Self.example()
        #expect(Hexadecimal.text(visiting.request) == Self.request)
        #expect(visiting.status.service == Self.ims)
        #expect(try visiting.deliver(hexadecimal: Self.acceptance) == .accepted(.accepted, lifetime: 1800))
        #expect(visiting.counters.repliesIgnoredUnknownExtension == 0)
        visiting.pass(until: 1260)
        #expect(try visiting.sentTypes == [131, 151, 32])
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.disable()
        #expect(try visiting.sentTypes == [131, 151, 32])
    }

    @Test("E22: a refused service ends the registration, and is requested neither again nor from another network")
    func refused() throws {
        let visiting = Self.example()
        #expect(try visiting.deliver(hexadecimal: Self.acceptance) == .accepted(.accepted, lifetime: 1800))
        visiting.pass(until: 1260)
        #expect(try visiting.deliver(hexadecimal: Self.refusal) == .denied(.haServiceAuthorizationFailed))
        #expect(!visiting.node.isRegistered)
        #expect(visiting.node.isServiceRefused)
        #expect(visiting.node.state == .failed(.denied(.haServiceAuthorizationFailed)))
        #expect(visiting.counters.serviceRefusals == 1)
        let sent = visiting.counters.requestsSent
        #expect(visiting.pass(until: 5000).requests.isEmpty)
        visiting.attach(to: Self.elsewhere)
        #expect(visiting.pass(until: 9000).requests.isEmpty)
        #expect(visiting.counters.requestsSent == sent)
        #expect(visiting.node.mobileNodeState == .isolated)
    }

    @Test("An operator who disables and enables the node lets it ask again")
    func enabledAgain() throws {
        let visiting = Self.example()
        #expect(try visiting.deliver(hexadecimal: Self.refusal) == .denied(.haServiceAuthorizationFailed))
        visiting.disable()
        let sent = visiting.counters.requestsSent
        visiting.enable()
        #expect(visiting.counters.requestsSent == sent + 1)
        #expect(!visiting.node.isServiceRefused)
        #expect(try visiting.sentTypes == [131, 151, 32])
    }

    @Test("With service selection turned off, the node registers without the service")
    func turnedOff() throws {
        let visiting = Self.example()
        #expect(try visiting.deliver(hexadecimal: Self.refusal) == .denied(.haServiceAuthorizationFailed))
        var policy = DiscoveryPolicy()
        policy.serviceSelection = false
        visiting.node.setDiscovery(policy)
        #expect(visiting.status.service == nil)
        visiting.attach()
        #expect(try visiting.sentTypes == [131, 32])
        // 151 is then a denial like another.
        #expect(visiting.deliver { $0.code = 151 } == .denied(.haServiceAuthorizationFailed))
        #expect(visiting.counters.serviceRefusals == 1)
        #expect(visiting.node.retry.due != nil)
    }

    @Test("A node without a service of its own that is refused one tries again, since its foreign agent may have chosen it")
    func chosenByAgent() throws {
        let visiting = VisitingNode()
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.pass(until: 70)
        #expect(visiting.deliver { ($0.code, $0.lifetime) = (151, 0) } == .denied(.haServiceAuthorizationFailed))
        #expect(!visiting.node.isRegistered)
        #expect(visiting.pass(until: 72).requests.map { $0.second } == [72])
    }

    @Test("A refusal that the home agent has not signed is dropped")
    func forged() throws {
        let visiting = Self.example()
        #expect(visiting.deliver { ($0.code, $0.homeKey) = (151, Place.wrongKey) } == nil)
        #expect(visiting.counters.serviceRefusals == 0)
        #expect(visiting.counters.repliesHomeAgentAuthenticationFailure == 1)
    }

    @Test("An echo to a node that selects no service is skipped")
    func unexpectedEcho() throws {
        let visiting = VisitingNode()
        visiting.attach()
        #expect(visiting.deliver { $0.before = [151, 3, 105, 109, 115] } == .accepted(.accepted, lifetime: 100))
        #expect(visiting.counters.repliesIgnoredUnknownExtension == 1)
    }
}
