/// Correct checksums, so that mutated input gets past them.
package enum Checksum {
    /// The bytes with the Internet checksum over a range written at `offset`; unchanged if there is no room for one.
    package static func corrected(_ octets: [UInt8], at offset: Int, over range: Range<Int>) -> [UInt8] {
        guard range.upperBound <= octets.count, range.contains(offset), range.contains(offset + 1) else { return octets }
        var octets = octets
        octets[offset] = 0
        octets[offset + 1] = 0
        let checksum = compute(octets[range])
        octets[offset] = UInt8(checksum >> 8)
        octets[offset + 1] = UInt8(truncatingIfNeeded: checksum)
        return octets
    }

    /// An IPv4 datagram with the checksums of its header, of the tunnel's header in it, and of the inner header corrected.
    package static func corrected(tunnelled octets: [UInt8]) -> [UInt8] {
        guard octets.count >= 20 else { return octets }
        let header = Int(octets[0] & 0xF) * 4
        let whole = corrected(octets, at: 10, over: 0..<header)
        switch octets[9] {
        case 4: return inner(whole, at: header)
        case 47 where octets.count >= header + 4:
            let flags = octets[header]
            let length = 4 + (flags & 0x80 != 0 ? 4 : 0) + (flags & 0x20 != 0 ? 4 : 0) + (flags & 0x10 != 0 ? 4 : 0)
            let within = inner(whole, at: header + length)
            let end = Int(octets[2]) << 8 | Int(octets[3])
            guard flags & 0x80 != 0, end >= header + 6, end <= octets.count else { return within }
            return corrected(within, at: header + 4, over: header..<end)
        case 55 where octets.count >= header + 2:
            return corrected(whole, at: header + 2, over: header..<header + (octets[header + 1] & 0x80 != 0 ? 12 : 8))
        default: return whole
        }
    }

    private static func inner(_ octets: [UInt8], at start: Int) -> [UInt8] {
        guard octets.count > start else { return octets }
        return corrected(octets, at: start + 10, over: start..<start + Int(octets[start] & 0xF) * 4)
    }

    /// The one's complement of the one's complement sum (RFC 1071), written apart from the product's.
    package static func compute(_ octets: ArraySlice<UInt8>) -> UInt16 {
        var sum: UInt32 = 0
        for (place, octet) in octets.enumerated() {
            sum += place.isMultiple(of: 2) ? UInt32(octet) << 8 : UInt32(octet)
            sum = (sum & 0xFFFF) + (sum >> 16)
        }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}
