import NIOCore

/// The frames of a connection, one after another, for as many calls as are made on it: the channel's stream gives out one iterator only.
actor ReplyFrames {
    private var iterator: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

    /// Whether calls state the version of the vocabulary; false once the agent has refused that, for as long as the connection lives.
    private(set) var announcesVocabulary: Bool

    init(_ stream: sending NIOAsyncChannelInboundStream<ByteBuffer>, announcesVocabulary: Bool) {
        iterator = stream.makeAsyncIterator()
        self.announcesVocabulary = announcesVocabulary
    }

    func stopAnnouncingVocabulary() { announcesVocabulary = false }

    /// The next frame; nil when the connection has ended.
    func next() async throws -> ByteBuffer? {
        // All copies of the iterator read the same stream.
        var iterator = self.iterator
        return try await iterator.next(isolation: self)
    }
}
