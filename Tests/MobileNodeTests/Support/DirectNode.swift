import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import Testing

/// A node that registers without a foreign agent, and the messages of its home agent.
final class DirectNode {
    static let home = IPv4Address(192, 0, 2, 10)
    static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    static let careOf = IPv4Address(198, 51, 100, 77)
    static let spi = SecurityParameterIndex(rawValue: 0x100)
    static let key = AuthenticationKey(octets: (0..<16).map { $0 * 0x11 })
    /// What the home agent answers to an offer: 2023-11-24T17:23:13Z in seconds of NTP time.
    static let answer = RevocationSupport(informsMobileNode: true, timestamp: 0xE90B_5A81)

    /// A revocation to build: a test sets the parts that differ; the rest is correct.
    struct Revocation {
        var message = RegistrationRevocation(
            isFromHomeDomain: true, informsMobileNode: true, homeAddress: home, homeDomain: homeAgent.address,
            foreignDomain: careOf, identifier: 0xE90B_5B60)
        var before: [UInt8] = []
        /// One authenticator with each.
        var keys = [key]
        var spi = DirectNode.spi
        var after: [UInt8] = []

        init(_ change: (inout Revocation) -> Void = { _ in }) { change(&self) }

        var octets: [UInt8] {
            var octets: [UInt8] = []
            message.encode(into: &octets)
            octets += before
            for key in keys {
                AuthenticationAlgorithm.hmacMD5.appendExtension(
                    .mobileHomeAuthentication, spi: spi, key: key, to: &octets)
            }
            return octets + after
        }
    }

    var node: MobileNode
    /// Seconds since the start.
    var seconds = 0.0
    /// How far the node's wall clock is ahead, in seconds.
    var ahead = 0.0
    var random = SeededGenerator(seed: 1)

    init(offer: RevocationAgreement = .agreedInforming, _ change: (inout MobileNodeConfiguration) -> Void = { _ in }) {
        var configuration = MobileNodeConfiguration(
            homeAddress: Self.home, homeAgent: Self.homeAgent, careOfAddress: .zero, spi: Self.spi, key: Self.key)
        configuration.revocationOffer = offer
        configuration.lifetime = 100
        change(&configuration)
        node = MobileNode(configuration: configuration)
    }

    var now: Moment {
        Moment(
            uptime: Int64(seconds * 1e9), wallClock: MobileNodeTests.epoch + Int64((seconds + ahead) * 1e9))
    }

    /// Attaches to a network; returns the request.
    func attach(to attachment: NetworkAttachment = .coLocated(careOf)) -> [UInt8]? {
        node.attach(to: attachment, at: now, random: &random)
    }

    /// Does what is due; returns the request that is sent.
    func advance() -> [UInt8]? { node.advance(to: now, random: &random) }

    /// Attaches, and has the request accepted.
    func register(answer: RevocationSupport? = answer) throws {
        let request = try #require(attach())
        let outcome = accept(request, answer: answer)
        #expect(outcome == .accepted(.accepted, lifetime: 100))
    }

    /// Delivers the acceptance of a request.
    ///
    /// - Parameters:
    ///   - answer: What the home agent says about revocations.
    ///   - isSigned: Whether that stands before the authenticator.
    func accept(
        _ request: [UInt8], answer: RevocationSupport? = answer, isSigned: Bool = true, lifetime: UInt16 = 100
    ) -> MobileNode.Outcome? {
        var octets: [UInt8] = []
        let identification = (try? RegistrationRequest(decoding: request.span.bytes))?.identification
        RegistrationReply(
            code: .accepted, lifetime: .init(rawValue: lifetime), homeAddress: Self.home, homeAgent: Self.homeAgent.address,
            identification: identification ?? Identification(rawValue: 0)
        ).encode(into: &octets)
        if let answer, isSigned { octets.append(extension: answer) }
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: Self.spi, key: Self.key, to: &octets)
        if let answer, !isSigned { octets.append(extension: answer) }
        var following: [UInt8]?
        return node.receive(octets.span.bytes, from: Self.homeAgent, at: now, request: &following, random: &random)
    }

    func receive(_ change: (inout Revocation) -> Void = { _ in }) -> RevocationAnswer? {
        node.receive(revocation: Revocation(change).octets.span.bytes, at: now)
    }

    /// The only registration.
    var registration: NodeRegistration? { node.registrations(at: now, startTime: Place.start).first }
    var exchanges: [Exchange] { node.exchanges(startTime: Place.start) }
}
