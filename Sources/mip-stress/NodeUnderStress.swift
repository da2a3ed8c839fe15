import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent

/// A mobile node whose replies may be mutants. It must accept only what its home agent signed, and never more than it asked for.
struct NodeUnderStress {
    private var node: MobileNode
    let association: ConfiguredSecurityAssociation
    let endpoint: TransportEndpoint
    /// A request that follows at once from a reply.
    private var next: [UInt8]?
    private var requested: UInt16 = 0
    private let isDynamic: Bool
    private static let homeNetwork = IPv4Prefix(containing: StressPlan.homeAgent.address, length: 24)

    static var all: [NodeUnderStress] {
        (0..<8 as Range<UInt8>).map { number in
            NodeUnderStress(
                home: IPv4Address(192, 0, 2, 40 + number), throughForeignAgent: number % 2 == 1, isDynamic: number >= 6)
        }
    }

    /// - Parameter isDynamic: whether it registers with any home agent and asks for all that a node can ask for.
    private init(home: IPv4Address, throughForeignAgent: Bool, isDynamic: Bool) {
        self.isDynamic = isDynamic
        association = StressPlan.association(.address(home), .mobileNode, spi: 256, key: 0)
        let careOf = throughForeignAgent ? StressPlan.foreignAgent.address : IPv4Address(203, 0, 113, 9)
        endpoint = TransportEndpoint(throughForeignAgent ? home : careOf, port: 7000 + UInt16(home.octets.3))
        var configuration = MobileNodeConfiguration(
            homeAddress: home, homeAgent: StressPlan.homeAgent,
            foreignAgent: throughForeignAgent ? StressPlan.foreignAgent : nil, careOfAddress: careOf,
            spi: association.association.spi, key: association.key)
        configuration.flags = throughForeignAgent ? [] : .decapsulationByMN
        configuration.lifetime = home.octets.3.isMultiple(of: 3) ? 65_535 : 120
        configuration.adaptsReverseTunnel = true
        configuration.reverseTunnel = home.octets.3.isMultiple(of: 4) ? .direct : .none
        if isDynamic { Self.searchAndAsk(&configuration, throughForeignAgent: throughForeignAgent) }
        node = MobileNode(configuration: configuration)
    }

    private static func searchAndAsk(_ configuration: inout MobileNodeConfiguration, throughForeignAgent: Bool) {
        configuration.nai = NetworkAccessIdentifier("dave@EXAMPLE.net")
        configuration.homeAgent.address = throughForeignAgent ? .limitedBroadcast : .zero
        configuration.homeAgentHint = throughForeignAgent ? nil : StressPlan.homeAgent.address
        configuration.allowedHomeAgents = homeNetwork.map { [$0] } ?? []
        configuration.homeAgentIdentity = StressPlan.otherIdentity
        configuration.asksForHostConfiguration = true
        configuration.service = StressPlan.services.last
        configuration.discovery.experimental = true
        configuration.experimentalExtensions = [
            NodeExperimentalExtension(isCritical: true, addressee: .homeAgent, subtype: 1, content: [1])
        ]
    }

    var destination: TransportEndpoint { node.destination }

    func mayReceive(_ reply: OutgoingDatagram) -> Bool {
        reply.payload.first == MessageType.registrationReply.rawValue && reply.destination == endpoint
    }

    /// Registers, deregisters, or sends what followed from the last reply.
    mutating func act(at now: Moment, _ dice: inout Dice) -> [UInt8]? {
        if let request = next {
            next = nil
            return note(request)
        }
        return note(dice.once(in: 4) ? node.deregister(at: now, random: &dice) : node.register(at: now, random: &dice))
    }

    /// Retransmits or renews.
    mutating func advance(to now: Moment, _ dice: inout Dice) -> [UInt8]? {
        guard let deadline = node.nextDeadline, deadline <= now.uptime else { return nil }
        return note(node.advance(to: now, random: &dice))
    }

    private mutating func note(_ request: [UInt8]?) -> [UInt8]? {
        if let request, let message = try? RegistrationRequest(decoding: request.span.bytes) {
            requested = message.lifetime.rawValue
        }
        return request
    }

    /// Sends a text of the node's operator, if it is permitted.
    mutating func notify(_ order: NotificationOrder, at now: Moment) -> [OutgoingDatagram] {
        try? node.notify(order, at: now)
        return takeNotifications()
    }

    /// Takes the notifications that the node sends. Call it after `advance`.
    mutating func takeNotifications() -> [OutgoingDatagram] {
        _ = node.takeNotificationEvents(startTime: StressPlan.start)
        return node.takeNotifications().map {
            OutgoingDatagram(source: endpoint, destination: $0.destination, payload: $0.payload)
        }
    }

    /// Receives a notification or the acknowledgment of one; returns the answer.
    mutating func hear(
        _ message: [UInt8], from source: TransportEndpoint, at now: Moment
    ) throws(Finding) -> OutgoingDatagram? {
        let before = node.counters
        var answer: [UInt8]?
        if message.first == MessageType.genericNotification.rawValue {
            answer = node.receive(notification: message.span.bytes, from: source, at: now)
            _ = node.takeNewMessages()
        } else {
            node.receive(notificationAcknowledgment: message.span.bytes, from: source, at: now)
        }
        let after = node.counters
        let isBelieved =
            after.notificationsReceived > before.notificationsReceived
            || after.notificationsAcknowledged > before.notificationsAcknowledged
            || after.notificationsRefused > before.notificationsRefused
        guard !isBelieved || association.signed(message, .mobileHomeAuthentication, fixedSize: GenericNotification.fixedSize)
        else { throw Finding("a node believed a notification that its home agent did not sign: \(message)") }
        return answer.map { OutgoingDatagram(source: endpoint, destination: source, payload: $0) }
    }

    mutating func receive(
        _ reply: [UInt8], from source: TransportEndpoint, at now: Moment, _ dice: inout Dice
    ) throws(Finding) {
        let before = node.counters
        var following: [UInt8]?
        let outcome = node.receive(reply.span.bytes, from: source, at: now, request: &following, random: &dice)
        if let following {
            guard (try? RegistrationRequest(decoding: following.span.bytes)) != nil else {
                throw Finding("a node's request cannot be read: \(following)")
            }
            next = following
        }
        guard node.counters.requestsAccepted >= before.requestsAccepted else { throw Finding("a node's counter went back") }
        let search = node.status(agents: nil, startTime: StressPlan.start).homeAgentSearch
        guard (search?.redirects.count ?? 0) <= 8 else { throw Finding("a node remembers \(search?.redirects ?? [])") }
        guard case .accepted(_, let lifetime) = outcome else { return }
        let homeAgent = node.configuration.homeAgent.address
        guard !isDynamic || lifetime == 0 || Self.homeNetwork?.contains(homeAgent) == true else {
            throw Finding("a node registered with \(homeAgent), which is not allowed")
        }
        guard lifetime <= requested else { throw Finding("a node has \(lifetime) s and asked for \(requested) s") }
        guard association.signed(reply, .mobileHomeAuthentication, fixedSize: RegistrationReply.fixedSize) else {
            throw Finding("a node accepted a reply that its home agent did not sign: \(reply)")
        }
        if case .registered(let end) = node.state, let end, end > now.uptime + Int64(lifetime) * 1_000_000_000 {
            throw Finding("a node's registration ends after the lifetime that was granted")
        }
    }
}
