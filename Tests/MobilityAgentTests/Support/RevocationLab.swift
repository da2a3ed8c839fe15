import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// Agents that agree on revocation with the other end.
enum RevocationLab {
    static let otherForeignAgent = TransportEndpoint(IPv4Address(198, 51, 100, 2), port: 434)
    static let otherHomeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 2), port: 434)
    /// Another foreign agent, with the same SPI and another key.
    static let ofOtherForeignAgent = Lab.association(
        .address(otherForeignAgent.address), .foreignAgent, spi: Lab.foreignSPI, key: Lab.wrongKey)
    static let ofOtherHomeAgent = Lab.association(
        .address(otherHomeAgent.address), .homeAgent, spi: Lab.foreignSPI, key: Lab.wrongKey)
    /// The Ethernet address of the lab's visitor.
    static let linkLayer: UInt64 = 0x02_00_00_00_00_01
    /// NTP seconds when a test begins.
    static let start = UInt32(truncatingIfNeeded: Lab.start + 2_208_988_800)

    static func homeAgentConfiguration(_ change: (inout SignallingPolicy) -> Void = { _ in }) -> MobilityAgentConfiguration {
        var configuration = Lab.homeAgentConfiguration([Lab.association(), Lab.ofForeignAgent, ofOtherForeignAgent])
        change(&configuration.settings.signalling)
        return configuration
    }

    static func foreignAgentConfiguration(_ change: (inout SignallingPolicy) -> Void = { _ in }) -> MobilityAgentConfiguration {
        var configuration = Lab.foreignAgentConfiguration([Lab.ofHomeAgent, ofOtherHomeAgent])
        change(&configuration.settings.signalling)
        return configuration
    }

    static func homeAgent(_ change: (inout SignallingPolicy) -> Void = { _ in }) -> Bench {
        Bench(homeAgentConfiguration(change))
    }

    static func foreignAgent(_ change: (inout SignallingPolicy) -> Void = { _ in }) -> Bench {
        Bench(foreignAgentConfiguration(change))
    }
}

/// The role of the agent under test, where both roles behave alike.
enum Revoker: CaseIterable, Sendable {
    case homeAgent
    case foreignAgent

    var isHome: Bool { self == .homeAgent }
    var local: TransportEndpoint { isHome ? Lab.homeAgent : Lab.foreignAgent }
    var peer: TransportEndpoint { isHome ? Lab.foreignAgent : Lab.homeAgent }

    func bench(_ change: (inout SignallingPolicy) -> Void = { _ in }) -> Bench {
        isHome ? RevocationLab.homeAgent(change) : RevocationLab.foreignAgent(change)
    }

    /// Registers the lab's node; both ends agree on revocation. Returns the timestamp in the agent's own extension 137.
    @discardableResult
    func register(_ bench: inout Bench, informing: Bool = true, lifetime: UInt16 = 600) throws -> UInt32 {
        let offer = Offer(informs: informing, timestamp: RevocationLab.start)
        let message: [UInt8]
        if isHome {
            let reply = try bench.registerAtHome(offer) { $0.lifetime = lifetime }
            #expect(reply.code == 0)
            message = reply.octets
        } else {
            message = try bench.registerVisitor(offer) { $0.lifetime = lifetime }
            #expect(bench.visitors.map(\.state) == [.accepted])
        }
        return try #require(message.revocationSupport).word(at: 2)
    }

    /// An agent with one registration whose revocation both ends have agreed on.
    func agreed(
        informing: Bool = true, lifetime: UInt16 = 600, _ change: (inout SignallingPolicy) -> Void = { _ in }
    ) throws -> Bench {
        var bench = bench(change)
        try register(&bench, informing: informing, lifetime: lifetime)
        // A revocation waits until a second has passed since the registration.
        bench.advance(seconds: 1)
        return bench
    }

    /// What the agent has counted as a sender.
    func count(_ bench: Bench) -> RevocationCount {
        let (home, foreign) = (bench.home, bench.foreign)
        if isHome {
            return RevocationCount(
                sent: home.revocationsSent, resent: home.revocationsResent, acknowledged: home.revocationsAcknowledged,
                unacknowledged: home.revocationsUnacknowledged)
        }
        return RevocationCount(
            sent: foreign.revocationsSent, resent: foreign.revocationsResent, acknowledged: foreign.revocationsAcknowledged,
            unacknowledged: foreign.revocationsUnacknowledged)
    }

    /// The registrations that the agent has.
    func registrations(_ bench: Bench) -> Int { isHome ? bench.bindings.count : bench.visitors.count }

    /// Delivers an acknowledgment of the other end.
    func acknowledge(
        _ bench: inout Bench, _ identifier: UInt32, from source: TransportEndpoint? = nil,
        _ change: (inout Acknowledgment) -> Void = { _ in }
    ) {
        bench.receive(Acknowledgment(identifier, change).octets, from: source ?? peer, to: local)
    }
}

/// How many revocations an agent has sent, and what became of them.
struct RevocationCount: Equatable {
    var sent: UInt64
    var resent: UInt64
    var acknowledged: UInt64
    var unacknowledged: UInt64
}

extension Bench {
    /// A home agent's request that comes through a foreign agent, with its offer.
    func relayed(
        _ offer: Offer?, through association: ConfiguredSecurityAssociation = Lab.ofForeignAgent,
        at careOfAddress: IPv4Address = Lab.foreignAgent.address, _ change: (inout Request) -> Void = { _ in }
    ) -> Request {
        Request(visiting: self) {
            $0.careOfAddress = careOfAddress
            $0.after = offer?.octets ?? []
            $0.signatures = [(.foreignHomeAuthentication, association)]
            change(&$0)
        }
    }

    /// Registers a node at a home agent through a foreign agent; returns the reply.
    @discardableResult
    mutating func registerAtHome(
        _ offer: Offer?, through association: ConfiguredSecurityAssociation = Lab.ofForeignAgent,
        from source: TransportEndpoint = Lab.foreignAgent, at careOfAddress: IPv4Address? = nil,
        _ change: (inout Request) -> Void = { _ in }
    ) throws -> Reply {
        let request = relayed(offer, through: association, at: careOfAddress ?? source.address, change)
        let sent = receive(request.octets, from: source)
        return try #require(try Reply(sent))
    }

    /// Registers a node with a co-located care-of address that sends to the home agent itself; returns the reply.
    @discardableResult
    mutating func registerDirectly(_ offer: Offer?, _ change: (inout Request) -> Void = { _ in }) throws -> Reply {
        let request = Request(self) {
            $0.before = offer?.octets ?? []
            change(&$0)
        }
        let sent = receive(request.octets, from: TransportEndpoint(request.careOfAddress, port: 5000))
        return try #require(try Reply(sent))
    }

    /// Registers a visitor at a foreign agent, whose home agent accepts and answers with this offer; returns the relayed request.
    @discardableResult
    mutating func registerVisitor(
        _ offer: Offer?, by association: ConfiguredSecurityAssociation = Lab.ofHomeAgent,
        from homeAgent: TransportEndpoint = Lab.homeAgent, _ change: (inout Request) -> Void = { _ in }
    ) throws -> [UInt8] {
        let request = Request(visiting: self) {
            $0.homeAgent = homeAgent.address
            change(&$0)
        }
        let sent = receive(request.octets, from: Lab.visitor, linkLayer: RevocationLab.linkLayer, to: Lab.foreignAgent)
        let relayed = try #require(sent)
        let answer = Answer(to: request) {
            ($0.homeAgent, $0.lifetime) = (homeAgent.address, request.lifetime)
            if request.homeAddress != .zero { $0.homeAddress = request.homeAddress }
            $0.after = offer?.octets ?? []
            $0.signatures = [association]
        }
        receive(answer.octets, from: homeAgent, to: Lab.foreignAgent)
        return relayed.payload
    }

    /// Sets the agent's clock, which then is as right or wrong as that of the nodes.
    mutating func set(clockBy seconds: Int64) {
        start += seconds
        step(by: seconds * 1000)
    }

    /// The revocations that the last call has sent.
    var sentRevocations: [SentRevocation] { effects.datagrams.compactMap(SentRevocation.init) }
    /// The acknowledgments that the last call has sent.
    var sentAcknowledgments: [[UInt8]] { effects.datagrams.map(\.payload).filter { $0.first == 15 } }
    /// The exchanges, the oldest first.
    var exchanges: [Exchange] {
        snapshot(limit: 4096).compactMap { if case .exchange(let row) = $0 { row } else { nil } }.sorted { $0.number < $1.number }
    }
    /// NTP seconds of the agent's clock.
    var seconds: UInt32 { Identification(unixNanoseconds: now.wallClock).high }

    /// How many datagrams were dropped for a reason, by the agent or a role.
    func discarded(_ reason: DiscardReason) -> UInt64 {
        agent.counters.discards[reason] + home.discards[reason] + foreign.discards[reason]
    }

    /// How many datagrams were dropped.
    var allDiscarded: UInt64 { agent.counters.discards.total + home.discards.total + foreign.discards.total }
}

extension [UInt8] {
    /// The data of extension 137 in a Registration Request or Reply; nil without one.
    var revocationSupport: [UInt8]? {
        // The fixed part of a request is four bytes longer.
        let reply = first == 1 ? Array(dropFirst(4)) : self
        return reply.extensionsOfReply.first { $0.type == 137 }?.data
    }
}
