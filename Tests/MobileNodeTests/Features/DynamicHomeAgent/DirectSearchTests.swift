import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Search for a home agent without a foreign agent")
struct DirectSearchTests {
    private static let other = TransportEndpoint(IPv4Address(192, 0, 2, 2), port: 434)

    private static func searching(_ change: (inout MobileNodeConfiguration) -> Void = { _ in }) -> DirectNode {
        DirectNode {
            ($0.homeAddress, $0.homeAgent.address, $0.nai) = (.zero, .zero, VisitingNode.alice)
            $0.homeAgentHint = DirectNode.homeAgent.address
            change(&$0)
        }
    }

    private static func requested(in request: [UInt8]?) throws -> [IPv4Address] {
        let octets = try #require(request)
        var cursor = ExtensionCursor(offset: RegistrationRequest.fixedSize)
        var found: [IPv4Address] = []
        while let located = try cursor.next(in: octets.span.bytes) {
            if located.type == .dynamicHomeAgent { found.append(try DynamicHomeAgent(located, in: octets.span.bytes).address) }
        }
        return found
    }

    /// Delivers a redirection to the other home agent; returns the request that follows.
    private static func redirect(_ direct: DirectNode, _ request: [UInt8]?) throws -> [UInt8]? {
        var octets: [UInt8] = []
        RegistrationReply(
            code: .haRedirected, lifetime: .init(rawValue: 0), homeAddress: .zero, homeAgent: DirectNode.homeAgent.address,
            identification: try fixedPart(request).identification
        ).encode(into: &octets)
        octets.append(extension: DynamicHomeAgent(purpose: .redirected, address: other.address))
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: DirectNode.spi, key: DirectNode.key, to: &octets)
        var following: [UInt8]?
        let outcome = direct.node.receive(
            octets.span.bytes, from: DirectNode.homeAgent, at: direct.now, request: &following, random: &direct.random)
        #expect(outcome == nil)
        return following
    }

    @Test("Requests go to the home agent that they ask for, and after an acceptance to the one that has accepted")
    func destination() throws {
        let direct = Self.searching()
        let request = try #require(direct.attach())
        #expect(try fixedPart(request).homeAgent == .zero)
        #expect(try Self.requested(in: request) == [DirectNode.homeAgent.address])
        #expect(direct.node.destination == DirectNode.homeAgent)
        #expect(direct.accept(request) == .accepted(.accepted, lifetime: 100))
        #expect(direct.node.destination == DirectNode.homeAgent)
        #expect(direct.node.tunnel?.peer == DirectNode.homeAgent.address)
        #expect(direct.node.tunnel?.homeAddress == DirectNode.home)
        direct.seconds = 70
        let renewal = direct.advance()
        #expect(try fixedPart(renewal).homeAgent == DirectNode.homeAgent.address)
        #expect(try Self.requested(in: renewal).isEmpty)
    }

    @Test("After a redirection, the request goes to the other home agent and asks for it")
    func redirected() throws {
        let direct = Self.searching()
        let request = direct.attach()
        let following = try Self.redirect(direct, request)
        #expect(try fixedPart(following).homeAgent == .zero)
        #expect(try Self.requested(in: following) == [Self.other.address])
        #expect(direct.node.destination == Self.other)
    }

    @Test("Without a hint, the home agent for a failed search is asked first")
    func noHint() throws {
        let direct = Self.searching { ($0.homeAgentHint, $0.fallbackHomeAgent) = (nil, Self.other.address) }
        #expect(try Self.requested(in: direct.attach()) == [Self.other.address])
        #expect(direct.node.destination == Self.other)
    }

    @Test("A node whose home agent revokes its registration asks for any with home address 0, its former home agent first")
    func revoked() throws {
        let direct = Self.searching { ($0.homeAgentHint, $0.fallbackHomeAgent) = (nil, DirectNode.homeAgent.address) }
        try direct.register()
        direct.seconds = 10
        #expect(direct.receive()?.outcome == .revoked)
        #expect(direct.node.status(agents: nil, startTime: Place.start).homeAgentSearch?.state == .unanchored)
        #expect(direct.node.configuration.homeAddress == .zero)
        direct.seconds = 12
        let isDue = direct.node.beginRetry(at: direct.now)
        #expect(isDue)
        let request = direct.attach()
        #expect(try fixedPart(request).homeAgent == .zero)
        #expect(try fixedPart(request).homeAddress == .zero)
        #expect(try Self.requested(in: request) == [DirectNode.homeAgent.address])
        // A copy of the revocation is still acknowledged.
        #expect(direct.receive()?.acknowledgment.isEmpty == false)
        let following = try Self.redirect(direct, request)
        #expect(try Self.requested(in: following) == [Self.other.address])
    }

    @Test("A home address of its own is kept when its home agent revokes the registration")
    func ownAddress() throws {
        let direct = Self.searching { $0.homeAddress = DirectNode.home }
        try direct.register()
        #expect(direct.receive()?.outcome == .revoked)
        direct.seconds = 2
        let request = direct.attach()
        #expect(try fixedPart(request).homeAgent == .zero)
        #expect(try fixedPart(request).homeAddress == DirectNode.home)
    }
}
