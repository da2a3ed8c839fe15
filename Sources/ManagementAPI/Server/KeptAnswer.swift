import Hummingbird
import NIOConcurrencyHelpers
import NIOCore

/// A JSON answer that is the same as long as the program runs: made at the first request, and kept. Any thread.
final class KeptAnswer: Sendable {
    private let make: @Sendable () throws -> [UInt8]
    private let kept = NIOLockedValueBox<ByteBuffer?>(nil)

    init(_ make: @escaping @Sendable () throws -> [UInt8]) { self.make = make }

    /// - Throws: what making it throws.
    var response: Response {
        get throws {
            let answer = try kept.withLockedValue { kept in
                if let kept { return kept }
                let made = ByteBuffer(bytes: try make())
                kept = made
                return made
            }
            return Response(status: .ok, headers: [.contentType: MediaKind.json.rawValue], body: ResponseBody(byteBuffer: answer))
        }
    }
}
