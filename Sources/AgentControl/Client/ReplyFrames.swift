import NIOCore

/// The frames of a connection, one after another, for as many calls as are made on it: the channel's stream gives out one iterator only.
actor ReplyFrames {
    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

    init(_ stream: sending NIOAsyncChannelInboundStream<ByteBuffer>) { iterator = stream.makeAsyncIterator() }

    /// The next frame; nil when the connection has ended.
    func next() async throws -> ByteBuffer? {
        // All copies of the iterator read the same stream.
        var iterator = self.iterator
        return try await iterator.next(isolation: self)
    }
}
