import HTTPTypes
import Hummingbird
import NIOCore

/// Applies the rules for every request: who may make it (`Authenticator`), how large it may be, problem documents for every failure, and
/// headers that keep answers out of caches, frames and other sites.
struct RequestGate: RouterMiddleware {
    let authenticator: Authenticator
    let counts: RequestCounts

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response = try await answer(request, context, next)
        counts.add(request.method, response.status)
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        }
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        if authenticator.kind == .network { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }

    private static let maximumTarget = 8192

    private func answer(
        _ request: Request, _ context: APIContext, _ next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            var request = request
            var context = context
            context.actor = try authenticator.admit(request, from: context.client, peer: context.peer)
            if let user = context.actor.user, Self.needsName(request) {
                context.actor.name = Requester.name(ofUser: await UserNames.shared.name(of: user))
            }
            try checkPath(request)
            try await checkSize(&request, context)
            return try await next(request, context)
        } catch let problem as Problem {
            return try problem.response(from: request, context: context)
        } catch let error as HTTPError where error.status == .notFound {
            return try Problem.notFound(request.uri.path, known: Endpoints.paths).response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            let problem = Problem(status: error.status, title: "The request failed", detail: "\(error)")
            return try problem.response(from: request, context: context)
        }
    }

    /// Whether the answer or the audit names the requester: for changes, and for who asks. Looking up a name may take a while.
    private static func needsName(_ request: Request) -> Bool {
        request.uri.path == "/v1/session" || ![.get, .head].contains(request.method)
    }

    /// Refuses paths with empty parts, which the router would skip: a rule about a path, of a proxy or of this server, must hold for every
    /// request that reaches what is at that path.
    private func checkPath(_ request: Request) throws(Problem) {
        let path = request.uri.path
        var last: UInt8?
        for byte in path.utf8 {
            if byte == UInt8(ascii: "/"), last == byte { throw .notFound(path, known: Endpoints.paths) }
            last = byte
        }
        if path.utf8.count > 1, last == UInt8(ascii: "/") { throw .notFound(path, known: Endpoints.paths) }
    }

    /// Refuses methods that a path does not serve: every path can be read, few can be changed.
    private func checkMethod(_ request: Request) throws(Problem) {
        let methods = [.get, .head] + Changes.methods(request.uri.path)
        guard !methods.contains(request.method) else { return }
        let known = methods.map(\.rawValue).joined(separator: ", ")
        throw Problem(
            status: .methodNotAllowed, title: "Method not allowed",
            detail: "method '\(request.method.rawValue)' is not allowed here; expected one of \(known)", headers: [.allow: known])
    }

    /// Refuses requests that are too large before they are processed. Reads request bodies completely.
    private func checkSize(_ request: inout Request, _ context: APIContext) async throws {
        guard (request.head.path ?? "").utf8.count <= Self.maximumTarget else {
            throw Problem(
                status: .uriTooLong, title: "The URI is too long",
                detail: "the path and query have more than \(Self.maximumTarget) bytes; request less at once")
        }
        if ![.get, .head].contains(request.method) { try checkMethod(request) }
        if let expectation = request.headers[.expect], expectation.lowercased() != "100-continue" {
            throw Problem(
                status: .expectationFailed, title: "Expectation failed",
                detail: "the Expect '\(expectation)' cannot be met; expected 100-continue")
        }
        let tooLarge = Problem(
            status: .contentTooLarge, title: "The request is too large",
            detail: "the body has more than \(context.maxUploadSize) bytes; no change needs that many")
        if let length = request.headers[.contentLength], (Int(length) ?? .max) > context.maxUploadSize { throw tooLarge }
        guard request.method != .get && request.method != .head else { return }
        do {
            _ = try await request.collectBody(upTo: context.maxUploadSize)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }
}

extension HTTPField.Name {
    // The names are valid tokens, so this cannot fail.
    // swift-format-ignore: NeverForceUnwrap
    static let referrerPolicy = Self("Referrer-Policy")!
    // swift-format-ignore: NeverForceUnwrap
    static let crossOriginOpenerPolicy = Self("Cross-Origin-Opener-Policy")!
}
