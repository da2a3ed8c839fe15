import AgentModel

/// Memory for one batch of datagrams, allocated once. Each datagram has headroom for what encapsulation adds.
final class PacketBuffers {
    /// Octets from one buffer to the next. Not a power of two, so that the beginnings of datagrams do not map to the same cache lines.
    private static let stride = IPv4Header.maximumTotalLength + 1 + TunnelCodec.headroom + 192

    let count: Int
    // One allocation whose pages are touched only as far as datagrams extend; an array would touch all of them.
    private let memory: UnsafeMutableRawPointer

    init(count: Int) {
        self.count = count
        memory = .allocate(byteCount: count * Self.stride, alignment: 64)
    }

    deinit { memory.deallocate() }

    /// The address at which datagram `index` is read.
    func start(_ index: Int) -> UnsafeMutableRawPointer { memory + index * Self.stride + TunnelCodec.headroom }

    /// Calls `body` with the headroom and datagram of buffer `index`; the datagram begins at `TunnelCodec.headroom`.
    func withSpan<Result>(
        _ index: Int, length: Int, _ body: (inout MutableRawSpan) throws(DropReason) -> Result
    ) throws(DropReason) -> Result {
        // The memory lives as long as this object, and only one thread uses it, one buffer at a time.
        var span = MutableRawSpan(
            _unsafeStart: memory + index * Self.stride,
            byteCount: TunnelCodec.headroom + min(length, IPv4Header.maximumTotalLength))
        return try body(&span)
    }
}
