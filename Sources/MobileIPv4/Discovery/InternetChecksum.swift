/// The Internet checksum (RFC 1071): the one's complement of the one's complement sum of 16-bit words in network order.
package enum InternetChecksum {
    /// Covers all octets; an odd last octet is padded with zero. The result is 0 over octets that include a correct checksum.
    package static func compute(_ octets: RawSpan) -> UInt16 {
        var sum: UInt64 = 0
        var offset = 0
        while offset + 1 < octets.byteCount {
            sum += UInt64(octets.uint16(at: offset))
            offset += 2
        }
        if offset < octets.byteCount { sum += UInt64(octets.octet(at: offset)) << 8 }
        while sum >> 16 != 0 { sum = (sum & 0xFFFF) + (sum >> 16) }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}
