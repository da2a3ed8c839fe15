import HTTPTypes
import NIOConcurrencyHelpers

/// Counts requests by method and status of the answer.
final class RequestCounts: Sendable {
    private struct Key: Hashable {
        let method: String
        let status: Int
    }

    private let counts = NIOLockedValueBox<[Key: UInt64]>([:])
    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    /// Counts an answer. All uncommon methods are counted together as `other`, so that a client cannot create series by inventing methods.
    func add(_ method: HTTPRequest.Method, _ status: HTTPResponse.Status) {
        let key = Key(method: Self.methods.contains(method) ? method.rawValue : "other", status: status.code)
        counts.withLockedValue { $0[key, default: 0] += 1 }
    }

    /// The counts, ordered by method and status.
    var all: [(method: String, status: Int, count: UInt64)] {
        counts.withLockedValue { $0 }.map { ($0.key.method, $0.key.status, $0.value) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }
}
