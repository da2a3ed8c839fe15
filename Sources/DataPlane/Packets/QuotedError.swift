package import MobileIPv4

/// A received ICMP "destination unreachable" message (RFC 792) and the beginning of the datagram that it quotes.
///
/// Anyone can send such a message. It is evidence only as far as what it quotes is a datagram that this machine sent.
package struct QuotedError: Hashable, Sendable {
    /// ICMP type 3.
    package static let icmpType: UInt8 = 3
    /// Code 4: the datagram is too long for the next link and must not be fragmented.
    package static let fragmentationNeeded: UInt8 = 4

    package var code: UInt8
    /// MTU of the next link, with code 4; 0 from routers that do not report it (RFC 1191 §5).
    package var nextHopMTU: Int
    /// The header of the quoted datagram. `totalLength` is that of the datagram when it was dropped, longer than what is quoted.
    package var quoted: IPv4Header
    /// Where in the message the quoted payload stands, as far as it is quoted; at least 8 octets (RFC 792).
    package var payload: Range<Int>

    /// Reads a whole IPv4 datagram.
    ///
    /// Nil unless it is such a message with a correct checksum, quotes a first fragment or whole datagram, and was sent to the source of
    /// that datagram.
    package init?(_ datagram: RawSpan) {
        guard let outer = try? IPv4Header(decoding: datagram, verifyingChecksum: false), outer.protocolNumber == IPProtocol.icmp,
            !outer.isFragment, outer.payloadLength >= 8 + IPv4Header.minimumLength
        else { return nil }
        let start = outer.headerLength
        let message = datagram.extracting(start..<outer.totalLength)
        // A raw socket receives messages before the kernel verifies their checksum.
        guard message.octet(at: 0) == Self.icmpType, InternetChecksum.compute(message) == 0,
            let quoted = IPv4Header(quotedAt: 8, in: message)
        else { return nil }
        var end = min(message.byteCount, 8 + quoted.totalLength)
        // Objects after the quotation are not part of the datagram (RFC 4884 §4.1).
        let stated = Int(message.octet(at: 5)) * 4
        if stated > 0 { end = min(end, 8 + stated) }
        let payload = 8 + quoted.headerLength
        guard quoted.fragmentOffset == 0, outer.destination == quoted.source, end >= payload + 8 else { return nil }
        code = message.octet(at: 1)
        nextHopMTU = code == Self.fragmentationNeeded ? Int(message.uint16(at: 6)) : 0
        self.quoted = quoted
        self.payload = start + payload..<start + end
    }
}

/// The beginning of a UDP datagram that an ICMP error quotes.
package struct QuotedUDP: Hashable, Sendable {
    package var source: TransportEndpoint
    package var destination: TransportEndpoint
    /// The Length field: 8 octets of header and the payload.
    package var length: UInt16
    /// The Checksum field. It is final only if the sender's interface leaves it to the kernel.
    package var checksum: UInt16
    /// Where in the message the UDP payload stands, as far as it is quoted.
    package var payload: Range<Int>

    /// - Parameter datagram: what `error` was read from.
    package init?(_ error: QuotedError, in datagram: RawSpan) {
        guard error.quoted.protocolNumber == IPProtocol.udp else { return nil }
        let start = error.payload.lowerBound
        source = TransportEndpoint(error.quoted.source, port: datagram.uint16(at: start))
        destination = TransportEndpoint(error.quoted.destination, port: datagram.uint16(at: start + 2))
        length = datagram.uint16(at: start + 4)
        checksum = datagram.uint16(at: start + 6)
        guard length >= 8 else { return nil }
        payload = start + 8..<max(start + 8, min(error.payload.upperBound, start + Int(length)))
    }
}

extension IPv4Header {
    /// Reads the header of a datagram that is only quoted in part. Nil when it is not the header of an IPv4 datagram.
    ///
    /// Its checksum is not verified: routers need not update it in the copy that they quote.
    fileprivate init?(quotedAt offset: Int, in octets: RawSpan) {
        guard octets.byteCount >= offset + Self.minimumLength, octets.octet(at: offset) >> 4 == 4 else { return nil }
        let headerLength = Int(octets.octet(at: offset) & 0x0F) * 4
        let totalLength = Int(octets.uint16(at: offset + 2))
        guard headerLength >= Self.minimumLength, totalLength >= headerLength else { return nil }
        let fragment = octets.uint16(at: offset + 6)
        self.init(
            typeOfService: octets.octet(at: offset + 1), totalLength: totalLength, identification: octets.uint16(at: offset + 4),
            dontFragment: fragment & 0x4000 != 0, moreFragments: fragment & 0x2000 != 0,
            fragmentOffset: Int(fragment & 0x1FFF) * 8,
            timeToLive: octets.octet(at: offset + 8), protocolNumber: octets.octet(at: offset + 9),
            source: IPv4Address(rawValue: octets.uint32(at: offset + 12)),
            destination: IPv4Address(rawValue: octets.uint32(at: offset + 16)))
        self.headerLength = headerLength
    }
}
