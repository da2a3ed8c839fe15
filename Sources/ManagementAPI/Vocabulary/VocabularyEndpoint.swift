import Hummingbird
import JSON
import NIOConcurrencyHelpers
import NIOCore

/// `/v1/vocabulary`: made when somebody first asks for it, and kept, since it is part of the program. Any thread.
final class VocabularyEndpoint: Sendable {
    private let kept = NIOLockedValueBox<ByteBuffer?>(nil)

    var response: Response {
        get throws {
            let vocabulary = try kept.withLockedValue { kept in
                if let kept { return kept }
                let made = ByteBuffer(bytes: try JSONValue(encoding: VocabularyResource()).bytes + [UInt8(ascii: "\n")])
                kept = made
                return made
            }
            return Response(
                status: .ok, headers: [.contentType: MediaKind.json.rawValue], body: ResponseBody(byteBuffer: vocabulary))
        }
    }
}
