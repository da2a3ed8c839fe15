package import AgentModel
package import MobileIPv4

/// The minimal forwarding header (RFC 2004 §3.1): the header fields that the datagram had before it was tunnelled.
package struct MinimalForwardingHeader: Hashable, Sendable {
    /// Protocol of the payload.
    package var protocolNumber: UInt8
    package var destination: IPv4Address
    /// Nil when the source itself tunnelled the datagram.
    package var source: IPv4Address?

    /// Octets of the longer form.
    package static let maximumLength = 12

    /// 8 octets, or 12 with a source address.
    package var length: Int { source == nil ? 8 : Self.maximumLength }

    package init(protocolNumber: UInt8, destination: IPv4Address, source: IPv4Address?) {
        self.protocolNumber = protocolNumber
        self.destination = destination
        self.source = source
    }

    /// Reads the header at the beginning of `octets`.
    ///
    /// - Throws: `.malformed` for too few octets or a wrong checksum.
    package init(decoding octets: RawSpan) throws(DropReason) {
        guard octets.byteCount >= 8 else { throw .malformed }
        let hasSource = octets.octet(at: 1) & 0x80 != 0
        let length = hasSource ? Self.maximumLength : 8
        guard octets.byteCount >= length, InternetChecksum.compute(octets.extracting(0..<length)) == 0 else { throw .malformed }
        protocolNumber = octets.octet(at: 0)
        destination = IPv4Address(rawValue: octets.uint32(at: 4))
        source = hasSource ? IPv4Address(rawValue: octets.uint32(at: 8)) : nil
    }

    func write(into octets: inout MutableRawSpan, at offset: Int) {
        octets.put(protocolNumber, at: offset)
        octets.put((source == nil ? 0 : 0x80) as UInt8, at: offset + 1)
        octets.put(0 as UInt16, at: offset + 2)
        octets.put(destination.rawValue, at: offset + 4)
        if let source { octets.put(source.rawValue, at: offset + 8) }
        octets.put(InternetChecksum.compute(octets.bytes.extracting(offset..<offset + length)), at: offset + 2)
    }
}
