import AgentModel
import FuzzSupport

@testable import MobileIPv4
@testable import MobileNode
@testable import MobilityAgent

/// Revocations, and notifications in both directions.
extension MobileNodeFuzzer {
    /// What came and went last.
    struct Signals {
        /// The last notification of the node.
        var sent: [UInt8] = []
        /// The last signal that it received.
        var received: [UInt8] = []
        var isSigned = false
    }

    /// One step: a signal that arrives, or a text of the node's operator.
    static func signal(
        _ operation: UInt8, _ input: inout FuzzInput, _ node: inout MobileNode, from source: TransportEndpoint, _ uptime: Int64,
        _ signals: inout Signals
    ) throws {
        switch operation & 7 {
        case 0:
            signals.received = input.octets(Int(input.octet()))
            signals.isSigned = false
        case 1, 2:
            signals.received = Village.notification(
                &input, at: uptime, careOf: Village.node.address, answering: signals.sent)
            sign(&signals, operation, &input)
        case 3:
            try? node.notify(Village.order(&input), at: Village.moment(uptime))
            return try takeSent(&node, &signals)
        case 4, 5:
            signals.received = Village.revocation(&input, at: uptime, careOf: Village.node.address)
            sign(&signals, operation, &input)
        // The last signal again.
        default: break
        }
        try receive(signals, &node, from: source, uptime)
    }

    /// Takes the notifications that the node sends.
    static func takeSent(_ node: inout MobileNode, _ signals: inout Signals) throws {
        for datagram in node.takeNotifications() {
            try Village.check(signal: datagram.payload)
            _ = try GenericNotification(decoding: datagram.payload.span.bytes)
            signals.sent = datagram.payload
        }
        _ = node.takeNotificationEvents(startTime: Timestamp(milliseconds: Village.start))
        let exchanges = node.exchanges(startTime: Timestamp(milliseconds: Village.start))
        try require(exchanges.count <= 96, "\(exchanges.count) exchanges")
        try requireEqual(Set(exchanges.map(\.number)).count, exchanges.count, "numbers of exchanges")
    }

    private static func sign(_ signals: inout Signals, _ operation: UInt8, _ input: inout FuzzInput) {
        let count = operation >> 3 & 3
        for _ in 0..<count {
            Village.sign(&signals.received, &input, with: Village.associations + Village.foreignAssociations)
        }
        signals.isSigned = count > 0
    }

    private static func receive(
        _ signals: Signals, _ node: inout MobileNode, from source: TransportEndpoint, _ uptime: Int64
    ) throws {
        let (octets, moment) = (signals.received, Village.moment(uptime))
        if octets.first == MessageType.registrationRevocation.rawValue {
            guard let answer = node.receive(revocation: octets.span.bytes, at: moment) else { return }
            try require(signals.isSigned, "a revocation without a signature is believed")
            try Village.check(signal: answer.acknowledgment)
            let given = try RegistrationRevocation(decoding: octets.span.bytes)
            let acknowledgment = try RevocationAcknowledgment(decoding: answer.acknowledgment.span.bytes)
            try requireEqual(acknowledgment.identifier, given.identifier, "identifier of an acknowledgment")
        } else if octets.first == MessageType.genericNotificationAcknowledgment.rawValue {
            let before = node.counters
            node.receive(notificationAcknowledgment: octets.span.bytes, from: source, at: moment)
            let isSettled =
                node.counters.notificationsAcknowledged > before.notificationsAcknowledged
                || node.counters.notificationsRefused > before.notificationsRefused
            try require(signals.isSigned || !isSettled, "an acknowledgment without a signature is believed")
        } else {
            let before = node.counters.notificationsReceived
            let answer = node.receive(notification: octets.span.bytes, from: source, at: moment)
            let isAccepted = node.counters.notificationsReceived > before
            try require(signals.isSigned || !isAccepted, "a notification without a signature is believed")
            guard let answer else { return }
            try Village.check(signal: answer)
            let given = try GenericNotification(decoding: octets.span.bytes)
            let acknowledgment = try GenericNotificationAcknowledgment(decoding: answer.span.bytes)
            try require(given.requiresAcknowledgment, "an acknowledgment that was not requested")
            try requireEqual(acknowledgment.identification.low, given.identification.low, "low word of an acknowledgment")
        }
    }
}
