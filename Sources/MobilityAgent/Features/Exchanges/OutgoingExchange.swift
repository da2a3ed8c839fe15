import AgentModel
import MobileIPv4

/// A message of this agent that waits for its acknowledgment.
struct OutgoingExchange {
    /// What is sent, with a new identifier each time.
    enum Message {
        case revocation(RegistrationRevocation)
        case notification(OutgoingNotification)
    }

    /// The least time between two messages about a registration, in nanoseconds (RFC 3543 §3.3, RFC 6098 §4.3).
    static let shortestGap: Int64 = 1_000_000_000

    private(set) var message: Message
    private(set) var local: TransportEndpoint
    private(set) var destination: TransportEndpoint
    /// The association with the peer, which signs the message and its acknowledgment.
    var association: ConfiguredSecurityAssociation
    /// The extension that signs.
    let authentication: ExtensionType
    /// When what the message is about ends by itself, in `Moment.uptime`; nil for never.
    private(set) var expires: Int64?
    /// What a home agent needs to send it again after a restart; nil for a foreign agent.
    let revocation: PendingRevocation?
    /// The visitor to be informed, as the acknowledgment says.
    var notice: VisitorNotice?
    /// The identifiers of all tries of a revocation: an acknowledgment of any of them counts.
    var identifiers: [UInt32] = []
    /// The same of a notification.
    var identifications: [Identification] = []
    /// When it was sent first, in `Moment.uptime`.
    var firstSent: Int64?

    init(
        _ message: Message, from local: TransportEndpoint, to destination: TransportEndpoint,
        signedBy association: ConfiguredSecurityAssociation, in authentication: ExtensionType, expires: Int64?,
        revocation: PendingRevocation? = nil, notice: VisitorNotice? = nil
    ) {
        self.message = message
        self.local = local
        self.destination = destination
        self.association = association
        self.authentication = authentication
        self.expires = expires
        self.revocation = revocation
        self.notice = notice
    }

    /// The payload of the next try of a revocation, signed.
    ///
    /// - Parameter text: A message string for it; nil for none.
    mutating func makePayload(
        _ revocation: RegistrationRevocation, nai: NetworkAccessIdentifier?, text: MessageString?, identifier: UInt32
    ) -> [UInt8] {
        identifiers.append(identifier)
        var payload: [UInt8] = []
        payload.reserveCapacity(96)
        var revocation = revocation
        revocation.identifier = identifier
        revocation.encode(into: &payload)
        if let nai { payload.append(extension: MobileNodeNAI(nai)) }
        if let text { payload.append(extension: text) }
        association.sign(authentication, &payload)
        return payload
    }

    /// A notification goes this way from its next try on.
    mutating func follow(_ route: NotificationRoute) {
        guard case .notification(var notification) = message else { return }
        notification.isRelayed = route.isRelayed
        notification.relay = route.signer.relay
        message = .notification(notification)
        local = route.local
        destination = route.destination
        association = route.signer.association
        expires = route.expires
    }

    /// A notification is about another registration with the same receiver from its next try on. Acknowledgments of earlier
    /// tries, which name the one before, do not count any more.
    mutating func redirect(to addresses: RegistrationAddresses) {
        guard case .notification(var notification) = message else { return }
        notification.fixed = GenericNotification(
            direction: notification.fixed.direction, requiresAcknowledgment: notification.fixed.requiresAcknowledgment,
            homeAddress: addresses.homeAddress, homeAgent: addresses.homeAgent, careOfAddress: addresses.careOfAddress,
            identification: notification.fixed.identification)
        message = .notification(notification)
        identifications = []
    }

    /// The payload of the next try of a notification, signed. It contains no NAI, which is not permitted in it (RFC 6098 §4.1).
    mutating func makePayload(
        _ notification: OutgoingNotification, text: MessageString?, identification: Identification
    ) -> [UInt8] {
        identifications.append(identification)
        var payload: [UInt8] = []
        payload.reserveCapacity(128)
        var fixed = notification.fixed
        fixed.identification = identification
        fixed.encode(into: &payload)
        if let text { payload.append(extension: text) }
        NotificationSigner(association: association, authentication: authentication, relay: notification.relay).sign(&payload)
        return payload
    }
}
