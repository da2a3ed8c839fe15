/// The fixed part of a Generic Notification Message, 24 octets (RFC 6098 §4.1).
public struct GenericNotification: Hashable, Sendable {
    /// MD: from whom to whom it goes. A receiver discards a direction without a path.
    public var direction: NotificationDirection
    /// A: the receiver must acknowledge it.
    public var requiresAcknowledgment: Bool
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// The mobile node's home agent.
    public var homeAgent: IPv4Address
    /// The care-of address: the foreign agent's, or a co-located one.
    public var careOfAddress: IPv4Address
    /// Matches acknowledgments and protects against replay: a timestamp, greater than in any earlier notification of this sender to
    /// this receiver, and independent of the Identification of registrations (RFC 6098 §7.1).
    public var identification: Identification

    /// The size of the fixed part in octets; the extensions begin at this offset.
    public static let fixedSize = 24

    /// The only extensions that a notification or its acknowledgment may contain: the text (145) and the three authentication
    /// extensions (RFC 6098 §1). IANA must mark a type before it may appear, so the list is closed, and an understanding for these
    /// messages has nothing else in it, not even the entries of `base`.
    ///
    /// A receiver must silently discard a message with any other extension (§4.5.1, §4.6.1, §4.7.3). A scan with an understanding
    /// of this list throws `unknownCriticalExtension` for a type of 0…127, but only counts a type of 128…255 in `skipped`, as it
    /// does a text with an undefined Sub-Type: discard the message if `skipped` is not 0. Padding (0) is no extension in this sense
    /// and is not counted.
    public static let permittedExtensions: [ExtensionUnderstanding.Entry] = [
        .all(MessageString.self), .all(MobileHomeAuthentication.self), .all(MobileForeignAuthentication.self),
        .all(ForeignHomeAuthentication.self),
    ]

    public init(
        direction: NotificationDirection, requiresAcknowledgment: Bool, homeAddress: IPv4Address, homeAgent: IPv4Address,
        careOfAddress: IPv4Address, identification: Identification
    ) {
        self.direction = direction
        self.requiresAcknowledgment = requiresAcknowledgment
        self.homeAddress = homeAddress
        self.homeAgent = homeAgent
        self.careOfAddress = careOfAddress
        self.identification = identification
    }

    /// Decodes the fixed part at the start of a UDP payload. Any direction is accepted.
    public init(decoding datagram: RawSpan) throws(MessageError) {
        guard datagram.byteCount >= Self.fixedSize else {
            throw .truncated(expected: Self.fixedSize, actual: datagram.byteCount)
        }
        let type = datagram.octet(at: 0)
        guard type == MessageType.genericNotification.rawValue else { throw .unexpectedType(type) }
        direction = NotificationDirection(rawValue: datagram.octet(at: 1))
        requiresAcknowledgment = datagram.uint16(at: 2) & 0x8000 != 0
        homeAddress = IPv4Address(rawValue: datagram.uint32(at: 4))
        homeAgent = IPv4Address(rawValue: datagram.uint32(at: 8))
        careOfAddress = IPv4Address(rawValue: datagram.uint32(at: 12))
        identification = Identification(high: datagram.uint32(at: 16), low: datagram.uint32(at: 20))
    }

    /// Appends the 24 octets.
    public func encode(into octets: inout [UInt8]) {
        octets.append(MessageType.genericNotification.rawValue)
        octets.append(direction.rawValue)
        octets.append(bigEndian: requiresAcknowledgment ? 0x8000 : 0 as UInt16)
        octets.append(bigEndian: homeAddress.rawValue)
        octets.append(bigEndian: homeAgent.rawValue)
        octets.append(bigEndian: careOfAddress.rawValue)
        octets.append(bigEndian: identification.rawValue)
    }
}
