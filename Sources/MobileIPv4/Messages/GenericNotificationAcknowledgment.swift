/// The fixed part of a Generic Notification Acknowledgement Message, 24 octets (RFC 6098 §4.2). It may contain the extensions of
/// `GenericNotification.permittedExtensions`.
public struct GenericNotificationAcknowledgment: Hashable, Sendable {
    /// MD: from whom to whom the acknowledgment goes. A receiver discards a direction without a path.
    public var direction: NotificationDirection
    /// Whether the receiver of the notification accepted it.
    public var code: NotificationCode
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// The mobile node's home agent.
    public var homeAgent: IPv4Address
    /// The care-of address: the foreign agent's, or a co-located one.
    public var careOfAddress: IPv4Address
    /// That of the notification. Only the low word is if the code is an identification mismatch: the high word is then the clock of
    /// the one that refuses (RFC 6098 §7.1.1).
    public var identification: Identification

    /// The size of the fixed part in octets; the extensions begin at this offset.
    public static let fixedSize = 24

    public init(
        direction: NotificationDirection, code: NotificationCode, homeAddress: IPv4Address, homeAgent: IPv4Address,
        careOfAddress: IPv4Address, identification: Identification
    ) {
        self.direction = direction
        self.code = code
        self.homeAddress = homeAddress
        self.homeAgent = homeAgent
        self.careOfAddress = careOfAddress
        self.identification = identification
    }

    /// Answers a notification in the opposite direction; nil when the notification's direction is undefined.
    ///
    /// - Parameter clock: the receiver's clock, whose seconds the sender gets if the code is an identification mismatch.
    public init?(to notification: GenericNotification, code: NotificationCode, clock: Identification) {
        guard let path = notification.direction.path else { return nil }
        let isMismatch = code == path.identificationMismatch
        self.init(
            direction: path.acknowledgment, code: code, homeAddress: notification.homeAddress, homeAgent: notification.homeAgent,
            careOfAddress: notification.careOfAddress,
            identification: isMismatch
                ? Identification(high: clock.high, low: notification.identification.low) : notification.identification)
    }

    /// Decodes the fixed part at the start of a UDP payload. Any direction and any code is accepted.
    public init(decoding datagram: RawSpan) throws(MessageError) {
        guard datagram.byteCount >= Self.fixedSize else {
            throw .truncated(expected: Self.fixedSize, actual: datagram.byteCount)
        }
        let type = datagram.octet(at: 0)
        guard type == MessageType.genericNotificationAcknowledgment.rawValue else { throw .unexpectedType(type) }
        direction = NotificationDirection(rawValue: datagram.octet(at: 1))
        code = NotificationCode(rawValue: datagram.octet(at: 2))
        homeAddress = IPv4Address(rawValue: datagram.uint32(at: 4))
        homeAgent = IPv4Address(rawValue: datagram.uint32(at: 8))
        careOfAddress = IPv4Address(rawValue: datagram.uint32(at: 12))
        identification = Identification(high: datagram.uint32(at: 16), low: datagram.uint32(at: 20))
    }

    /// Appends the 24 octets.
    public func encode(into octets: inout [UInt8]) {
        octets.append(MessageType.genericNotificationAcknowledgment.rawValue)
        octets.append(direction.rawValue)
        octets.append(code.rawValue)
        octets.append(0)
        octets.append(bigEndian: homeAddress.rawValue)
        octets.append(bigEndian: homeAgent.rawValue)
        octets.append(bigEndian: careOfAddress.rawValue)
        octets.append(bigEndian: identification.rawValue)
    }
}
