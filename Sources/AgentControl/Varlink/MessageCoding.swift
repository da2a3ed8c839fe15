import Foundation
import JSON
import NIOCore
import NIOFoundationCompat

/// The JSON of varlink calls and replies. All reading and writing of it is here.
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

    /// Appends one frame, including its NUL.
    ///
    /// - Parameter form: What a reader of an earlier version knows of it; nil for everything.
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

    /// Decodes a message, reading only what this vocabulary has; nil if the vocabulary leaves nothing of it.
    func decode<Message: Decodable>(
        _ type: Message.Type, from frame: ByteBuffer, as form: VocabularyForm
    ) throws -> (message: Message?, unknown: UnknownVocabulary) {
        guard let (text, unknown) = try? VocabularyFilter.cut(Array(buffer: frame)[...], to: form) else {
            // Not JSON: the decoder has the error message for it.
            return (try decode(type, from: frame), UnknownVocabulary())
        }
        return (try text.map { try decoder.decode(type, from: Data($0)) }, unknown)
    }

    /// Appends the frame of a reply to `Subscribe` that others follow, including its NUL.
    ///
    /// - Parameter vocabulary: What a subscriber of an earlier version knows; nil for everything.
    func encode(update: SubscriptionUpdate, for vocabulary: Vocabulary? = nil, into buffer: inout ByteBuffer) throws {
        try updates.encode(update, for: vocabulary) { octets in
            buffer.reserveCapacity(minimumWritableBytes: octets.count + 1)
            buffer.writeBytes(octets)
            buffer.writeInteger(UInt8(0))
        }
    }

    /// The update in a reply to `Subscribe`; nil if the reply has to be decoded like any other.
    ///
    /// - Throws: What the JSON decoder throws for an invalid change.
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
