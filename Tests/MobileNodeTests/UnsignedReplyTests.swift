import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("What nobody signed for a mobile node")
struct UnsignedReplyTests {
    private static let error: [UInt8] = [45, 2, 0, 68]
    private static let challenge: [UInt8] = [132, 4, 9, 8, 7, 6]
    private static let vendor: [UInt8] = [134, 9, 0, 0, 0, 0, 0, 9, 0, 14, 1]

    /// A node with a pending request through a foreign agent with which it shares an association, or directly.
    private static func waiting(direct: Bool = false) throws -> (Journey, ReplyCase.Reply) {
        var journey = Journey {
            $0.node.mobileForeign = NodeAssociation(spi: Place.mobileForeignSPI, key: Place.mobileForeignKey)
            $0.node.knownVendorExtensions = [VendorExtensionKind(vendor: 9, type: 14)]
        }
        let sent = journey.node.attach(
            to: direct ? .coLocated(Place.careOf) : Journey.abroad, at: journey.now, random: &journey.random)
        var reply = ReplyCase.Reply(identification: try fixedPart(sent).identification)
        if direct { (reply.foreignKey, reply.source) = (nil, Place.homeAgent) }
        return (journey, reply)
    }

    private static func deliver(_ octets: [UInt8], to journey: inout Journey, from source: TransportEndpoint) -> MobileNode
        .Outcome?
    {
        var following: [UInt8]?
        return journey.node.receive(
            octets.span.bytes, from: source, at: journey.now, request: &following, random: &journey.random)
    }

    @Test("What stands behind the foreign agent's authenticator is ignored and counted", arguments: [error, challenge, vendor])
    func behind(_ octets: [UInt8]) throws {
        var (journey, reply) = try Self.waiting()
        let outcome = Self.deliver(reply.octets + octets, to: &journey, from: reply.source)
        #expect(outcome == .accepted(.accepted, lifetime: 600))
        #expect(journey.node.counters.unsignedExtensionsIgnored == 1)
        #expect(journey.node.counters.repliesReceivedByCode[.accepted] == 1)
        reply.source = Place.homeAgent
        journey.wait(seconds: 500)
        let renewal = journey.node.advance(to: journey.now, random: &journey.random)
        #expect(try extensionTypes(try #require(renewal), from: RegistrationRequest.fixedSize) == [32, 33])
    }

    @Test("A foreign agent's error or challenge before the home agent's authenticator is ignored", arguments: [error, challenge])
    func beforeHomeAgent(_ octets: [UInt8]) throws {
        var (journey, reply) = try Self.waiting()
        reply.before = octets
        #expect(Self.deliver(reply.octets, to: &journey, from: reply.source) == .accepted(.accepted, lifetime: 600))
        #expect(journey.node.counters.unsignedExtensionsIgnored == 1)
    }

    @Test("Where the authenticators cover them, none of them is counted as unsigned", arguments: [error, challenge, vendor])
    func covered(_ octets: [UInt8]) throws {
        var (journey, reply) = try Self.waiting()
        reply.after = octets
        let isError = octets == Self.error
        let outcome = Self.deliver(reply.octets, to: &journey, from: reply.source)
        #expect(outcome == (isError ? .denied(.faHomeAgentFailedAuthentication) : .accepted(.accepted, lifetime: 600)))
        #expect(journey.node.counters.unsignedExtensionsIgnored == 0)
    }

    @Test("Without a foreign agent, an error appended to the home agent's acceptance is ignored and counted")
    func errorOfNobody() throws {
        var (journey, reply) = try Self.waiting(direct: true)
        reply.after = Self.error + Self.challenge
        #expect(Self.deliver(reply.octets, to: &journey, from: reply.source) == .accepted(.accepted, lifetime: 600))
        #expect(journey.node.counters.unsignedExtensionsIgnored == 1)
        #expect(journey.node.counters.requestsDeniedByForeignAgent == 0)
    }

    @Test("With timestamps, an acceptance of an older request with the same low identification is dropped")
    func replayed() throws {
        var (journey, reply) = try Self.waiting()
        let right = reply.identification
        reply.identification = Identification(high: right.high &- 3600, low: right.low)
        #expect(Self.deliver(reply.octets, to: &journey, from: reply.source) == nil)
        #expect(journey.node.counters.repliesInvalidID == 1)
        #expect(journey.node.counters.requestsAccepted == 0)
        reply.identification = right
        #expect(Self.deliver(reply.octets, to: &journey, from: reply.source) == .accepted(.accepted, lifetime: 600))
    }

    @Test("A forged reply does not change the nonce of the next request")
    func forgedNonce() throws {
        var random = SystemRandomNumberGenerator()
        var node = MobileNodeTests.node { $0.replayMethod = .nonces }
        var following: [UInt8]?
        let first = node.register(at: MobileNodeTests.moment(0), random: &random)
        for key in [nil, AuthenticationKey(octets: [1])] {
            let forged = try MobileNodeTests.reply(to: first, code: .haIdentificationMismatch, high: 0xBAD, key: key)
            #expect(MobileNodeTests.deliver(forged, to: &node, at: 0.1, request: &following) == nil)
            #expect(following == nil)
        }
        let reply = try MobileNodeTests.reply(to: first, code: .accepted, high: 0x600D)
        #expect(MobileNodeTests.deliver(reply, to: &node, at: 0.2, request: &following) == .accepted(.accepted, lifetime: 100))
        // The reply that was already processed answers nothing.
        let again = try MobileNodeTests.reply(to: first, code: .accepted, high: 0xBAD)
        #expect(MobileNodeTests.deliver(again, to: &node, at: 0.3, request: &following) == nil)
        let renewal = try #require(node.advance(to: MobileNodeTests.moment(70), random: &random))
        #expect(try MobileNodeTests.decode(renewal).identification.high == 0x600D)
    }
}
