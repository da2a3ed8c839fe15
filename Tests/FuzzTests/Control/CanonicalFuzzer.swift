import AgentModel
import FuzzSupport
import NIOCore

@testable import AgentControl

/// Replies to a subscription, through the canonical reader and through the general one.
enum CanonicalFuzzer: FuzzTarget {
    static let name = "canonical"
    static let about = "what the canonical reader accepts, the general reader reads alike, and it comes back from writing"
    static let maximumLength = 2048

    private typealias Reply = MessageCoding.Reply<SubscriptionUpdate>

    static func run(_ input: [UInt8]) throws {
        let coding = MessageCoding()
        guard let read = try? coding.decodeUpdate(from: ByteBuffer(bytes: input)) else { return }
        let other = try? coding.decode(Reply.self, from: ByteBuffer(bytes: input), as: Vocabulary.own.reply(to: .subscribe))
        guard let message = other?.message?.parameters else { throw Finding("the general reader refuses it") }
        try require(agrees(read, message), "the readers disagree: \(read) \(message)")
        try require(read.unknown == other?.unknown, "the readers count differently: \(read.unknown)")
        var buffer = ByteBuffer()
        try coding.encode(update: read, into: &buffer)
        guard let frame = buffer.readSlice(length: buffer.readableBytes - 1), buffer.readInteger() == UInt8(0) else {
            throw Finding("a frame without its end")
        }
        guard let again = try coding.decodeUpdate(from: frame) else { throw Finding("the canonical form is not canonical") }
        try require(agrees(read, again), "read again: \(again)")
    }

    private static func agrees(_ a: SubscriptionUpdate, _ b: SubscriptionUpdate) -> Bool {
        a.phase == b.phase && a.firstSequence == b.firstSequence && a.sequence == b.sequence && a.time == b.time
            && a.changes == b.changes
    }
}
