import NIOCore

/// Splits a byte stream at NUL bytes (varlink.org/Method-Call). A frame over the limit ends the connection.
struct FrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    struct FrameTooLong: Error {
        let limit: Int
    }

    /// Sent through the pipeline when the end of a frame has not arrived yet.
    struct PartOfFrame {}

    let limit: Int
    /// Whether `PartOfFrame` is sent.
    let reportsParts: Bool
    /// How many of the readable bytes are known to contain no NUL.
    private var scanned = 0

    init(limit: Int, reportsParts: Bool = false) {
        self.limit = limit
        self.reportsParts = reportsParts
    }

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        let view = buffer.readableBytesView.dropFirst(scanned)
        guard let end = view.firstIndex(of: 0) else {
            scanned = buffer.readableBytes
            guard scanned <= limit else { throw FrameTooLong(limit: limit) }
            if reportsParts, scanned > 0 { context.fireUserInboundEventTriggered(PartOfFrame()) }
            return .needMoreData
        }
        let length = end - buffer.readerIndex
        scanned = 0
        guard length <= limit, let frame = buffer.readSlice(length: length) else { throw FrameTooLong(limit: limit) }
        buffer.moveReaderIndex(forwardBy: 1)
        context.fireChannelRead(Self.wrapInboundOut(frame))
        return .continue
    }

    mutating func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) throws -> DecodingState {
        // Trailing data without a NUL is not a frame.
        try decode(context: context, buffer: &buffer)
    }
}
