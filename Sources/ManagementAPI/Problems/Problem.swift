import HTTPTypes
import Hummingbird
import JSON

/// A refused request as a problem document (RFC 9457): what is wrong and what is expected.
struct Problem: Error, Encodable, HTTPResponseError {
    let status: HTTPResponse.Status
    let title: String
    let detail: String
    /// The member of the body that is at fault, where it is one; with dots between a member and one inside it.
    var field: String?
    var headers: HTTPFields = [:]

    static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, title: "The request cannot be understood", detail: detail)
    }

    static func unknownAgent(_ name: String, known: [String]) -> Problem {
        badRequest("agent '\(name)' is not known; known are \(known.joined(separator: ", "))")
    }

    /// The path is one of a row that is not there.
    static func noSuchRow(_ detail: String) -> Problem {
        Problem(status: .notFound, title: "There is no such row", detail: detail)
    }

    static func notFound(_ path: String, known: [String]) -> Problem {
        Problem(
            status: .notFound, title: "There is no such resource",
            detail: "nothing is at '\(path)'; known are \(known.joined(separator: ", "))")
    }

    private enum Member: String, CodingKey { case status, title, detail, field }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(status.code, forKey: .status)
        try members.encode(title, forKey: .title)
        try members.encode(detail, forKey: .detail)
        try members.encodeIfPresent(field, forKey: .field)
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var headers = self.headers
        headers[.contentType] = "application/problem+json"
        let body = ByteBuffer(bytes: try JSONValue(encoding: self).bytes)
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
