public import MobileIPv4

/// The beginning of a UDP datagram that an ICMP error quotes: the evidence that the error is about a request that this agent relayed.
public struct QuotedRequest: Hashable, Sendable {
    /// The endpoint that sent the datagram.
    public var source: TransportEndpoint
    /// The endpoint to which it was sent.
    public var destination: TransportEndpoint
    /// The UDP header's Length: 8 octets and the payload. Nil when the error was received without that header.
    public var length: UInt16?
    /// The UDP header's Checksum; nil likewise. It serves only to choose among several requests, since an interface that computes
    /// checksums itself leaves another value in what is quoted.
    public var checksum: UInt16?
    /// The payload as far as it is quoted. Octets after the fixed part of a request are not needed.
    public var payload: [UInt8]

    public init(
        source: TransportEndpoint, destination: TransportEndpoint, length: UInt16?, checksum: UInt16? = nil, payload: [UInt8]
    ) {
        self.source = source
        self.destination = destination
        self.length = length
        self.checksum = checksum
        self.payload = payload
    }

    /// The low word of the request's identification; nil when the quotation ends before it.
    var identification: UInt32? {
        guard payload.count >= RegistrationRequest.fixedSize else { return nil }
        return payload[20..<24].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Whether this may be the beginning of a datagram. With neither the length nor the identification, it may be of too many.
    func isOf(_ sent: OutgoingDatagram) -> Bool {
        guard source == sent.source, destination == sent.destination, length != nil || identification != nil else { return false }
        return length.map { Int($0) == 8 + sent.payload.count } ?? true
            && sent.payload.starts(with: payload.prefix(RegistrationRequest.fixedSize))
    }
}

extension OutgoingDatagram {
    /// The UDP checksum (RFC 768), 0xFFFF instead of 0.
    var checksum: UInt16 {
        var covered: [UInt8] = []
        let length = UInt16(truncatingIfNeeded: 8 + payload.count)
        covered.append(bigEndian: source.address.rawValue)
        covered.append(bigEndian: destination.address.rawValue)
        // The protocol number of UDP; the header's checksum field counts as 0.
        for field in [17, length, source.port, destination.port, length, 0] { covered.append(bigEndian: field) }
        covered += payload
        let checksum = InternetChecksum.compute(covered.span.bytes)
        return checksum == 0 ? 0xFFFF : checksum
    }
}
