/// Where one extension lies in a datagram. Offsets count octets from the start of the UDP payload.
public struct LocatedExtension: Hashable, Sendable {
    /// The type octet.
    public let type: ExtensionType
    /// The Sub-Type octet of the long form and of both forms of type 139; nil for the short form, whose data may begin with one.
    public let subtype: UInt8?
    /// Offset of the type octet.
    public let start: Int
    /// What follows the header.
    public let data: Range<Int>
    /// Offset of the first octet after the extension.
    public var end: Int { data.upperBound }

    init(type: ExtensionType, subtype: UInt8?, start: Int, data: Range<Int>) {
        self.type = type
        self.subtype = subtype
        self.start = start
        self.data = data
    }
}

/// Where an authentication extension (32, 33, 34 or 36) and its parts lie in a datagram (RFC 5944 §3.5.1).
public struct LocatedAuthentication: Hashable, Sendable {
    /// The type octet.
    public let type: ExtensionType
    /// The Sub-Type of a generalized authentication extension, otherwise nil.
    public let subtype: UInt8?
    /// Offset of the type octet.
    public let start: Int
    /// The SPI it names.
    public let spi: SecurityParameterIndex
    /// The octets after the SPI.
    public let authenticator: Range<Int>
    /// Offset of the first octet after the extension.
    public var end: Int { authenticator.upperBound }

    /// Reads the SPI of `located`; `malformedExtension` when there is no room for it.
    public init(_ located: LocatedExtension, in datagram: RawSpan) throws(MessageError) {
        guard located.data.count >= 4, located.end <= datagram.byteCount else {
            throw .malformedExtension(type: located.type.rawValue, offset: located.start)
        }
        type = located.type
        subtype = located.subtype
        start = located.start
        spi = SecurityParameterIndex(rawValue: datagram.uint32(at: located.data.lowerBound))
        authenticator = located.data.dropFirst(4)
    }
}
