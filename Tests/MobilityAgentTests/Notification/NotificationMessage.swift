import AgentModel
import MobileIPv4
import MobilityAgent

/// A generic notification or its acknowledgment to build: a test sets the parts that differ.
struct NotificationMessage {
    var direction: NotificationDirection
    /// Nil for a notification.
    var code: NotificationCode?
    var isAcknowledged = true
    var homeAddress = Lab.home
    var homeAgent = Lab.homeAgent.address
    var careOfAddress = Lab.foreignAgent.address
    var identification: Identification
    /// The text before the authenticators.
    var text: String? = "Maintenance at 20:00 UTC"
    /// Extensions after the text.
    var extensions: [UInt8] = []
    /// The authenticators, in order.
    var signatures: [(ExtensionType, ConfiguredSecurityAssociation)] = []

    /// A notification that is sent now.
    init(_ direction: NotificationDirection, _ bench: Bench, _ change: (inout NotificationMessage) -> Void = { _ in }) {
        self.direction = direction
        identification = bench.identification
        change(&self)
    }

    /// The acknowledgment of a notification, without a text.
    init(
        to notification: GenericNotification, code: NotificationCode = .accepted,
        _ change: (inout NotificationMessage) -> Void = { _ in }
    ) {
        direction = notification.direction.path?.acknowledgment ?? notification.direction
        self.code = code
        homeAddress = notification.homeAddress
        homeAgent = notification.homeAgent
        careOfAddress = notification.careOfAddress
        identification = notification.identification
        text = nil
        change(&self)
    }

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
        for (type, association) in signatures { octets.sign(type, association) }
        return octets
    }
}

/// A decoded acknowledgment with its authenticators.
struct NotificationAnswer {
    var fixed: GenericNotificationAcknowledgment
    private var scan: ExtensionScan
    private var octets: [UInt8]

    init(_ octets: [UInt8]) throws {
        self.octets = octets
        fixed = try GenericNotificationAcknowledgment(decoding: octets.span.bytes)
        scan = try ExtensionScan(
            octets.span.bytes, from: GenericNotificationAcknowledgment.fixedSize, understanding: ExtensionUnderstanding(.base))
    }

    /// The authenticators, in order: true for one of this type made with this association.
    func isSigned(_ expected: [(ExtensionType, ConfiguredSecurityAssociation)]) -> Bool {
        guard scan.count == expected.count else { return false }
        return expected.indices.allSatisfy { index in
            let (type, configured) = expected[index]
            guard scan[index].type == type,
                let located = try? LocatedAuthentication(scan[index], in: octets.span.bytes),
                located.spi == configured.association.spi
            else { return false }
            return configured.association.algorithm.verify(located, in: octets.span.bytes, key: configured.key)
        }
    }
}

extension GenericNotification {
    /// The notification in a datagram.
    init(_ datagram: OutgoingDatagram) throws { try self.init(decoding: datagram.payload.span.bytes) }
}
