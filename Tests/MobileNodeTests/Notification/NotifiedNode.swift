import AgentModel
import MobileIPv4
import MobileNode
import Testing

/// An authenticator to append.
struct NotificationSignature: Sendable {
    var type: ExtensionType
    var spi: SecurityParameterIndex
    var key = VisitingNode.key

    static let home = NotificationSignature(type: .mobileHomeAuthentication, spi: VisitingNode.spi)
    static let foreign = NotificationSignature(type: .mobileForeignAuthentication, spi: VisitingNode.foreignSPI)
}

/// A generic notification or its acknowledgment to build: a test sets the parts that differ.
struct NodeNotification {
    var direction: NotificationDirection
    /// Nil for a notification.
    var code: NotificationCode?
    var isAcknowledged = true
    var homeAddress = VisitingNode.home
    var homeAgent = VisitingNode.homeAgent.address
    var careOfAddress: IPv4Address
    var identification: Identification
    /// The text before the authenticators, with the Sub-Type of the home agent.
    var text: String?
    /// Extensions after the text.
    var extensions: [UInt8] = []
    /// The authenticators, in order.
    var signatures: [NotificationSignature]
    /// Extensions after them.
    var behind: [UInt8] = []

    var octets: [UInt8] {
        var octets: [UInt8] = []
        if let code {
            GenericNotificationAcknowledgment(
                direction: direction, code: code, homeAddress: homeAddress, homeAgent: homeAgent, careOfAddress: careOfAddress,
                identification: identification
            ).encode(into: &octets)
        } else {
            GenericNotification(
                direction: direction, requiresAcknowledgment: isAcknowledged, homeAddress: homeAddress, homeAgent: homeAgent,
                careOfAddress: careOfAddress, identification: identification
            ).encode(into: &octets)
        }
        if let text { octets += [145, UInt8(text.utf8.count + 1), 1] + Array(text.utf8) }
        octets += extensions
        for signature in signatures {
            AuthenticationAlgorithm.hmacMD5.appendExtension(
                signature.type, spi: signature.spi, key: signature.key, to: &octets)
        }
        return octets + behind
    }
}

/// An agent with which a node exchanges notifications, and where the node is.
struct NotifyingAgent: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var role = AgentRole.homeAgent
    var attachment = VisitingNode.attachment
    /// Where messages come from, and where those of the node go.
    var endpoint = VisitingNode.foreignAgent
    var careOfAddress = VisitingNode.foreignAgent.address
    /// Whether the node shares an association with its foreign agent.
    var sharesAssociation = false
    /// The authenticators of the node's messages.
    var ofNode = [NotificationSignature.home]

    static let direct = NotifyingAgent(
        testDescription: "home agent", attachment: .coLocated(Place.careOf), endpoint: VisitingNode.homeAgent,
        careOfAddress: Place.careOf)
    static let relayed = NotifyingAgent(testDescription: "home agent through a foreign agent")
    static let relayedSigned = NotifyingAgent(
        testDescription: "home agent through a foreign agent that signs", sharesAssociation: true, ofNode: [.home, .foreign])
    static let foreign = NotifyingAgent(
        testDescription: "foreign agent", role: .foreignAgent, sharesAssociation: true, ofNode: [.foreign])
    static let all = [direct, relayed, relayedSigned, foreign]

    var isHome: Bool { role == .homeAgent }
    var address: IPv4Address { isHome ? VisitingNode.homeAgent.address : VisitingNode.foreignAgent.address }
    /// MD of its messages, and of the node's messages to it.
    var direction: NotificationDirection { isHome ? .homeAgentToMobileNode : .foreignAgentToMobileNode }
    var opposite: NotificationDirection { isHome ? .mobileNodeToHomeAgent : .mobileNodeToForeignAgent }
    /// The authenticator that it must have.
    var signature: NotificationSignature { isHome ? .home : .foreign }
    var failure: NotificationCode { isHome ? .mnHomeAgentFailedAuthentication : .mnForeignAgentFailedAuthentication }
    var mismatch: NotificationCode { isHome ? .haIdentificationMismatch : .faIdentificationMismatch }

    /// A node that is registered where this agent can reach it, 10 seconds after its start.
    func node(_ change: (inout MobileNodeConfiguration) -> Void = { _ in }) -> VisitingNode {
        let visiting = VisitingNode(sharesAssociation: sharesAssociation) {
            $0.lifetime = 1800
            change(&$0)
        }
        visiting.attach(to: attachment)
        #expect(visiting.deliver { $0.lifetime = 1800 } == .accepted(.accepted, lifetime: 1800))
        visiting.seconds = 10
        return visiting
    }

    /// A notification of this agent that is sent now.
    func notification(
        at visiting: VisitingNode, _ change: (inout NodeNotification) -> Void = { _ in }
    ) -> NodeNotification {
        var notification = NodeNotification(
            direction: direction, careOfAddress: careOfAddress,
            identification: Identification(unixNanoseconds: visiting.now.wallClock),
            text: "Maintenance of the network from 20:00 to 22:00 UTC, please save", signatures: [signature])
        change(&notification)
        return notification
    }

    /// The answer of this agent to a notification of the node.
    func acknowledgment(
        of notification: GenericNotification, _ code: NotificationCode = .accepted,
        _ change: (inout NodeNotification) -> Void = { _ in }
    ) -> NodeNotification {
        var acknowledgment = NodeNotification(
            direction: direction, code: code, careOfAddress: careOfAddress, identification: notification.identification,
            signatures: [signature])
        change(&acknowledgment)
        return acknowledgment
    }

    /// The answer of the node to a notification.
    func answer(
        to notification: NodeNotification, _ code: NotificationCode, identification: Identification? = nil
    ) -> [UInt8] {
        NodeNotification(
            direction: opposite, code: code, careOfAddress: careOfAddress,
            identification: identification ?? notification.identification, signatures: ofNode
        ).octets
    }
}

extension VisitingNode {
    /// Delivers a notification; returns the answer.
    func hear(_ notification: NodeNotification, from source: TransportEndpoint) -> [UInt8]? {
        node.receive(notification: notification.octets.span.bytes, from: source, at: now)
    }

    /// Delivers an acknowledgment.
    func hear(acknowledgment: NodeNotification, from source: TransportEndpoint) {
        node.receive(notificationAcknowledgment: acknowledgment.octets.span.bytes, from: source, at: now)
    }

    /// Sends a text; returns the first datagram.
    func notify(_ order: NotificationOrder) throws -> NotificationDatagram {
        try node.notify(order, at: now)
        return try #require(node.takeNotifications().first)
    }

    /// Why a text is refused; nil if it is not.
    func refusal(of order: NotificationOrder) -> ChangeRefusal? {
        do throws(ChangeRefusal) {
            try node.notify(order, at: now)
            return nil
        } catch {
            return error
        }
    }

    /// Lets whole seconds pass up to this one; returns the notifications sent, each with its second.
    func passSeconds(until end: Int) -> [(second: Int, datagram: NotificationDatagram)] {
        var sent: [(second: Int, datagram: NotificationDatagram)] = []
        for second in Int(seconds)...end {
            pass(until: Double(second))
            sent += node.takeNotifications().map { (second, $0) }
        }
        return sent
    }

    var exchanges: [Exchange] { node.exchanges(startTime: Place.start) }
    /// The texts that have changed since the last call.
    var newTexts: [String] { node.takeNewMessages().map(\.text) }
    var events: [AgentEvent] { node.takeNotificationEvents(startTime: Place.start) }
    var identification: Identification { Identification(unixNanoseconds: now.wallClock) }
}

extension NotificationDatagram {
    var fixed: GenericNotification { get throws { try GenericNotification(decoding: payload.span.bytes) } }
}
