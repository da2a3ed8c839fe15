import Hummingbird
import NIOConcurrencyHelpers
import NIOCore

/// A JSON answer that never changes while the program runs: created at the first request and cached. Safe to use from any thread.
final class CachedAnswer: Sendable {
    private let make: @Sendable () throws -> [UInt8]
    private let cache = NIOLockedValueBox<ByteBuffer?>(nil)

    init(_ make: @escaping @Sendable () throws -> [UInt8]) { self.make = make }

    /// - Throws: any error from creating the answer.
    var response: Response {
        get throws {
            let answer = try cache.withLockedValue { cache in
                if let cached = cache { return cached }
                let made = ByteBuffer(bytes: try make())
                cache = made
                return made
            }
            return Response(status: .ok, headers: [.contentType: MediaKind.json.rawValue], body: ResponseBody(byteBuffer: answer))
        }
    }
}
