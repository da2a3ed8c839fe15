import AgentModel
import FuzzSupport

@testable import DataPlane
@testable import MobileIPv4

/// Datagrams from tunnels and into tunnels: the IPv4, GRE and minimal headers, and ARP.
enum TunnelsFuzzer: FuzzTarget {
    static let name = "tunnels"
    static let about = "what is decapsulated stays inside the datagram, and comes out of every tunnel as it went in"

    static func run(_ input: [UInt8]) throws {
        try decapsulate(input)
        try decapsulate(Checksum.corrected(tunnelled: input))
        if let packet = ARPPacket(decoding: input.span.bytes) {
            try requireEqual(packet.octets, Array(input[..<ARPPacket.length]), "ARP encoded again")
            try require(packet.proxyReply(from: .broadcast).map { $0.operation == .reply } ?? true, "the proxy asks")
        }
    }

    private static func decapsulate(_ input: [UInt8]) throws {
        // Something on both sides, which must stay as it is.
        let margin = TunnelCodec.headroom
        let guardOctets = [UInt8](repeating: 0xA5, count: margin)
        var buffer = guardOctets + input + guardOctets
        let whole = margin..<margin + input.count
        var range = whole
        let found: TunnelCodec.Decapsulated
        do throws(DropReason) {
            var span = buffer.mutableSpan
            var octets = span.mutableBytes
            found = try TunnelCodec.decapsulate(&octets, &range)
        } catch {
            try require(range == whole, "a refused datagram has moved")
            return
        }
        try require(range.lowerBound > whole.lowerBound && range.upperBound <= whole.upperBound, "\(range) is outside \(whole)")
        try requireEqual(range.count, found.inner.totalLength, "length")
        try require(found.inner.timeToLive > 0 && !found.outer.isFragment, "a datagram that must be dropped")
        try require(Array(buffer[..<margin]) == guardOctets, "octets before the datagram have changed")
        try require(Array(buffer[whole.upperBound...]) == guardOctets, "octets after the datagram have changed")
        let inner = Array(buffer[range])
        try requireEqual(try IPv4Header(decoding: inner.span.bytes), found.inner, "inner header")
        for encapsulation in Encapsulation.allCases { try encapsulate(inner, found.inner, encapsulation) }
        try write(about: inner, found.inner)
    }

    private static func encapsulate(_ inner: [UInt8], _ header: IPv4Header, _ encapsulation: Encapsulation) throws {
        var buffer = [UInt8](repeating: 0, count: TunnelCodec.headroom) + inner
        var range = TunnelCodec.headroom..<buffer.count
        let (local, remote) = (IPv4Address(192, 0, 2, 1), IPv4Address(198, 51, 100, 1))
        var span = buffer.mutableSpan
        var octets = span.mutableBytes
        let outer: IPv4Header
        do throws(DropReason) {
            outer = try TunnelCodec.encapsulate(
                &octets, &range, inner: header, as: encapsulation, local: local, remote: remote, identification: 1)
        } catch {
            try require(error == .tooBig, "wrong reason: \(error)")
            return
        }
        try requireEqual(outer.totalLength, range.count, "outer length")
        try requireEqual(
            range.count, inner.count + TunnelCodec.overhead(of: header, in: encapsulation, local: local), "overhead")
        let out = try TunnelCodec.decapsulate(&octets, &range)
        try requireEqual(out.outer, outer, "outer header")
        // The minimal form has the one time to live of the outer header.
        try requireEqual(out.inner, header, "inner header")
        let payload = header.headerLength..<inner.count
        try requireEqual(
            Array(buffer[range].dropFirst(header.headerLength)), Array(inner[payload]), "payload through \(encapsulation)")
    }

    /// The ICMP error about a datagram.
    private static func write(about datagram: [UInt8], _ header: IPv4Header) throws {
        guard ICMPError.isAllowed(about: header, datagram.span.bytes) else { return }
        for error in [ICMPError.fragmentationNeeded(nextHopMTU: 1400), .hostUnreachable] {
            var buffer = [UInt8](repeating: 0, count: ICMPError.maximumLength)
            var span = buffer.mutableSpan
            var octets = span.mutableBytes
            let length = error.write(
                about: datagram.span.bytes, header: header, from: IPv4Address(192, 0, 2, 1), identification: 2, into: &octets)
            try require((28...ICMPError.maximumLength).contains(length), "ICMP error of \(length) octets")
            let message = Array(buffer[..<length])
            let outer = try IPv4Header(decoding: message.span.bytes)
            try requireEqual(outer.totalLength, length, "length of the ICMP error")
            try requireEqual(InternetChecksum.compute(message.span.bytes.extracting(20..<length)), 0, "checksum")
            try require(!ICMPError.isAllowed(about: outer, message.span.bytes), "an error about an error")
        }
    }
}
