import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

/// Addresses and keys for the dialogues between a mobile node and real agents. Only documentation addresses are used.
enum Place {
    static let home = IPv4Address(192, 0, 2, 10)
    static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    static let foreignAgent = TransportEndpoint(IPv4Address(198, 51, 100, 1), port: 434)
    static let careOf = IPv4Address(203, 0, 113, 5)
    static let spi = SecurityParameterIndex(rawValue: 0x100)
    static let mobileForeignSPI = SecurityParameterIndex(rawValue: 0x300)
    static let agentsSPI = SecurityParameterIndex(rawValue: 0x500)
    static let serverSPI = SecurityParameterIndex(rawValue: 0x400)
    static let key = AuthenticationKey(octets: Array(0..<16))
    static let mobileForeignKey = AuthenticationKey(octets: Array(16..<32))
    static let serverKey = AuthenticationKey(octets: Array("aaa-shared-secret".utf8))
    static let agentsKey = AuthenticationKey(octets: Array(48..<64))
    static let wrongKey = AuthenticationKey(octets: Array(32..<48))
    static let alice = NetworkAccessIdentifier("alice@example.net")
    static let start = Timestamp(milliseconds: 1_700_846_592_000)

    static func association(
        _ peer: PeerIdentity = .address(home), spi: SecurityParameterIndex = spi, key: AuthenticationKey = key,
        ownRole: AgentRole? = nil
    ) -> ConfiguredSecurityAssociation {
        ConfiguredSecurityAssociation(
            association: SecurityAssociation(
                peer: peer, peerRole: .mobileNode, spi: spi, algorithm: .hmacMD5, replayMethod: .timestamps, replayTolerance: 7),
            key: key, ownRole: ownRole)
    }

    /// The association of an agent with the other agent.
    static func association(with role: AgentRole, at peer: TransportEndpoint) -> ConfiguredSecurityAssociation {
        ConfiguredSecurityAssociation(
            association: SecurityAssociation(
                peer: .address(peer.address), peerRole: role, spi: agentsSPI, algorithm: .hmacMD5, replayMethod: .timestamps,
                replayTolerance: 7),
            key: agentsKey)
    }
}

/// A mobile node, a foreign agent and a home agent, and the network that carries their datagrams until none are left to send.
struct Journey {
    struct Configuration {
        var node = MobileNodeConfiguration(
            homeAddress: Place.home, homeAgent: Place.homeAgent, careOfAddress: Place.foreignAgent.address, spi: Place.spi,
            key: Place.key)
        var home = HomeAgentConfiguration(
            endpoints: [Place.homeAgent], homeNetworks: IPv4Prefix(containing: Place.home, length: 24).map { [$0] } ?? [])
        var foreign = ForeignAgentConfiguration(
            endpoints: [Place.foreignAgent], careOfAddresses: [Place.foreignAgent.address])
        /// The peer of the association between the node and its home agent.
        var peer = PeerIdentity.address(Place.home)
        /// The associations of the foreign agent with the node.
        var ofVisitor: [ConfiguredSecurityAssociation] = []
        /// Whether the agents share an association.
        var agentsShareAssociation = false
        /// What the agents know of the node's AAA server.
        var homeServer: [ConfiguredSecurityAssociation] = []
        var foreignServer: [ConfiguredSecurityAssociation] = []
    }

    var node: MobileNode
    var foreign: MobilityAgent
    var home: MobilityAgent
    /// A moment after the start of the agents, which accept nothing that is not later than that.
    var uptime: Int64 = 1_000_000
    /// Requests that the node has sent, and replies that have reached it.
    private(set) var requests: [[UInt8]] = []
    private(set) var replies: [[UInt8]] = []
    var random = SeededGenerator(seed: 7)

    init(_ change: (inout Configuration) -> Void = { _ in }) {
        var configuration = Configuration()
        change(&configuration)
        node = MobileNode(configuration: configuration.node)
        foreign = Self.agent(
            MobilityAgentConfiguration(
                name: "foreign", foreignAgent: configuration.foreign,
                securityAssociations: configuration.ofVisitor
                    + (configuration.agentsShareAssociation ? [Place.association(with: .homeAgent, at: Place.homeAgent)] : []),
                authenticationServerAssociations: configuration.foreignServer), seed: 1)
        home = Self.agent(
            MobilityAgentConfiguration(
                name: "home", homeAgent: configuration.home,
                securityAssociations: [Place.association(configuration.peer)]
                    + (configuration.agentsShareAssociation
                        ? [Place.association(with: .foreignAgent, at: Place.foreignAgent)] : []),
                authenticationServerAssociations: configuration.homeServer), seed: 2)
    }

    private static func agent(_ configuration: MobilityAgentConfiguration, seed: UInt64) -> MobilityAgent {
        #expect(configuration.problems.isEmpty)
        return MobilityAgent(
            configuration: configuration, instance: "test", processID: 1, startTime: Place.start,
            random: SeededGenerator(seed: seed))
    }

    var now: Moment { Moment(uptime: uptime, wallClock: Place.start.milliseconds * 1_000_000 + uptime) }

    /// How far the node's wall clock is ahead of that of the agents, in seconds.
    var nodeAhead: Int64 = 0
    var nodeNow: Moment { Moment(uptime: uptime, wallClock: now.wallClock + nodeAhead * 1_000_000_000) }

    mutating func wait(seconds: Double) { uptime += Int64(seconds * 1e9) }

    /// Advertises a challenge, which the node hears.
    mutating func advertise() throws -> [UInt8] {
        let challenge = foreign.nextChallenge(on: Place.foreignAgent.address)
        let heard = try #require(challenge)
        node.hear(challenge: heard)
        return heard
    }

    mutating func attach(to attachment: NetworkAttachment) -> MobileNode.Outcome? {
        carry(node.attach(to: attachment, at: nodeNow, random: &random))
    }

    /// The foreign agent's network.
    static let abroad = NetworkAttachment.foreignAgent(Place.foreignAgent, careOfAddress: Place.foreignAgent.address)

    /// Carries a request and every datagram that follows from it; returns the outcome at the node.
    mutating func carry(_ request: [UInt8]?) -> MobileNode.Outcome? {
        guard let request else { return nil }
        var outcome: MobileNode.Outcome?
        var underWay = [send(request)]
        var hops = 0
        while !underWay.isEmpty, hops < 100 {
            hops += 1
            // A little more than a second, so that no denial is suppressed because another was sent less than a second before.
            if hops.isMultiple(of: 4) { uptime += 1_100_000_000 }
            uptime += 1_000_000
            let datagram = underWay.removeFirst()
            var effects = AgentEffects()
            if datagram.destination == Place.homeAgent {
                home.receive(datagram.payload.span.bytes, from: datagram.source, to: Place.homeAgent, at: now, effects: &effects)
            } else if datagram.destination == Place.foreignAgent {
                foreign.receive(
                    datagram.payload.span.bytes, from: datagram.source, to: Place.foreignAgent, timeToLive: 255, at: now,
                    effects: &effects)
            } else {
                replies.append(datagram.payload)
                var following: [UInt8]?
                let result = node.receive(
                    datagram.payload.span.bytes, from: datagram.source, at: nodeNow, request: &following, random: &random)
                outcome = result ?? outcome
                if let following { underWay.append(send(following)) }
            }
            underWay += effects.datagrams
        }
        #expect(hops < 100)
        return outcome
    }

    private mutating func send(_ request: [UInt8]) -> OutgoingDatagram {
        requests.append(request)
        let address = node.configuration.foreignAgent == nil ? node.configuration.careOfAddress : node.configuration.homeAddress
        return OutgoingDatagram(
            source: TransportEndpoint(address, port: 5001), destination: node.destination, payload: request)
    }

    /// The codes of the replies that reached the node.
    var codes: [ReplyCode] {
        get throws { try replies.map { try RegistrationReply(decoding: $0.span.bytes).code } }
    }

    var homeCounters: HomeAgentCounters { home.counters.homeAgent ?? HomeAgentCounters() }
    var foreignCounters: ForeignAgentCounters { foreign.counters.foreignAgent ?? ForeignAgentCounters() }
    var bindings: [Binding] { Self.rows(home).compactMap { if case .binding(let row) = $0 { row } else { nil } } }
    var visitors: [Visitor] { Self.rows(foreign).compactMap { if case .visitor(let row) = $0 { row } else { nil } } }

    private static func rows(_ agent: MobilityAgent) -> [StateChange] { agent.snapshotPage(after: nil, limit: 1000).changes }
}

/// The types of the extensions of a message, in order.
func extensionTypes(_ octets: [UInt8], from offset: Int) throws -> [UInt8] {
    var cursor = ExtensionCursor(offset: offset)
    var types: [UInt8] = []
    while let located = try cursor.next(in: octets.span.bytes) { types.append(located.type.rawValue) }
    return types
}

/// The fixed part of a sent request.
func fixedPart(_ request: [UInt8]?) throws -> RegistrationRequest {
    let octets = try #require(request)
    return try RegistrationRequest(decoding: octets.span.bytes)
}
