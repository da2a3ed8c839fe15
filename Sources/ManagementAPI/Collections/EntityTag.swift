import Crypto
import Foundation
import HTTPTypes

/// The version of a resource: a digest of what it says, without what the clock adds (RFC 9110 §8.8.3).
struct EntityTag: Hashable, Sendable {
    /// With its quotes.
    let text: String

    init(_ value: some Encodable) throws {
        let digest = SHA256.hash(data: try Endpoints.encoder().encode(value))
        text = "\"\(digest.prefix(12).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())\""
    }

    /// Whether an If-None-Match field names it, or an If-Match field, which compares strongly: a weak tag there is none.
    func isIn(_ field: String, strongly: Bool = false) -> Bool {
        field.split(separator: ",").contains { part in
            let tag = part.filter { !$0.isWhitespace }
            return tag == "*" || tag == text || !strongly && tag == "W/\(text)"
        }
    }
}
