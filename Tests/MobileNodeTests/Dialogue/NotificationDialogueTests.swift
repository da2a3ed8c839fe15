import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("Generic notifications between mobile nodes, their foreign agent and their home agent")
struct NotificationDialogueTests {
    @Test("100 nodes acknowledge one order of the home agent, although many first messages and acknowledgments are lost")
    func hundred() throws {
        var crowd = Crowd(count: 100)
        crowd.register()
        crowd.isLossy = true
        let order = NotificationOrder(to: .mobileNode, text: "Maintenance at 20:00 UTC")
        let reached = try crowd.notify(order, by: \.home)
        #expect(reached == 100)
        crowd.finish(\.home)
        let rows = crowd.exchanges(\.home)
        #expect(rows.count == 100 && rows.allSatisfy { $0.state == .acknowledged && $0.code == 0 })
        #expect(rows.contains { $0.tries > 1 })
        #expect(Set(rows.map(\.homeAddress)).count == 100)
        let texts = crowd.nodes.values.map { $0.status(agents: nil, startTime: Place.start).homeAgentMessage?.text }
        #expect(texts.allSatisfy { $0 == order.text })
        #expect(crowd.home.counters.homeAgent?.notificationsAcknowledged == 100)
    }

    @Test("A foreign agent's order reaches its visitors")
    func foreign() throws {
        var crowd = Crowd(count: 3)
        crowd.register()
        let reached = try crowd.notify(NotificationOrder(to: .mobileNode, text: "Moving to channel 6"), by: \.foreign)
        #expect(reached == 3)
        crowd.finish(\.foreign)
        #expect(crowd.exchanges(\.foreign).map(\.state) == [.acknowledged, .acknowledged, .acknowledged])
        let messages = crowd.nodes.values.map { $0.status(agents: nil, startTime: Place.start).foreignAgentMessage }
        #expect(messages.allSatisfy { $0?.text == "Moving to channel 6" && $0?.isAuthenticated == true })
    }

    @Test("A node's text is acknowledged by either agent", arguments: [AgentRole.homeAgent, .foreignAgent], [0, 30, -30])
    func node(to role: AgentRole, ahead: Int64) throws {
        var crowd = Crowd(count: 1)
        crowd.register()
        // A clock that is wrong by more than an agent tolerates costs one try.
        crowd.nodesAhead = ahead
        let address = try #require(crowd.nodes.keys.first)
        try crowd.notify(NotificationOrder(to: role, text: "Battery low"), byNode: address)
        for _ in 0..<3 { crowd.advanceNodes(seconds: 1) }
        let row = crowd.nodes[address]?.exchanges(startTime: Place.start).first
        #expect(row?.state == .acknowledged && row?.tries == (ahead == 0 ? 1 : 2))
        let received = crowd.exchanges(role == .homeAgent ? \.home : \.foreign)
        #expect(received.map(\.state) == [.received] && received.map(\.text) == ["Battery low"])
        #expect(received.map(\.peer) == [address])
    }
}

/// Mobile nodes that are registered through one foreign agent with one home agent, and the network that carries their datagrams.
private struct Crowd {
    var nodes: [IPv4Address: MobileNode] = [:]
    var foreign: MobilityAgent
    var home: MobilityAgent
    /// A moment after the start of the agents, which accept nothing that is not later than that.
    private var uptime: Int64 = 1_000_000
    /// How far the nodes' clocks are ahead, in seconds.
    var nodesAhead: Int64 = 0
    /// Whether the network loses every seventh of the first 300 notifications and acknowledgments.
    var isLossy = false
    private var carried = 0
    private var random = SeededGenerator(seed: 7)

    init(count: UInt32) {
        let addresses = (0..<count).map { IPv4Address(rawValue: Place.home.rawValue + $0) }
        foreign = MobilityAgent(
            configuration: MobilityAgentConfiguration(
                name: "foreign",
                foreignAgent: ForeignAgentConfiguration(
                    endpoints: [Place.foreignAgent], careOfAddresses: [Place.foreignAgent.address]),
                securityAssociations: addresses.map {
                    Place.association(.address($0), spi: Place.mobileForeignSPI, key: Place.mobileForeignKey)
                } + [Place.association(with: .homeAgent, at: Place.homeAgent)]), instance: "test", processID: 1,
            startTime: Place.start, random: SeededGenerator(seed: 1))
        home = MobilityAgent(
            configuration: MobilityAgentConfiguration(
                name: "home",
                homeAgent: HomeAgentConfiguration(
                    endpoints: [Place.homeAgent],
                    homeNetworks: IPv4Prefix(containing: Place.home, length: 24).map { [$0] } ?? []),
                securityAssociations: addresses.map { Place.association(.address($0)) }
                    + [Place.association(with: .foreignAgent, at: Place.foreignAgent)]), instance: "test", processID: 1,
            startTime: Place.start, random: SeededGenerator(seed: 2))
        for address in addresses {
            var configuration = MobileNodeConfiguration(
                homeAddress: address, homeAgent: Place.homeAgent, careOfAddress: .zero, spi: Place.spi, key: Place.key)
            configuration.mobileForeign = NodeAssociation(spi: Place.mobileForeignSPI, key: Place.mobileForeignKey)
            nodes[address] = MobileNode(configuration: configuration)
        }
    }

    private var now: Moment { Moment(uptime: uptime, wallClock: Place.start.milliseconds * 1_000_000 + uptime) }
    private var nodesNow: Moment { Moment(uptime: uptime, wallClock: now.wallClock + nodesAhead * 1_000_000_000) }

    private static func endpoint(_ address: IPv4Address) -> TransportEndpoint { TransportEndpoint(address, port: 5001) }

    /// Registers all nodes.
    mutating func register() {
        for address in nodes.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard var node = nodes[address], let request = node.attach(to: Journey.abroad, at: nodesNow, random: &random)
            else { continue }
            nodes[address] = node
            carry([
                OutgoingDatagram(source: Self.endpoint(address), destination: Place.foreignAgent, payload: request)
            ])
        }
        #expect(!nodes.values.contains { !$0.isRegistered })
        uptime += 10_000_000_000
    }

    /// Sends a text of an agent; returns to how many.
    mutating func notify(_ order: NotificationOrder, by agent: WritableKeyPath<Crowd, MobilityAgent>) throws -> Int {
        var effects = AgentEffects()
        let moment = now
        let count = try self[keyPath: agent].notify(order, at: moment, effects: &effects)
        carry(effects.datagrams)
        return count
    }

    /// Lets time pass until nothing of an agent waits.
    mutating func finish(_ agent: WritableKeyPath<Crowd, MobilityAgent>) {
        var rounds = 0
        while rounds < 2000, exchanges(agent).contains(where: { $0.state == .waiting }) {
            rounds += 1
            uptime = max(uptime, self[keyPath: agent].nextDeadline ?? 0)
            var effects = AgentEffects()
            let moment = now
            self[keyPath: agent].advance(to: moment, effects: &effects)
            carry(effects.datagrams)
        }
        #expect(rounds < 2000)
    }

    /// Sends a text of a node.
    mutating func notify(_ order: NotificationOrder, byNode address: IPv4Address) throws {
        var node = try #require(nodes[address])
        try node.notify(order, at: nodesNow)
        nodes[address] = node
        carryNotifications(of: address)
    }

    mutating func advanceNodes(seconds: Int64) {
        uptime += seconds * 1_000_000_000
        for address in nodes.keys {
            guard var node = nodes[address] else { continue }
            _ = node.advance(to: nodesNow, random: &random)
            nodes[address] = node
            carryNotifications(of: address)
        }
    }

    private mutating func carryNotifications(of address: IPv4Address) {
        let sent = nodes[address]?.takeNotifications() ?? []
        carry(
            sent.map {
                OutgoingDatagram(source: Self.endpoint(address), destination: $0.destination, payload: $0.payload)
            })
    }

    func exchanges(_ agent: KeyPath<Crowd, MobilityAgent>) -> [Exchange] {
        self[keyPath: agent].snapshotPage(after: nil, limit: 5000).changes.compactMap {
            if case .exchange(let row) = $0 { row } else { nil }
        }.sorted { $0.number < $1.number }
    }

    /// Carries datagrams and all that follow from them.
    private mutating func carry(_ datagrams: [OutgoingDatagram]) {
        var underWay = datagrams
        var next = 0
        while next < underWay.count, next < 10_000 {
            let datagram = underWay[next]
            next += 1
            uptime += 1_000
            if datagram.payload.first.map({ $0 == 22 || $0 == 23 }) ?? false {
                carried += 1
                if isLossy, carried <= 300, carried.isMultiple(of: 7) { continue }
            }
            underWay += deliver(datagram)
        }
        #expect(next < 10_000)
    }

    private mutating func deliver(_ datagram: OutgoingDatagram) -> [OutgoingDatagram] {
        var effects = AgentEffects()
        let payload = datagram.payload
        switch datagram.destination {
        case Place.homeAgent:
            home.receive(payload.span.bytes, from: datagram.source, to: Place.homeAgent, at: now, effects: &effects)
        case Place.foreignAgent:
            foreign.receive(
                payload.span.bytes, from: datagram.source, to: Place.foreignAgent, timeToLive: 255, at: now, effects: &effects)
        default: return deliver(payload, to: datagram.destination, from: datagram.source)
        }
        return effects.datagrams
    }

    private mutating func deliver(
        _ payload: [UInt8], to endpoint: TransportEndpoint, from source: TransportEndpoint
    ) -> [OutgoingDatagram] {
        guard var node = nodes[endpoint.address] else { return [] }
        var answer: [UInt8]?
        switch payload.first {
        case 22?: answer = node.receive(notification: payload.span.bytes, from: source, at: nodesNow)
        case 23?: node.receive(notificationAcknowledgment: payload.span.bytes, from: source, at: nodesNow)
        default: _ = node.receive(payload.span.bytes, from: source, at: nodesNow, request: &answer, random: &random)
        }
        nodes[endpoint.address] = node
        return answer.map { [OutgoingDatagram(source: endpoint, destination: source, payload: $0)] } ?? []
    }
}
