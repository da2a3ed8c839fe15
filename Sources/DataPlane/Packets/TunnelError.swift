package import AgentModel
package import MobileIPv4

/// An ICMP "fragmentation needed" message about a datagram in a tunnel, with what its quotation shows of that datagram.
package struct TunnelError: Hashable, Sendable {
    /// The encapsulation of the quoted datagram.
    package var encapsulation: Encapsulation
    package var local: IPv4Address
    package var remote: IPv4Address
    /// Octets of the quoted outer datagram.
    package var length: Int
    /// The MTU that is reported; 0 when the router does not report it.
    package var reportedMTU: Int
    /// Source and destination of the datagram inside; nil where the quotation ends before them.
    package var innerSource: IPv4Address?
    package var innerDestination: IPv4Address?

    /// Nil unless the message is about a datagram with Don't Fragment that is longer than the reported MTU and is built as `TunnelCodec`
    /// builds one, as far as quoted.
    ///
    /// - Parameter datagram: the whole IPv4 datagram that carries the message.
    package init?(_ datagram: RawSpan) {
        guard let error = QuotedError(datagram), error.code == QuotedError.fragmentationNeeded, error.quoted.dontFragment,
            !error.quoted.isFragment, error.quoted.totalLength > error.nextHopMTU,
            error.quoted.headerLength == IPv4Header.minimumLength,
            let encapsulation = Encapsulation(protocolNumber: error.quoted.protocolNumber)
        else { return nil }
        self.encapsulation = encapsulation
        local = error.quoted.source
        remote = error.quoted.destination
        length = error.quoted.totalLength
        reportedMTU = error.nextHopMTU
        let inside = datagram.extracting(error.payload)
        switch encapsulation {
        case .ipInIp:
            guard readInner(inside, at: 0) else { return nil }
        case .gre:
            guard inside.uint16(at: 0) == 0, inside.uint16(at: 2) == GREHeader.ipv4ProtocolType,
                readInner(inside, at: GREHeader.minimumLength)
            else { return nil }
        case .minEnc:
            let hasSource = inside.octet(at: 1) & 0x80 != 0
            innerDestination = IPv4Address(rawValue: inside.uint32(at: 4))
            if !hasSource { innerSource = local }
            if hasSource && inside.byteCount >= 12 { innerSource = IPv4Address(rawValue: inside.uint32(at: 8)) }
        }
    }

    /// Reads the header of the datagram inside as far as it is quoted, which is at least to its total length.
    private mutating func readInner(_ octets: RawSpan, at offset: Int) -> Bool {
        guard octets.octet(at: offset) >> 4 == 4,
            Int(octets.uint16(at: offset + 2)) == length - IPv4Header.minimumLength - offset
        else { return false }
        if octets.byteCount >= offset + 16 { innerSource = IPv4Address(rawValue: octets.uint32(at: offset + 12)) }
        if octets.byteCount >= offset + 20 { innerDestination = IPv4Address(rawValue: octets.uint32(at: offset + 16)) }
        return true
    }
}
