import MobileIPv4

/// ICMP messages about a datagram that could not be carried (RFC 792, RFC 1191).
package enum ICMPError: Hashable, Sendable {
    /// The datagram must not be fragmented and exceeds the MTU of the next hop, in octets.
    case fragmentationNeeded(nextHopMTU: UInt16)
    /// The other end of the tunnel cannot be reached.
    case hostUnreachable

    /// Octets of the datagram that are quoted, so that the error is no longer than every host accepts (RFC 1812 §4.3.2.3).
    static let quotedLimit = 576 - IPv4Header.minimumLength - 8
    /// Longest datagram that `write` produces.
    package static let maximumLength = 576

    /// Whether an error may be sent about this datagram (RFC 1122 §3.2.2): not about fragments other than the first, multicasts,
    /// broadcasts or other errors, and not to an address that is not a host's.
    package static func isAllowed(about header: IPv4Header, _ datagram: RawSpan) -> Bool {
        guard header.fragmentOffset == 0, !header.destination.isMulticast, header.destination != .limitedBroadcast,
            !header.source.isMulticast, header.source != .limitedBroadcast, header.source != .zero,
            header.source.rawValue >> 24 != 127
        else { return false }
        guard header.protocolNumber == IPProtocol.icmp else { return true }
        guard datagram.byteCount > header.headerLength else { return false }
        // Destination unreachable, source quench, redirect, time exceeded, parameter problem.
        return ![3, 4, 5, 11, 12].contains(datagram.octet(at: header.headerLength))
    }

    /// Writes the whole datagram of an error about `datagram` to the beginning of `octets`, which must have room for
    /// `maximumLength`.
    ///
    /// - Returns: its length in octets.
    func write(
        about datagram: RawSpan, header: IPv4Header, from source: IPv4Address, identification: UInt16,
        into octets: inout MutableRawSpan
    ) -> Int {
        let quoted = min(datagram.byteCount, header.totalLength, Self.quotedLimit)
        let length = IPv4Header.minimumLength + 8 + quoted
        IPv4Header(
            typeOfService: 0xC0, totalLength: length, identification: identification, timeToLive: 64,
            protocolNumber: IPProtocol.icmp, source: source, destination: header.source
        ).write(into: &octets, at: 0)
        octets.put(3 as UInt8, at: 20)
        octets.put(0 as UInt16, at: 22)
        octets.put(0 as UInt32, at: 24)
        switch self {
        case .fragmentationNeeded(let mtu):
            octets.put(4 as UInt8, at: 21)
            octets.put(mtu, at: 26)
        case .hostUnreachable: octets.put(1 as UInt8, at: 21)
        }
        for index in 0..<quoted { octets.put(datagram.octet(at: index), at: 28 + index) }
        octets.put(InternetChecksum.compute(octets.bytes.extracting(20..<length)), at: 22)
        return length
    }
}
