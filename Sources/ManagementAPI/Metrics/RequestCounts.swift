import HTTPTypes
import NIOConcurrencyHelpers

/// How many requests had which answer.
final class RequestCounts: Sendable {
    private struct Key: Hashable {
        let method: String
        let status: Int
    }

    private let counts = NIOLockedValueBox<[Key: UInt64]>([:])
    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    /// Counts an answer. Methods of the client's invention count as one.
    func add(_ method: HTTPRequest.Method, _ status: HTTPResponse.Status) {
        let key = Key(method: Self.methods.contains(method) ? method.rawValue : "other", status: status.code)
        counts.withLockedValue { $0[key, default: 0] += 1 }
    }

    /// In the order of methods and statuses.
    var all: [(method: String, status: Int, count: UInt64)] {
        counts.withLockedValue { $0 }.map { ($0.key.method, $0.key.status, $0.value) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }
}
