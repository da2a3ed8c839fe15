import AgentModel

/// Memory for one batch of datagrams, taken once. Each datagram has room in front for what encapsulation adds.
final class PacketBuffers {
    /// Octets from one buffer to the next. No power of two, so that the beginnings of datagrams do not share cache lines.
    private static let stride = IPv4Header.maximumTotalLength + 1 + TunnelCodec.headroom + 192

    let count: Int
    // One allocation whose pages are only used as far as datagrams are long; an array would touch all of them.
    private let memory: UnsafeMutableRawPointer

    init(count: Int) {
        self.count = count
        memory = .allocate(byteCount: count * Self.stride, alignment: 64)
    }

    deinit { memory.deallocate() }

    /// Where datagram `index` begins when it is read.
    func start(_ index: Int) -> UnsafeMutableRawPointer { memory + index * Self.stride + TunnelCodec.headroom }

    /// Works on headroom and datagram of buffer `index`; the datagram begins at `TunnelCodec.headroom`.
    func withSpan<Result>(
        _ index: Int, length: Int, _ body: (inout MutableRawSpan) throws(DropReason) -> Result
    ) throws(DropReason) -> Result {
        // The memory lives as long as this object, and only one thread works on it, one buffer at a time.
        var span = MutableRawSpan(
            _unsafeStart: memory + index * Self.stride,
            byteCount: TunnelCodec.headroom + min(length, IPv4Header.maximumTotalLength))
        return try body(&span)
    }
}
