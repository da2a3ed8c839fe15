/// Why the data plane dropped a datagram. Every datagram that is not passed on has exactly one.
public enum DropReason: String, Error, Hashable, Sendable, CaseIterable, Codable {
    /// A header that is not whole, or a checksum that is wrong.
    case malformed
    /// From a tunnel whose other end is no agent and no care-of address known here.
    case unknownSource
    /// For an address that nothing is known of.
    case unknownDestination
    /// The inner address is known, but the datagram came from another place than it may, or reverse tunnelling was not granted.
    case sourceMismatch
    /// A time to live that has run out.
    case ttlExpired
    /// Longer than the tunnel takes, with Don't Fragment set; answered by ICMP "fragmentation needed" where that is allowed.
    case tooBig
    /// A protocol that is no tunnel, or another one than was agreed.
    case unsupportedEncapsulation
    /// A datagram that would enter the tunnel it came from (RFC 2003 §4.4).
    case loop
    /// The kernel refused to send it.
    case sendFailed
}
