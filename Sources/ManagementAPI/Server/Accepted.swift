import HTTPTypes
import Hummingbird

/// The media types an answer can have.
enum MediaKind: String, Sendable, CaseIterable {
    case json = "application/json"
    case ndjson = "application/x-ndjson"
    case eventStream = "text/event-stream"
    case prometheus = "text/plain; version=0.0.4; charset=utf-8"
    case openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    case html = "text/html; charset=utf-8"

    /// The media type without parameters.
    var essence: Substring { rawValue.prefix { $0 != ";" } }
}

/// Content negotiation by the Accept header of a request (RFC 9110 §12.5.1).
enum Accepted {
    /// The media type the client prefers; the first one when it names no preference or accepts none of them.
    static func choose(_ request: Request, from kinds: [MediaKind]) -> MediaKind {
        let ranges = request.headers[values: .accept].flatMap { $0.split(separator: ",") }.compactMap(MediaRange.init)
        let rated = kinds.map { kind in
            // Only the most specific matching range counts.
            (kind, ranges.filter { $0.contains(kind.essence) }.max { $0.precision < $1.precision }?.quality ?? 0)
        }
        let best = rated.map(\.1).max() ?? 0
        return rated.first { $0.1 == best }?.0 ?? kinds[0]
    }

    private struct MediaRange {
        let type: Substring
        var quality = 1.0

        init?(_ text: Substring) {
            let parts = text.split(separator: ";").map { $0.drop(while: \.isWhitespace) }
            guard let type = parts.first?.prefix(while: { !$0.isWhitespace }), type.contains("/") else { return nil }
            self.type = type
            for part in parts.dropFirst() where part.hasPrefix("q=") { quality = Double(part.dropFirst(2)) ?? 0 }
        }

        var precision: Int { type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2 }

        func contains(_ essence: Substring) -> Bool {
            switch precision {
            case 0: true
            case 1: essence.hasPrefix(type.dropLast())
            default: essence == type
            }
        }
    }
}
