import Foundation
import JSON
import NIOCore
import NIOFoundationCompat

/// The JSON of varlink calls and replies. The one place that knows how it is read and written.
final class MessageCoding {
    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()
    private var updates: CanonicalUpdate

    init() {
        encoder.outputFormatting = [.withoutEscapingSlashes]
        updates = CanonicalUpdate(encoder: encoder, decoder: decoder)
    }

    struct Call: Codable {
        var method: String
        var more: Bool?
        var oneway: Bool?
        var upgrade: Bool?
    }

    struct CallParameters<Parameters: Codable>: Codable {
        var method: String
        var parameters: Parameters?
        var more: Bool?
    }

    struct Reply<Parameters: Codable>: Codable {
        var parameters: Parameters?
        var continues: Bool?
        var error: String?
    }

    /// Appends one frame, its NUL included.
    ///
    /// - Parameter form: what of it a reader of an earlier version knows; nil for all.
    func encode(_ message: some Encodable, as form: VocabularyForm? = nil, into buffer: inout ByteBuffer) throws {
        let octets = Array(try encoder.encode(message))
        if let form {
            buffer.writeBytes(try VocabularyFilter.cut(octets[...], to: form, trusts: true).text ?? octets)
        } else {
            buffer.writeBytes(octets)
        }
        buffer.writeInteger(UInt8(0))
    }

    func decode<Message: Decodable>(_ type: Message.Type, from frame: ByteBuffer) throws -> Message {
        try decoder.decode(type, from: Data(buffer: frame, byteTransferStrategy: .noCopy))
    }

    /// A message of which only what this vocabulary has is read; nil when the vocabulary leaves nothing of it.
    func decode<Message: Decodable>(
        _ type: Message.Type, from frame: ByteBuffer, as form: VocabularyForm
    ) throws -> (message: Message?, unknown: UnknownVocabulary) {
        guard let (text, unknown) = try? VocabularyFilter.cut(Array(buffer: frame)[...], to: form) else {
            // No JSON at all: the decoder has the words for it.
            return (try decode(type, from: frame), UnknownVocabulary())
        }
        return (try text.map { try decoder.decode(type, from: Data($0)) }, unknown)
    }

    /// Appends the frame of a reply to `Subscribe` that others follow, its NUL included.
    ///
    /// - Parameter vocabulary: what a subscriber of an earlier version knows; nil for all.
    func encode(update: SubscriptionUpdate, for vocabulary: Vocabulary? = nil, into buffer: inout ByteBuffer) throws {
        try updates.encode(update, for: vocabulary) { octets in
            buffer.reserveCapacity(minimumWritableBytes: octets.count + 1)
            buffer.writeBytes(octets)
            buffer.writeInteger(UInt8(0))
        }
    }

    /// The update in a reply to `Subscribe`; nil when the reply has to be read like any other.
    ///
    /// - Throws: What the JSON decoder throws for a change that is none.
    func decodeUpdate(from frame: ByteBuffer) throws -> SubscriptionUpdate? {
        do {
            return try updates.decode(Array(buffer: frame))
        } catch is NotCanonical {
            return nil
        }
    }
}

/// `{}`: no parameters.
struct NoParameters: Codable {}
