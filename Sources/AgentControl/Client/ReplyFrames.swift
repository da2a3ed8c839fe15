import NIOCore

/// The frames of a connection in order, shared by all calls on it: the channel's stream provides only one iterator.
actor ReplyFrames {
    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

    /// Whether calls state the vocabulary version. False for the rest of the connection once the agent has refused it.
    private(set) var announcesVocabulary: Bool

    init(_ stream: sending NIOAsyncChannelInboundStream<ByteBuffer>, announcesVocabulary: Bool) {
        iterator = stream.makeAsyncIterator()
        self.announcesVocabulary = announcesVocabulary
    }

    func stopAnnouncingVocabulary() { announcesVocabulary = false }

    /// The next frame; nil if the connection has ended.
    func next() async throws -> ByteBuffer? {
        // All copies of the iterator read from the same stream.
        var iterator = self.iterator
        return try await iterator.next(isolation: self)
    }
}
