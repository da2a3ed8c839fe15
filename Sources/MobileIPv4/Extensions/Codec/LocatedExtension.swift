/// Where one extension is in a datagram. Offsets count bytes from the start of the UDP payload, which has at most 65,535.
public struct LocatedExtension: Hashable, Sendable {
    /// The type octet.
    public let type: ExtensionType
    /// The Sub-Type octet; nil for forms without one, and for a short extension that ends before it.
    public let subtype: UInt8?
    private let first: UInt16
    private let dataStart: UInt16
    private let dataEnd: UInt16

    /// Offset of the type octet.
    public var start: Int { Int(first) }
    /// The range after the header and the Sub-Type.
    public var data: Range<Int> { Int(dataStart)..<Int(dataEnd) }
    /// Offset of the first octet after the extension.
    public var end: Int { Int(dataEnd) }

    /// Whether the header has four octets.
    var isLong: Bool { dataStart - first == 4 }

    init(type: ExtensionType, subtype: UInt8?, start: Int, data: Range<Int>) {
        self.type = type
        self.subtype = subtype
        first = UInt16(start)
        dataStart = UInt16(data.lowerBound)
        dataEnd = UInt16(data.upperBound)
    }

    /// No extension; fills unused places of an array.
    init() {
        self.init(type: .padding, subtype: nil, start: 0, data: 0..<0)
    }
}

/// Where an authentication extension (32, 33, 34 or 36) and its parts are in a datagram (RFC 5944 §3.5.1).
public struct LocatedAuthentication: Hashable, Sendable {
    private let located: LocatedExtension
    /// The SPI in the extension.
    public let spi: SecurityParameterIndex

    /// The type octet.
    public var type: ExtensionType { located.type }
    /// The Sub-Type of a generalized authentication extension, otherwise nil.
    public var subtype: UInt8? { located.subtype }
    /// Offset of the type octet.
    public var start: Int { located.start }
    /// The octets after the SPI.
    public var authenticator: Range<Int> { located.data.dropFirst(4) }
    /// Offset of the first octet after the extension.
    public var end: Int { located.end }

    /// Reads the SPI of `located`; throws `malformedExtension` when the extension is too short for it.
    public init(_ located: LocatedExtension, in datagram: RawSpan) throws(MessageError) {
        guard located.data.count >= 4, located.end <= datagram.byteCount else {
            throw .malformedExtension(type: located.type.rawValue, offset: located.start)
        }
        self.located = located
        spi = SecurityParameterIndex(rawValue: datagram.uint32(at: located.data.lowerBound))
    }
}
