/// Why the data plane dropped a datagram. Each datagram it does not forward has exactly one reason.
public enum DropReason: String, Error, Hashable, Sendable, CaseIterable, Codable {
    /// An incomplete header or a wrong checksum.
    case malformed
    /// From a tunnel whose far end is not an agent or care-of address known here.
    case unknownSource
    /// For an address that is unknown here.
    case unknownDestination
    /// The inner address is known, but the datagram arrived from a place it may not come from, or reverse tunnelling was not granted.
    case sourceMismatch
    /// The time to live expired.
    case ttlExpired
    /// Too long for the tunnel, with Don't Fragment set. Answered by ICMP "fragmentation needed" where that is allowed.
    case tooBig
    /// Not a tunnel protocol, or not the one that was agreed on.
    case unsupportedEncapsulation
    /// A datagram that would enter the tunnel it came from (RFC 2003 §4.4).
    case loop
    /// The kernel refused to send it.
    case sendFailed
}
