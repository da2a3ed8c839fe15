import AgentModel
import MobileIPv4
import MobileNode
import Testing

/// A node that registers through a foreign agent, with the replies that the agent delivers and a clock of its own.
final class VisitingNode {
    static let home = IPv4Address(192, 0, 2, 10)
    static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    static let foreignAgent = TransportEndpoint(IPv4Address(198, 51, 100, 1), port: 434)
    static let key = AuthenticationKey(octets: (0..<16).map { $0 * 0x11 })
    static let spi = SecurityParameterIndex(rawValue: 0x100)
    static let foreignSPI = SecurityParameterIndex(rawValue: 0x102)
    static let attachment = NetworkAttachment.foreignAgent(foreignAgent, careOfAddress: foreignAgent.address)

    /// A reply to build: a test sets the parts that differ; the rest is correct.
    struct Reply {
        var code: UInt8 = 0
        var lifetime: UInt16 = 100
        var homeAddress = home
        var homeAgent = VisitingNode.homeAgent.address
        /// Before the home agent's authenticator.
        var before: [UInt8] = []
        var homeKey: AuthenticationKey? = key
        /// After it.
        var after: [UInt8] = []
        var foreignKey: AuthenticationKey?
        /// After the foreign agent's authenticator.
        var behind: [UInt8] = []

        func octets(answering identification: Identification) -> [UInt8] {
            var octets: [UInt8] = []
            RegistrationReply(
                code: ReplyCode(rawValue: code), lifetime: .init(rawValue: lifetime), homeAddress: homeAddress,
                homeAgent: homeAgent, identification: identification
            ).encode(into: &octets)
            octets += before
            Self.sign(.mobileHomeAuthentication, spi, homeKey, &octets)
            octets += after
            Self.sign(.mobileForeignAuthentication, foreignSPI, foreignKey, &octets)
            return octets + behind
        }

        private static func sign(
            _ type: ExtensionType, _ spi: SecurityParameterIndex, _ key: AuthenticationKey?, _ octets: inout [UInt8]
        ) {
            guard let key else { return }
            AuthenticationAlgorithm.hmacMD5.appendExtension(type, spi: spi, key: key, to: &octets)
        }
    }

    /// The low word of every nonce.
    private struct Nonces: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0x1234_5678 }
    }

    /// What happened while time passed.
    struct Course {
        /// The requests, each with its second.
        var requests: [(second: Double, lifetime: UInt16)] = []
        /// What failed, each with its second.
        var failures: [(second: Double, outcome: MobileNode.Outcome)] = []
    }

    var node: MobileNode
    /// Seconds since the start.
    var seconds = 0.0
    /// The last request; empty before the first.
    private(set) var request: [UInt8] = []
    private let sharesAssociation: Bool
    private var random = Nonces()

    /// - Parameter sharesAssociation: whether the node shares an association with the foreign agent, which then signs its replies.
    init(sharesAssociation: Bool = false, _ change: (inout MobileNodeConfiguration) -> Void = { _ in }) {
        self.sharesAssociation = sharesAssociation
        var configuration = MobileNodeConfiguration(
            homeAddress: Self.home, homeAgent: Self.homeAgent, careOfAddress: .zero, spi: Self.spi, key: Self.key)
        configuration.lifetime = 100
        if sharesAssociation { configuration.mobileForeign = NodeAssociation(spi: Self.foreignSPI, key: Self.key) }
        change(&configuration)
        node = MobileNode(configuration: configuration)
    }

    var now: Moment {
        Moment(uptime: Int64((seconds * 1e9).rounded()), wallClock: MobileNodeTests.epoch + Int64((seconds * 1e9).rounded()))
    }

    var counters: MobileNodeCounters { node.counters }
    var status: MobileNodeStatus { node.status(agents: nil, startTime: Place.start) }

    func attach(to attachment: NetworkAttachment = attachment) { note(node.attach(to: attachment, at: now, random: &random)) }

    func disable() { note(node.setEnabled(false, in: Self.attachment, at: now, random: &random)) }

    func enable() { note(node.setEnabled(true, in: Self.attachment, at: now, random: &random)) }

    private func note(_ sent: [UInt8]?) { if let sent { request = sent } }

    /// Delivers a reply to the last request.
    func deliver(_ change: (inout Reply) -> Void = { _ in }) -> MobileNode.Outcome? {
        var reply = Reply()
        if sharesAssociation { reply.foreignKey = Self.key }
        change(&reply)
        let identification = (try? RegistrationRequest(decoding: request.span.bytes))?.identification
        return deliver(octets: reply.octets(answering: identification ?? Identification(rawValue: 0)))
    }

    func deliver(octets: [UInt8], from agent: TransportEndpoint = foreignAgent) -> MobileNode.Outcome? {
        var following: [UInt8]?
        let outcome = node.receive(octets.span.bytes, from: agent, at: now, request: &following, random: &random)
        note(following)
        return outcome
    }

    /// Lets time pass as the owner of a node does, up to and including this second since the start.
    @discardableResult
    func pass(until end: Double) -> Course {
        var course = Course()
        while let due = [node.nextDeadline, node.retry.due].compactMap({ $0 }).min(), Double(due) / 1e9 <= end {
            seconds = max(seconds, Double(due) / 1e9)
            if let sent = node.advance(to: now, random: &random) {
                note(sent)
                course.requests.append((seconds, sentLifetime))
            } else if let outcome = node.failure(at: now) {
                course.failures.append((seconds, outcome))
            }
            if node.beginRetry(at: now) {
                attach(to: node.attachment ?? .home)
                course.requests.append((seconds, sentLifetime))
            }
        }
        seconds = end
        return course
    }

    private var sentLifetime: UInt16 {
        let octets = request
        return (try? RegistrationRequest(decoding: octets.span.bytes))?.lifetime.rawValue ?? .max
    }
}
