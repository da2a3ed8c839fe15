import Hummingbird
import JSON
import NIOConcurrencyHelpers
import NIOCore

/// `/openapi.json`: made when somebody first asks for it, and kept. Any thread.
final class DocumentEndpoint: Sendable {
    private let version: String
    private let kept = NIOLockedValueBox<ByteBuffer?>(nil)

    /// - Parameter version: of the daemon.
    init(version: String) { self.version = version }

    var response: Response {
        get throws {
            let document = try kept.withLockedValue { kept in
                if let kept { return kept }
                let made = ByteBuffer(bytes: try OpenAPIDocument(version: version).json.bytes)
                kept = made
                return made
            }
            return Response(
                status: .ok, headers: [.contentType: MediaKind.json.rawValue], body: ResponseBody(byteBuffer: document))
        }
    }
}
