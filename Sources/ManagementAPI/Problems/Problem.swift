import HTTPTypes
import Hummingbird
import JSON

/// A refused request as a problem document (RFC 9457): what is wrong and what is expected.
struct Problem: Error, Encodable, HTTPResponseError {
    let status: HTTPResponse.Status
    let title: String
    let detail: String
    /// The member of the body that is at fault, where there is one. Nested members are separated by dots.
    var field: String?
    var headers: HTTPFields = [:]
    /// For `/readyz`: the state of every part of the daemon.
    var parts: [Readiness.Part]?

    static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, title: "Invalid request", detail: detail)
    }

    static func unknownAgent(_ name: String, known: [String]) -> Problem {
        badRequest(unknownAgentDetail(name, known: known))
    }

    static func unknownAgentDetail(_ name: String, known: [String]) -> String {
        "no such agent: \(name); expected one of \(known.joined(separator: ", "))"
    }

    /// The path names a row that does not exist.
    static func noSuchRow(_ detail: String) -> Problem {
        Problem(status: .notFound, title: "No such row", detail: detail)
    }

    static func notFound(_ path: String, known: [String]) -> Problem {
        Problem(
            status: .notFound, title: "No such resource",
            detail: "no such resource: \(path); expected one of \(known.joined(separator: ", "))")
    }

    private enum Member: String, CodingKey { case status, title, detail, field, parts }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(status.code, forKey: .status)
        try members.encode(title, forKey: .title)
        try members.encode(detail, forKey: .detail)
        try members.encodeIfPresent(field, forKey: .field)
        try members.encodeIfPresent(parts, forKey: .parts)
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var headers = self.headers
        headers[.contentType] = "application/problem+json"
        let body = ByteBuffer(bytes: try JSONValue(encoding: self).bytes)
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
