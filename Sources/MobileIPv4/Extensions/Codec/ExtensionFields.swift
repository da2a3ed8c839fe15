/// Reads the fields of one extension from left to right; anything that does not fit throws `malformedExtension`.
public struct ExtensionFields {
    private let located: LocatedExtension
    private var offset: Int

    init(_ located: LocatedExtension, in datagram: RawSpan) throws(MessageError) {
        self.located = located
        offset = located.data.lowerBound
        guard located.end <= datagram.byteCount else { throw malformed }
    }

    /// The Sub-Type; nil for a short extension that ends before it.
    var subtype: UInt8? { located.subtype }
    /// Whether the extension has a header of four octets.
    var isLong: Bool { located.isLong }

    var malformed: MessageError { .malformedExtension(type: located.type.rawValue, offset: located.start) }
    private var remaining: Int { located.end - offset }

    private mutating func take(_ count: Int) throws(MessageError) -> Int {
        guard remaining >= count else { throw malformed }
        defer { offset += count }
        return offset
    }

    /// The Sub-Type, which must be present.
    func requiredSubtype() throws(MessageError) -> UInt8 {
        guard let subtype else { throw malformed }
        return subtype
    }

    /// Requires this Sub-Type.
    func expect(subtype expected: UInt8) throws(MessageError) {
        guard subtype == expected else { throw malformed }
    }

    mutating func skip(_ count: Int) throws(MessageError) { _ = try take(count) }
    mutating func octet(in datagram: RawSpan) throws(MessageError) -> UInt8 { datagram.octet(at: try take(1)) }
    mutating func uint16(in datagram: RawSpan) throws(MessageError) -> UInt16 { datagram.uint16(at: try take(2)) }
    mutating func uint32(in datagram: RawSpan) throws(MessageError) -> UInt32 { datagram.uint32(at: try take(4)) }

    mutating func uint64(in datagram: RawSpan) throws(MessageError) -> UInt64 {
        let high = try uint32(in: datagram)
        return UInt64(high) << 32 | UInt64(try uint32(in: datagram))
    }

    mutating func address(in datagram: RawSpan) throws(MessageError) -> IPv4Address {
        IPv4Address(rawValue: try uint32(in: datagram))
    }

    /// All remaining octets, at least `minimum`.
    mutating func rest(in datagram: RawSpan, atLeast minimum: Int = 0) throws(MessageError) -> [UInt8] {
        guard remaining >= minimum else { throw malformed }
        let range = (try take(remaining))..<located.end
        return datagram.withUnsafeBytes { Array($0[range]) }
    }

    /// The remaining octets as an NAI.
    mutating func networkAccessIdentifier(in datagram: RawSpan) throws(MessageError) -> NetworkAccessIdentifier {
        let range = (try take(remaining))..<located.end
        let nai = datagram.withUnsafeBytes { NetworkAccessIdentifier(octets: $0[range]) }
        guard let nai else { throw malformed }
        return nai
    }
    /// Requires that no octets remain.
    func finish() throws(MessageError) { if remaining != 0 { throw malformed } }
}
