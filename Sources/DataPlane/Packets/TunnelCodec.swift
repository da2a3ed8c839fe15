package import AgentModel
package import MobileIPv4

/// Encapsulates and decapsulates datagrams within one buffer, without copying the payload.
///
/// A datagram is a range of a buffer. Encapsulation grows the range downwards into `headroom` octets that must be free before it;
/// decapsulation shrinks it from below.
package enum TunnelCodec {
    /// Octets that must be free before a datagram that is to be encapsulated.
    package static let headroom = 32

    /// The headers of a datagram from a tunnel.
    package struct Decapsulated: Hashable, Sendable {
        package var outer: IPv4Header
        package var inner: IPv4Header
        package var encapsulation: Encapsulation
        /// The key of a GRE header that has one (RFC 2890).
        package var key: UInt32?
    }

    /// The encapsulation that carries this datagram in a tunnel of the given kind. Minimal encapsulation has no room for the fields
    /// of a fragment (RFC 2004 §1), and header options would add another case to every fragment, so both use IP in IP,
    /// which every agent understands.
    package static func carrier(of inner: IPv4Header, in encapsulation: Encapsulation) -> Encapsulation {
        encapsulation == .minEnc && (inner.isFragment || inner.headerLength > IPv4Header.minimumLength) ? .ipInIp : encapsulation
    }

    /// Octets of the headers that `encapsulate` will add.
    package static func overhead(of inner: IPv4Header, in encapsulation: Encapsulation, local: IPv4Address) -> Int {
        switch carrier(of: inner, in: encapsulation) {
        case .ipInIp: IPv4Header.minimumLength
        case .gre: IPv4Header.minimumLength + GREHeader.minimumLength
        case .minEnc: inner.source == local ? 8 : MinimalForwardingHeader.maximumLength
        }
    }

    /// Encapsulates the datagram in `range`, whose header is `inner`, from `local` to `remote`.
    ///
    /// The outer header takes Don't Fragment from the inner one (RFC 2003 §3.1), and its DSCP; its ECN field is 0, which is the
    /// compatibility mode of RFC 6040 §4.3. The inner time to live is left unchanged: it was decremented when the datagram was forwarded
    /// here.
    ///
    /// - Parameters:
    ///   - identification: for the outer header, except in minimal encapsulation, which keeps the header of the datagram.
    ///   - timeToLive: likewise.
    /// - Returns: the outer header; `range` is that of the whole outer datagram.
    /// - Throws: `.ttlExpired` for a datagram whose time to live is 0 (RFC 2003 §3.1), `.tooBig` when the outer datagram would be longer
    ///   than IPv4 allows, `.malformed` when the range is not in the buffer or has too little room before it.
    package static func encapsulate(
        _ octets: inout MutableRawSpan, _ range: inout Range<Int>, inner: IPv4Header, as encapsulation: Encapsulation,
        local: IPv4Address, remote: IPv4Address, identification: UInt16, timeToLive: UInt8 = 64
    ) throws(DropReason) -> IPv4Header {
        let end = range.lowerBound + inner.totalLength
        guard range.lowerBound >= headroom, end <= range.upperBound, range.upperBound <= octets.byteCount else {
            throw .malformed
        }
        guard inner.timeToLive > 0 else { throw .ttlExpired }
        let carrier = carrier(of: inner, in: encapsulation)
        let overhead = overhead(of: inner, in: encapsulation, local: local)
        guard inner.totalLength + overhead <= IPv4Header.maximumTotalLength else { throw .tooBig }
        let start = range.lowerBound - overhead
        var outer = IPv4Header(
            typeOfService: inner.typeOfService & 0xFC, totalLength: inner.totalLength + overhead,
            identification: identification, dontFragment: inner.dontFragment, timeToLive: timeToLive,
            protocolNumber: carrier.protocolNumber, source: local, destination: remote)
        switch carrier {
        case .ipInIp: break
        case .gre: GREHeader.write(into: &octets, at: range.lowerBound - GREHeader.minimumLength)
        case .minEnc:
            // The header of the datagram is kept, and the other end restores it from these fields (RFC 2004 §3.1).
            outer.typeOfService = inner.typeOfService
            outer.identification = inner.identification
            outer.timeToLive = inner.timeToLive
            MinimalForwardingHeader(
                protocolNumber: inner.protocolNumber, destination: inner.destination,
                source: inner.source == local ? nil : inner.source
            ).write(into: &octets, at: start + IPv4Header.minimumLength)
        }
        outer.write(into: &octets, at: start)
        range = start..<end
        return outer
    }

    /// Extracts the inner datagram from the outer one in `range`.
    ///
    /// - Parameter verifyingChecksum: false when the kernel has already verified the outer header.
    /// - Returns: both headers; `range` is that of the inner datagram.
    /// - Throws: `.malformed` for incomplete or invalid headers, `.unsupportedEncapsulation` for a protocol other than the three
    ///   or a GRE payload other than IPv4, `.ttlExpired` for an inner datagram whose time to live is 0 (RFC 2003 §3.1).
    package static func decapsulate(
        _ octets: inout MutableRawSpan, _ range: inout Range<Int>, verifyingChecksum: Bool = true
    ) throws(DropReason) -> Decapsulated {
        guard range.lowerBound >= 0, range.upperBound <= octets.byteCount else { throw .malformed }
        let outer = try IPv4Header(decoding: octets.bytes.extracting(range), verifyingChecksum: verifyingChecksum)
        // A fragment is not a complete datagram.
        guard !outer.isFragment else { throw .malformed }
        guard let encapsulation = Encapsulation(protocolNumber: outer.protocolNumber) else { throw .unsupportedEncapsulation }
        let end = range.lowerBound + outer.totalLength
        var start = range.lowerBound + outer.headerLength
        var key: UInt32?
        switch encapsulation {
        case .ipInIp: break
        case .gre:
            let header = try GREHeader(decoding: octets.bytes.extracting(start..<end))
            guard header.protocolType == GREHeader.ipv4ProtocolType else { throw .unsupportedEncapsulation }
            start += header.length
            key = header.key
        case .minEnc:
            let header = try MinimalForwardingHeader(decoding: octets.bytes.extracting(start..<end))
            // The outer header, including options, becomes the inner one again, directly before the payload (RFC 2004 §3.3).
            octets.moveUp(from: range.lowerBound, count: outer.headerLength, by: header.length)
            start = range.lowerBound + header.length
            octets.put(UInt16(truncatingIfNeeded: end - start), at: start + 2)
            octets.put(header.protocolNumber, at: start + 9)
            if let source = header.source { octets.put(source.rawValue, at: start + 12) }
            octets.put(header.destination.rawValue, at: start + 16)
            IPv4Header.writeChecksum(into: &octets, at: start, headerLength: outer.headerLength)
        }
        let inner = try IPv4Header(decoding: octets.bytes.extracting(start..<end))
        guard inner.timeToLive > 0 else { throw .ttlExpired }
        range = start..<start + inner.totalLength
        return Decapsulated(outer: outer, inner: inner, encapsulation: encapsulation, key: key)
    }
}
