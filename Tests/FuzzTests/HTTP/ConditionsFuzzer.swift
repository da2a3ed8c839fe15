import Foundation
import FuzzSupport
import HTTPTypes
import Hummingbird
import NIOCore

@testable import ManagementAPI

/// If-Match, If-None-Match, Accept, Authorization and Host.
enum ConditionsFuzzer: FuzzTarget {
    static let name = "http-headers"
    static let about = "entity tags are read as their pattern says, a media type is chosen or refused, and a host is only a host"
    static let maximumLength = 256

    private static let pattern = try? NSRegularExpression(pattern: EntityTagList.pattern)

    static func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        if Authority(text) != nil {
            // Nothing that another reader could take for a user, a path or the end of the field.
            let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"@/\\?#,;".utf8.contains($0) }
            try require(isPlain, "'\(text)' is read as a host")
        }
        var head = HTTPRequest(method: .patch, scheme: "http", authority: "localhost", path: "/")
        head.headerFields[.ifMatch] = text
        head.headerFields[.accept] = text
        head.headerFields[.authorization] = text
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        guard let field = head.headerFields[.ifMatch] else { return }
        let isValid = pattern?.firstMatch(in: field, range: NSRange(field.startIndex..., in: field)) != nil
        do {
            let list = try EntityTagList(request, .ifMatch)
            // A regular expression takes a final line feed for the end, which no field has.
            try require(list != nil && isValid || field.utf8.contains(10), "'\(field)' is accepted")
        } catch let problem as Problem {
            try require(problem.status == .badRequest && !isValid, "'\(field)' is refused with \(problem.status)")
        }
        let kinds: [MediaKind] = [.json, .ndjson, .eventStream]
        do {
            try require(kinds.contains(try Accepted.choose(request, from: kinds)), "a media type that is not offered")
        } catch let problem as Problem {
            try require(problem.status == .notAcceptable, "the media types are refused with \(problem.status)")
        }
        let authenticator = Authenticator(kind: .network, tokens: [], hosts: nil, requestsPerSecond: 1000)
        try require((try? authenticator.admit(request, from: "client")) == nil, "admitted without a token")
    }
}
