package import MobileIPv4

extension OutgoingDatagram {
    /// The whole IPv4 datagram, for a frame that bypasses routing and ARP.
    package var inIPv4: [UInt8] {
        var udp: [UInt8] = []
        let length = 8 + payload.count
        for field in [source.port, destination.port, UInt16(truncatingIfNeeded: length), 0] { udp.append(bigEndian: field) }
        udp += payload
        // The checksum also covers addresses, protocol and length (RFC 768).
        var covered: [UInt8] = []
        covered.append(bigEndian: source.address.rawValue)
        covered.append(bigEndian: destination.address.rawValue)
        covered.append(bigEndian: 17 as UInt16)
        covered.append(bigEndian: UInt16(truncatingIfNeeded: length))
        covered += udp
        let checksum = InternetChecksum.compute(covered.span.bytes)
        udp.replace(at: 6, with: checksum == 0 ? 0xFFFF : checksum)
        var header: [UInt8] = []
        // No fragments, the DSCP of network control, and the time to live that proves the sender is a neighbour (RFC 3024 §4.2.1).
        for field in [0x45C0, UInt16(truncatingIfNeeded: 20 + length), 0, 0x4000, 0xFF11, 0] { header.append(bigEndian: field) }
        header.append(bigEndian: source.address.rawValue)
        header.append(bigEndian: destination.address.rawValue)
        header.replace(at: 10, with: InternetChecksum.compute(header.span.bytes))
        return header + udp
    }
}

extension [UInt8] {
    fileprivate mutating func replace(at offset: Int, with value: UInt16) {
        self[offset] = UInt8(value >> 8)
        self[offset + 1] = UInt8(value & 0xFF)
    }
}
