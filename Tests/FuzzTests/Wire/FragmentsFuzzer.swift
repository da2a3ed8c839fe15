import AgentModel
import FuzzSupport

@testable import DataPlane
@testable import MobileIPv4

/// Fragments of datagrams, including fragments of fragments.
enum FragmentsFuzzer: FuzzTarget {
    static let name = "fragments"
    static let about = "fragments fit the MTU, cover the payload exactly once in order, and none is taken for a whole datagram"

    static func run(_ input: [UInt8]) throws {
        var parameters = FuzzInput(input)
        let mtu = Int(parameters.number16())
        let octets = Checksum.corrected(tunnelled: parameters.rest())
        guard let header = try? IPv4Header(decoding: octets.span.bytes) else { return }
        guard let fragments = Fragmentation(header, mtu: mtu) else {
            try require(mtu < 28 || header.headerLength > 20, "no fragments with an MTU of \(mtu)")
            return
        }
        var next = header.headerLength
        for piece in fragments {
            try requireEqual(piece.payload.lowerBound, next, "start of a fragment")
            next = piece.payload.upperBound
            try require(piece.header.totalLength <= mtu, "\(piece) exceeds the MTU of \(mtu)")
            try requireEqual(piece.header.payloadLength, piece.payload.count, "length of \(piece)")
            let isLast = next == header.totalLength
            try require(isLast || piece.payload.count % 8 == 0, "\(piece) does not end at a multiple of 8")
            try requireEqual(piece.header.moreFragments, !isLast || header.moreFragments, "more fragments after \(piece)")
            try requireEqual(
                piece.header.fragmentOffset, header.fragmentOffset + piece.payload.lowerBound - header.headerLength, "offset")
            guard piece.header.fragmentOffset < 65_536 else { continue }
            try check(piece, octets)
        }
        try requireEqual(next, header.totalLength, "end of the last fragment")
    }

    /// A fragment as it is sent reads back as it is, and a tunnel takes nothing out of it.
    private static func check(_ piece: Fragmentation.Piece, _ octets: [UInt8]) throws {
        var datagram = [UInt8](repeating: 0, count: 20) + octets[piece.payload]
        var span = datagram.mutableSpan
        var bytes = span.mutableBytes
        piece.header.write(into: &bytes, at: 0)
        try requireEqual(try IPv4Header(decoding: datagram.span.bytes), piece.header, "header of a fragment")
        guard piece.header.isFragment else { return }
        var range = 0..<datagram.count
        var again = datagram.mutableSpan
        var againBytes = again.mutableBytes
        do throws(DropReason) {
            _ = try TunnelCodec.decapsulate(&againBytes, &range)
        } catch {
            return
        }
        throw Finding("a fragment was taken for a whole datagram: \(piece)")
    }
}
