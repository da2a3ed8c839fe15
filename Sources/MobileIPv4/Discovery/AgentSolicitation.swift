/// An Agent Solicitation: an ICMP Router Solicitation (RFC 1256 §3, RFC 5944 §2.2), 8 octets, sent with TTL 1.
public enum AgentSolicitation {
    /// ICMP type 10.
    public static let icmpType: UInt8 = 10

    /// The eight octets, checksum included.
    public static func encoded() -> [UInt8] {
        var octets: [UInt8] = [icmpType, 0, 0, 0, 0, 0, 0, 0]
        let checksum = InternetChecksum.compute(octets.span.bytes)
        octets[2] = UInt8(checksum >> 8)
        octets[3] = UInt8(truncatingIfNeeded: checksum)
        return octets
    }

    /// True when the ICMP message is a well-formed solicitation: at least eight octets, type 10, code 0, correct checksum.
    public static func matches(_ message: RawSpan) -> Bool {
        message.byteCount >= 8 && message.octet(at: 0) == icmpType && message.octet(at: 1) == 0
            && InternetChecksum.compute(message) == 0
    }
}
