import FuzzSupport
import NIOCore
import NIOEmbedded

@testable import AgentControl

/// The frames of a stream, which arrives in pieces of any size.
enum FramesFuzzer: FuzzTarget {
    static let name = "frames"
    static let about = "frames are what stands between NULs, however the stream is cut, and one over the limit ends it"

    private static let limit = 64

    static func run(_ input: [UInt8]) throws {
        var parameters = FuzzInput(input)
        let step = Int(parameters.octet()) + 1
        let octets = parameters.rest()
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(FrameDecoder(limit: limit)))
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        var frames: [[UInt8]] = []
        var isTooLong = false
        var position = 0
        while position < octets.count, !isTooLong {
            let piece = octets[position..<min(octets.count, position + step)]
            position = piece.endIndex
            do {
                try channel.writeInbound(ByteBuffer(bytes: piece))
            } catch {
                try require(error is FrameDecoder.FrameTooLong, "wrong error: \(error)")
                isTooLong = true
            }
            while let frame = try channel.readInbound(as: ByteBuffer.self) { frames.append(Array(buffer: frame)) }
        }
        let parts = octets.split(separator: 0, omittingEmptySubsequences: false)
        let whole = parts.dropLast()
        let expected = whole.prefix { $0.count <= limit }.map { Array($0) }
        // A frame that is known to be too long may end the stream before its end has arrived.
        try require(frames == expected, "\(frames.count) frames instead of \(expected.count)")
        let mustEnd = expected.count < whole.count || parts.last.map { $0.count > limit } == true
        try requireEqual(isTooLong, mustEnd, "whether a frame is too long")
    }
}
