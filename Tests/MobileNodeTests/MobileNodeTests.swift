import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import Testing

@Suite("Registration of a mobile node")
struct MobileNodeTests {
    static let home = IPv4Address(192, 0, 2, 10)
    static let agent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    static let key = AuthenticationKey(octets: Array(0..<16))
    static let spi = SecurityParameterIndex(rawValue: 256)
    /// 2023-11-24T17:23:12Z
    static let epoch: Int64 = 1_700_846_592_000_000_000

    static func moment(_ seconds: Double) -> Moment {
        Moment(uptime: Int64(seconds * 1e9), wallClock: epoch + Int64(seconds * 1e9))
    }

    static func node(_ change: (inout MobileNodeConfiguration) -> Void = { _ in }) -> MobileNode {
        var configuration = MobileNodeConfiguration(
            homeAddress: home, homeAgent: agent, careOfAddress: IPv4Address(198, 51, 100, 1), spi: spi, key: key)
        configuration.lifetime = 100
        change(&configuration)
        return MobileNode(configuration: configuration)
    }

    static func decode(_ request: [UInt8]) throws -> RegistrationRequest {
        try RegistrationRequest(decoding: request.span.bytes)
    }

    static func reply(
        to request: [UInt8], code: ReplyCode, lifetime: UInt16 = 100, high: UInt32? = nil, home: IPv4Address = home,
        key: AuthenticationKey? = key
    ) throws -> [UInt8] {
        let identification = try decode(request).identification
        var octets: [UInt8] = []
        RegistrationReply(
            code: code, lifetime: .init(rawValue: lifetime), homeAddress: home, homeAgent: agent.address,
            identification: Identification(high: high ?? identification.high, low: identification.low)
        ).encode(into: &octets)
        if let key {
            AuthenticationAlgorithm.hmacMD5.appendExtension(.mobileHomeAuthentication, spi: spi, key: key, to: &octets)
        }
        return octets
    }

    static func deliver(
        _ octets: [UInt8], to node: inout MobileNode, at seconds: Double, request: inout [UInt8]?
    ) -> MobileNode.Outcome? {
        var random = SystemRandomNumberGenerator()
        return node.receive(octets.span.bytes, at: moment(seconds), request: &request, random: &random)
    }

    @Test("An accepted node renews after seven tenths of its lifetime and deregisters on request")
    func life() throws {
        var random = SystemRandomNumberGenerator()
        var node = Self.node()
        var following: [UInt8]?
        let first = node.register(at: Self.moment(0), random: &random)
        #expect(try Self.decode(first).identification.high == 0xE90B_5A80)
        let outcome = Self.deliver(try Self.reply(to: first, code: .accepted), to: &node, at: 0.1, request: &following)
        #expect(outcome == .accepted(.accepted, lifetime: 100))
        #expect(node.nextDeadline == Self.moment(70).uptime)
        let renewal = try #require(node.advance(to: Self.moment(70), random: &random))
        _ = Self.deliver(try Self.reply(to: renewal, code: .accepted), to: &node, at: 70.1, request: &following)
        let last = try #require(node.deregister(at: Self.moment(80), random: &random))
        #expect(try Self.decode(last).lifetime == .deregistration)
        _ = Self.deliver(try Self.reply(to: last, code: .accepted, lifetime: 0), to: &node, at: 80.1, request: &following)
        #expect(node.state == .deregistered)
        #expect(node.counters.requestsAccepted == 3)
        #expect(node.counters.requestsSent == 2)
        #expect(node.counters.deregistrationRequestsSent == 1)
    }

    @Test("Unanswered requests are repeated after 1, 2, 4 and 8 seconds, each with a new timestamp, and then abandoned")
    func retransmission() throws {
        var random = SystemRandomNumberGenerator()
        var node = Self.node { $0.tries = 4 }
        var identifications = [try Self.decode(node.register(at: Self.moment(0), random: &random)).identification]
        for seconds in [1.0, 3, 7] {
            #expect(node.nextDeadline == Self.moment(seconds).uptime)
            let request = try #require(node.advance(to: Self.moment(seconds), random: &random))
            identifications.append(try Self.decode(request).identification)
        }
        #expect(Set(identifications).count == 4)
        #expect(node.advance(to: Self.moment(15), random: &random) == nil)
        #expect(node.state == .failed(.unanswered))
    }

    @Test("With nonces a retransmission keeps its identification and the next request carries the home agent's nonce")
    func nonces() throws {
        var random = SystemRandomNumberGenerator()
        var node = Self.node { $0.replayMethod = .nonces }
        var following: [UInt8]?
        let first = node.register(at: Self.moment(0), random: &random)
        let again = try #require(node.advance(to: Self.moment(1), random: &random))
        #expect(again == first)
        let refused = try Self.reply(to: first, code: .haIdentificationMismatch, high: 0xABCD_0001)
        #expect(Self.deliver(refused, to: &node, at: 1.1, request: &following) == nil)
        #expect(try Self.decode(try #require(following)).identification.high == 0xABCD_0001)
    }

    @Test("Code 133 sets the node's clock to the home agent's, once; a second 133 is a denial")
    func resynchronization() throws {
        var random = SystemRandomNumberGenerator()
        var node = Self.node()
        var following: [UInt8]?
        let first = node.register(at: Self.moment(0), random: &random)
        let refused = try Self.reply(to: first, code: .haIdentificationMismatch, high: 0xE90B_5A80 + 3600)
        #expect(Self.deliver(refused, to: &node, at: 0.1, request: &following) == nil)
        let second = try #require(following)
        #expect(try Self.decode(second).identification.high == 0xE90B_5A80 + 3600)
        following = nil
        let again = try Self.reply(to: second, code: .haIdentificationMismatch, high: 1)
        #expect(Self.deliver(again, to: &node, at: 0.2, request: &following) == .denied(.haIdentificationMismatch))
        #expect(following == nil)
        #expect(node.counters.requestsDeniedDueToID == 2)
    }

    @Test("A reply with a wrong or no authenticator changes nothing, and is reported when no better one arrives")
    func unauthenticated() throws {
        var random = SystemRandomNumberGenerator()
        var node = Self.node { $0.tries = 1 }
        var following: [UInt8]?
        let first = node.register(at: Self.moment(0), random: &random)
        for key in [nil, AuthenticationKey(octets: [1])] {
            let forged = try Self.reply(to: first, code: .haMobileNodeFailedAuthentication, key: key)
            #expect(Self.deliver(forged, to: &node, at: 0.1, request: &following) == nil)
        }
        #expect(node.state == .registering)
        #expect(node.counters.repliesHomeAgentAuthenticationFailure == 2)
        _ = node.advance(to: Self.moment(1), random: &random)
        #expect(node.state == .failed(.unauthenticated(.haMobileNodeFailedAuthentication)))
    }

    @Test("A foreign agent's denial needs no home agent's authenticator, but only when registering through a foreign agent")
    func foreignAgentDenial() throws {
        var random = SystemRandomNumberGenerator()
        var following: [UInt8]?
        var through = Self.node { $0.foreignAgent = TransportEndpoint(IPv4Address(198, 51, 100, 1), port: 434) }
        let denial = try Self.reply(
            to: through.register(at: Self.moment(0), random: &random), code: .faInsufficientResources, key: nil)
        #expect(Self.deliver(denial, to: &through, at: 0.1, request: &following) == .denied(.faInsufficientResources))
        var direct = Self.node()
        let forged = try Self.reply(
            to: direct.register(at: Self.moment(0), random: &random), code: .faInsufficientResources, key: nil)
        #expect(Self.deliver(forged, to: &direct, at: 0.1, request: &following) == nil)
    }

    @Test("A node without a home address adopts the one assigned to it")
    func assignedAddress() throws {
        var random = SystemRandomNumberGenerator()
        var node = Self.node {
            $0.homeAddress = .zero
            $0.nai = NetworkAccessIdentifier("alice@example.net")
        }
        var following: [UInt8]?
        let request = node.register(at: Self.moment(0), random: &random)
        #expect(try ExtensionScan(request.span.bytes, from: 24).nai?.value == "alice@example.net")
        _ = Self.deliver(try Self.reply(to: request, code: .accepted), to: &node, at: 0.1, request: &following)
        #expect(node.configuration.homeAddress == Self.home)
    }

    @Test("Replies with a different low identification or home address are counted and ignored")
    func mismatches() throws {
        var random = SystemRandomNumberGenerator()
        var node = Self.node()
        var following: [UInt8]?
        let request = node.register(at: Self.moment(0), random: &random)
        var wrongID = try Self.reply(to: request, code: .accepted)
        wrongID[19] ^= 1
        #expect(Self.deliver(wrongID, to: &node, at: 0.1, request: &following) == nil)
        let wrongHome = try Self.reply(to: request, code: .accepted, home: IPv4Address(192, 0, 2, 99))
        #expect(Self.deliver(wrongHome, to: &node, at: 0.1, request: &following) == nil)
        #expect(Self.deliver([], to: &node, at: 0.1, request: &following) == nil)
        #expect(node.counters.repliesInvalidID == 1)
        #expect(node.counters.repliesInvalidHomeAddress == 1)
    }
}
