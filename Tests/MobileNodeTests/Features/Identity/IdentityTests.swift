import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Identities of the home domain at a mobile node")
struct IdentityTests {
    private static let reply =
        "03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e6574881001686131406578616d706c652e6e65748811"
        + "0261616133406578616d706c652e6e6574201400000100d7d1c2796cf193a910a06113684dcb23"
    private static let ha1 = NetworkAccessIdentifier("ha1@example.net")
    private static let ha2 = NetworkAccessIdentifier("ha2@example.net")
    private static let aaa3 = NetworkAccessIdentifier("aaa3@example.net")

    private static func identity(_ owner: NAICarrying.Owner, _ nai: NetworkAccessIdentifier?) throws -> [UInt8] {
        extensionOctets(NAICarrying(owner: owner, nai: try #require(nai)))
    }

    /// The identities in the last request, with their Sub-Types.
    private static func identities(sentBy visiting: VisitingNode) throws -> [String] {
        try visiting.sentExtensions(NAICarrying.self).map { "\($0.owner.rawValue) \($0.nai)" }
    }

    @Test("E25: the node repeats both identities in each request until its registration ends")
    func repeated() throws {
        let visiting = VisitingNode.ofExample { $0.nai = VisitingNode.alice }
        #expect(try visiting.sentTypes == [131, 32])
        #expect(try visiting.deliver(hexadecimal: Self.reply) == .accepted(.accepted, lifetime: 1800))
        #expect(visiting.counters.identitiesReceived == 1)
        #expect(visiting.counters.repliesIgnoredUnknownExtension == 0)
        #expect(visiting.status.homeAgentIdentity == Self.ha1)
        #expect(visiting.status.homeAAAIdentity == Self.aaa3)
        visiting.pass(until: 1260)
        #expect(try visiting.sentTypes == [131, 136, 136, 32])
        #expect(try Self.identities(sentBy: visiting) == ["1 ha1@example.net", "2 aaa3@example.net"])
        // An acceptance without them takes nothing back.
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.disable()
        #expect(try Self.identities(sentBy: visiting) == ["1 ha1@example.net", "2 aaa3@example.net"])
        #expect(visiting.deliver { $0.lifetime = 0 } == .accepted(.accepted, lifetime: 0))
        #expect(visiting.status.homeAgentIdentity == nil)
        #expect(visiting.status.homeAAAIdentity == nil)
    }

    @Test("The latest identity counts, also in another network")
    func latest() throws {
        let visiting = VisitingNode.ofExample()
        #expect(try visiting.deliver(hexadecimal: Self.reply) == .accepted(.accepted, lifetime: 1800))
        visiting.pass(until: 1260)
        let other = try Self.identity(.homeAgent, Self.ha2)
        #expect(visiting.deliver { $0.before = other } == .accepted(.accepted, lifetime: 100))
        visiting.attach(
            to: .foreignAgent(
                TransportEndpoint(IPv4Address(203, 0, 113, 1), port: 434), careOfAddress: IPv4Address(203, 0, 113, 1)))
        #expect(try Self.identities(sentBy: visiting) == ["1 ha2@example.net", "2 aaa3@example.net"])
    }

    @Test("A configured identity is sent at first, and the one that the home agent gives after that")
    func configured() throws {
        let visiting = VisitingNode { $0.homeAgentIdentity = Self.ha2 }
        visiting.attach()
        #expect(visiting.status.homeAgentIdentity == Self.ha2)
        #expect(try Self.identities(sentBy: visiting) == ["1 ha2@example.net"])
        let given = try Self.identity(.homeAgent, Self.ha1)
        #expect(visiting.deliver { $0.before = given } == .accepted(.accepted, lifetime: 100))
        visiting.pass(until: 70)
        #expect(try Self.identities(sentBy: visiting) == ["1 ha1@example.net"])
    }

    @Test("A node that was redirected no longer names the home agent that it wished")
    func redirected() throws {
        let visiting = VisitingNode.searching { $0.homeAgentIdentity = Self.ha1 }
        visiting.attach()
        #expect(try visiting.sentTypes == [131, 136, 32])
        let redirection = extensionOctets(
            DynamicHomeAgent(purpose: .redirected, address: IPv4Address(192, 0, 2, 2)))
        #expect(visiting.deliver { ($0.code, $0.homeAddress, $0.before) = (143, .zero, redirection) } == nil)
        #expect(try visiting.sentTypes == [131, 139, 32])
    }

    @Test("A home agent that was found by its identity is shown as such")
    func found() throws {
        let visiting = VisitingNode.searching { $0.homeAgentIdentity = Self.ha1 }
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(visiting.status.homeAgentSearch?.source == .identity)
    }

    @Test("What the home agent has not signed, and the identity of a foreign agent, is not repeated")
    func ignored() throws {
        let visiting = VisitingNode()
        visiting.attach()
        let (behind, foreign) = try (Self.identity(.homeAgent, Self.ha1), Self.identity(.foreignAgent, Self.ha2))
        #expect(visiting.deliver { ($0.before, $0.after) = (foreign, behind) } == .accepted(.accepted, lifetime: 100))
        #expect(visiting.counters.identitiesReceived == 0)
        #expect(visiting.counters.unsignedExtensionsIgnored == 1)
        #expect(visiting.counters.repliesIgnoredUnknownExtension == 1)
        visiting.pass(until: 70)
        #expect(try visiting.sentTypes == [32])
    }
}
