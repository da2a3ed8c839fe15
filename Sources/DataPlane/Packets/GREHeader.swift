package import AgentModel
import MobileIPv4

/// The header of generic routing encapsulation (RFC 2784) with the key and sequence number of RFC 2890.
package struct GREHeader: Hashable, Sendable {
    /// Octets up to the payload: 4…16.
    package var length: Int
    /// EtherType of the payload.
    package var protocolType: UInt16
    package var key: UInt32?

    package static let minimumLength = 4
    package static let ipv4ProtocolType: UInt16 = 0x0800

    private static let checksumPresent: UInt16 = 0x8000
    private static let keyPresent: UInt16 = 0x2000
    private static let sequencePresent: UInt16 = 0x1000
    /// Bits 1, 4 and 5: a receiver must discard packets that set them (RFC 2784 §2.3), including the routing of RFC 1701.
    private static let refused: UInt16 = 0x4C00

    /// Reads the header at the beginning of `octets`, which extend to the end of the payload.
    ///
    /// - Throws: `.malformed` for a version other than 0, a refused flag, too few octets, or a wrong checksum.
    package init(decoding octets: RawSpan) throws(DropReason) {
        guard octets.byteCount >= Self.minimumLength else { throw .malformed }
        let flags = octets.uint16(at: 0)
        guard flags & Self.refused == 0, flags & 0x0007 == 0 else { throw .malformed }
        protocolType = octets.uint16(at: 2)
        length = Self.minimumLength
        if flags & Self.checksumPresent != 0 { length += 4 }
        let keyOffset = length
        if flags & Self.keyPresent != 0 { length += 4 }
        if flags & Self.sequencePresent != 0 { length += 4 }
        guard octets.byteCount >= length else { throw .malformed }
        if flags & Self.checksumPresent != 0, InternetChecksum.compute(octets) != 0 { throw .malformed }
        key = flags & Self.keyPresent != 0 ? octets.uint32(at: keyOffset) : nil
    }

    /// Writes the four octets of a header for an IPv4 payload, without optional fields.
    static func write(into octets: inout MutableRawSpan, at offset: Int) {
        octets.put(0 as UInt16, at: offset)
        octets.put(ipv4ProtocolType, at: offset + 2)
    }
}
