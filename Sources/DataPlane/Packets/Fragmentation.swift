/// The fragments of a datagram that exceeds the MTU of its path (RFC 791 §3.2).
///
/// A sequence of headers and payload ranges, so that the payload is sent without being copied.
struct Fragmentation: Sequence, IteratorProtocol {
    struct Piece: Hashable {
        var header: IPv4Header
        /// Octets of the fragment, counted from the beginning of the whole datagram.
        var payload: Range<Int>
    }

    private let whole: IPv4Header
    private let step: Int
    private var offset = 0

    /// Nil when `mtu` is too small for a header without options and 8 octets, or when the header has options.
    init?(_ header: IPv4Header, mtu: Int) {
        step = (mtu - IPv4Header.minimumLength) & ~7
        guard mtu >= IPv4Header.minimumLength + 8, header.headerLength == IPv4Header.minimumLength else { return nil }
        whole = header
    }

    mutating func next() -> Piece? {
        let left = whole.payloadLength - offset
        guard left > 0 else { return nil }
        let count = Swift.min(step, left)
        var header = whole
        header.totalLength = IPv4Header.minimumLength + count
        header.fragmentOffset = whole.fragmentOffset + offset
        header.moreFragments = whole.moreFragments || count < left
        let start = whole.headerLength + offset
        offset += count
        return Piece(header: header, payload: start..<start + count)
    }
}
