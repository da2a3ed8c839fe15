import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

/// A mobile node that registers with any home agent, a foreign agent and several home agents, and the network that carries their
/// datagrams.
struct HomeDomain {
    static let homeAgents = ([1, 65, 129] as [UInt8]).map { TransportEndpoint(IPv4Address(192, 0, 2, $0), port: 434) }
    static let networks = homeAgents.compactMap { IPv4Prefix(containing: $0.address, length: 26) }
    /// The first address that each home agent assigns.
    static let assigned = ([50, 114, 178] as [UInt8]).map { IPv4Address(192, 0, 2, $0) }
    /// Where the node is: at the foreign agent, or without one.
    static let places = [Journey.abroad, .coLocated(Place.careOf)]
    static let identities = ["ha1@example.net", "ha2@example.net", "ha3@example.net"].compactMap { NetworkAccessIdentifier($0) }

    struct Configuration {
        var node: MobileNodeConfiguration
        var homes: [HomeAgentConfiguration]
        var foreign = ForeignAgentConfiguration(
            endpoints: [Place.foreignAgent], careOfAddresses: [Place.foreignAgent.address])

        init() {
            node = MobileNodeConfiguration(
                homeAddress: .zero, homeAgent: TransportEndpoint(.zero, port: 434), careOfAddress: Place.foreignAgent.address,
                nai: Place.alice, spi: Place.spi, key: Place.key)
            node.homeAgentHint = HomeDomain.homeAgents[0].address
            node.revocationOffer = .agreedInforming
            homes = zip(HomeDomain.homeAgents, HomeDomain.assigned).enumerated().map { index, home in
                let last = IPv4Address(rawValue: home.1.rawValue + 1)
                return HomeAgentConfiguration(
                    endpoints: [home.0], homeNetworks: [HomeDomain.networks[index]],
                    addressPool: IPv4AddressRange(first: home.1, last: last).map { [$0] } ?? [])
            }
        }
    }

    var node: MobileNode
    var foreign: MobilityAgent
    var homes: [MobilityAgent]
    /// A moment after the start of the agents, which accept nothing that is not later than that.
    private(set) var uptime: Int64 = 1_000_000
    /// The codes of the replies that reached the node.
    private(set) var codes: [UInt8] = []
    /// Requests that the node has sent.
    private(set) var requestCount = 0
    private var random = SeededGenerator(seed: 11)

    init(_ change: (inout Configuration) -> Void = { _ in }) {
        var configuration = Configuration()
        change(&configuration)
        node = MobileNode(configuration: configuration.node)
        foreign = Self.agent(
            "foreign", foreign: configuration.foreign, Self.homeAgents.map { Place.association(with: .homeAgent, at: $0) })
        let ofNode = Place.association(Place.alice.map { .nai($0) } ?? .address(Place.home))
        homes = configuration.homes.map {
            Self.agent("home", home: $0, [ofNode, Place.association(with: .foreignAgent, at: Place.foreignAgent)])
        }
    }

    private static func agent(
        _ name: String, home: HomeAgentConfiguration? = nil, foreign: ForeignAgentConfiguration? = nil,
        _ associations: [ConfiguredSecurityAssociation]
    ) -> MobilityAgent {
        let configuration = MobilityAgentConfiguration(
            name: name, homeAgent: home, foreignAgent: foreign, securityAssociations: associations)
        #expect(configuration.problems.isEmpty)
        return MobilityAgent(
            configuration: configuration, instance: "test", processID: 1, startTime: Place.start,
            random: SeededGenerator(seed: 3))
    }

    var now: Moment { Moment(uptime: uptime, wallClock: Place.start.milliseconds * 1_000_000 + uptime) }
    var status: MobileNodeStatus { node.status(agents: nil, startTime: Place.start) }
    var visitors: [Visitor] { Self.rows(foreign).compactMap { if case .visitor(let row) = $0 { row } else { nil } } }

    /// The bindings of each home agent.
    var bindings: [[Binding]] {
        homes.map { home in Self.rows(home).compactMap { if case .binding(let row) = $0 { row } else { nil } } }
    }

    func counters(_ index: Int) -> HomeAgentCounters { homes[index].counters.homeAgent ?? HomeAgentCounters() }

    private static func rows(_ agent: MobilityAgent) -> [StateChange] { agent.snapshotPage(after: nil, limit: 1000).changes }

    // MARK: - What happens

    mutating func attach(to attachment: NetworkAttachment) -> MobileNode.Outcome? {
        carry(node.attach(to: attachment, at: now, random: &random))
    }

    mutating func deregister() -> MobileNode.Outcome? { carry(node.deregister(at: now, random: &random)) }

    /// Has a home agent move its nodes to another one.
    mutating func drain(_ index: Int, to other: Int, text: String = "") throws {
        var effects = AgentEffects()
        let order = DrainOrder(homeAgents: [Self.homeAgents[other].address], text: text)
        _ = try homes[index].apply(.drain(order), at: now, effects: &effects)
        homes[index].followDrainOrder(at: now, effects: &effects)
    }

    /// Lets time pass; agents and the node do what is due.
    mutating func pass(seconds: Double) {
        let end = uptime + Int64(seconds * 1e9)
        var steps = 0
        while let due = deadline, due <= end, steps < 10_000 {
            steps += 1
            uptime = max(uptime, due)
            var effects = AgentEffects()
            for index in homes.indices { homes[index].advance(to: now, effects: &effects) }
            foreign.advance(to: now, effects: &effects)
            _ = deliver(effects)
            _ = carry(node.advance(to: now, random: &random))
            _ = node.failure(at: now)
            if node.beginRetry(at: now), let attachment = node.attachment { _ = attach(to: attachment) }
        }
        #expect(steps < 10_000)
        uptime = max(uptime, end)
    }

    private var deadline: Int64? {
        (homes.map(\.nextDeadline) + [foreign.nextDeadline, node.nextDeadline, node.retry.due]).compactMap { $0 }.min()
    }

    // MARK: - The network

    /// Carries a request of the node and every datagram that follows from it; returns the outcome at the node.
    private mutating func carry(_ request: [UInt8]?) -> MobileNode.Outcome? {
        guard let request else { return nil }
        var effects = AgentEffects()
        effects.datagrams = [outgoing(request)]
        return deliver(effects)
    }

    private mutating func outgoing(_ request: [UInt8]) -> OutgoingDatagram {
        requestCount += 1
        let isDirect = node.configuration.foreignAgent == nil
        let source = isDirect ? node.configuration.careOfAddress : node.configuration.homeAddress
        return OutgoingDatagram(
            source: TransportEndpoint(source, port: 5001), destination: node.destination, payload: request)
    }

    private mutating func deliver(_ first: AgentEffects) -> MobileNode.Outcome? {
        var outcome: MobileNode.Outcome?
        var underWay = first.datagrams
        underWay += hear(first.notices)
        var hops = 0
        while !underWay.isEmpty, hops < 200 {
            hops += 1
            // A little more than a second, so that no denial is suppressed because another was sent less than a second before.
            if hops.isMultiple(of: 4) { uptime += 1_100_000_000 }
            uptime += 1_000_000
            let datagram = underWay.removeFirst()
            let payload = datagram.payload
            var effects = AgentEffects()
            if let index = Self.homeAgents.firstIndex(of: datagram.destination) {
                homes[index].receive(
                    payload.span.bytes, from: datagram.source, to: datagram.destination, at: now, effects: &effects)
            } else if datagram.destination == Place.foreignAgent {
                foreign.receive(
                    payload.span.bytes, from: datagram.source, to: Place.foreignAgent, timeToLive: 255, at: now, effects: &effects
                )
            } else if payload.first == MessageType.registrationRevocation.rawValue {
                if let answer = node.receive(revocation: payload.span.bytes, at: now) {
                    underWay.append(
                        OutgoingDatagram(
                            source: datagram.destination, destination: datagram.source, payload: answer.acknowledgment))
                }
            } else {
                if payload.count > 1 { codes.append(payload[1]) }
                var following: [UInt8]?
                outcome =
                    node.receive(payload.span.bytes, from: datagram.source, at: now, request: &following, random: &random)
                    ?? outcome
                if let following { underWay.append(outgoing(following)) }
            }
            underWay += effects.datagrams
            underWay += hear(effects.notices)
        }
        #expect(hops < 200)
        return outcome
    }

    /// The node hears that its visit has ended, and registers again.
    private mutating func hear(_ notices: [VisitorNotice]) -> [OutgoingDatagram] {
        guard !notices.isEmpty, node.state != .registering else { return [] }
        return [outgoing(node.register(at: now, random: &random))]
    }
}
