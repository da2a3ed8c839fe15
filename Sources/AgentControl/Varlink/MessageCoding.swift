import Foundation
import NIOCore
import NIOFoundationCompat

/// The JSON of varlink calls and replies. The one place that knows which JSON library is used.
struct MessageCoding {
    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()

    init() { encoder.outputFormatting = [.withoutEscapingSlashes] }

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
    func encode(_ message: some Encodable, into buffer: inout ByteBuffer) throws {
        buffer.writeBytes(try encoder.encode(message))
        buffer.writeInteger(UInt8(0))
    }

    func decode<Message: Decodable>(_ type: Message.Type, from frame: ByteBuffer) throws -> Message {
        try decoder.decode(type, from: Data(buffer: frame, byteTransferStrategy: .noCopy))
    }
}

/// `{}`: no parameters.
struct NoParameters: Codable {}
