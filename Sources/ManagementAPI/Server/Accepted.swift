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
    /// The media type the client prefers; the first one that it does not refuse when it names no preference or none of them.
    ///
    /// - Throws: a problem that lists the media types when the client refuses all of them with `q=0`.
    static func choose(_ request: Request, from kinds: [MediaKind]) throws(Problem) -> MediaKind {
        let ranges = request.headers[values: .accept].flatMap { $0.split(separator: ",") }.compactMap(MediaRange.init)
        guard !ranges.isEmpty else { return kinds[0] }
        let rated = kinds.map { kind in
            // Only the most specific matching range counts.
            (kind: kind, quality: ranges.filter { $0.contains(kind.essence) }.max { $0.precision < $1.precision }?.quality)
        }
        let best = rated.compactMap(\.quality).max() ?? 0
        if best > 0, let chosen = rated.first(where: { $0.quality == best }) { return chosen.kind }
        if let unnamed = rated.first(where: { $0.quality == nil }) { return unnamed.kind }
        throw Problem(
            status: .notAcceptable, title: "Not acceptable",
            detail:
                "the request accepts none of \(kinds.map { String($0.essence) }.joined(separator: ", ")); expected one of them")
    }

    private struct MediaRange {
        let type: Substring
        var quality = 1.0

        init?(_ text: Substring) {
            let parts = text.split(separator: ";").map { $0.drop(while: \.isWhitespace) }
            guard let type = parts.first?.prefix(while: { !$0.isWhitespace }), type.contains("/") else { return nil }
            self.type = Substring(type.lowercased())
            for part in parts.dropFirst() where part.lowercased().hasPrefix("q=") {
                // A weight that is not a number does not refuse anything.
                let weight = Double(part.dropFirst(2).prefix { !$0.isWhitespace }) ?? 1
                quality = weight.isFinite ? min(max(weight, 0), 1) : 1
            }
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
