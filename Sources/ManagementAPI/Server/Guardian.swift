import HTTPTypes
import Hummingbird

/// What holds for every request: a local Host (against DNS rebinding), only GET and HEAD, problem documents for every failure, and
/// headers that keep answers out of caches and frames.
struct Guardian<Context: RequestContext>: RouterMiddleware {
    let counts: RequestCounts

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await answer(request, context, next)
        counts.add(request.method, response.status)
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        return response
    }

    private func answer(
        _ request: Request, _ context: Context, _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            guard Self.isLocal(request.head.authority) else {
                throw Problem(
                    status: .misdirectedRequest, title: "This host name is not served",
                    detail: "the Host was '\(request.head.authority ?? "")'; right would be localhost or a loopback address")
            }
            guard request.method == .get || request.method == .head else {
                throw Problem(
                    status: .methodNotAllowed, title: "The method is not allowed",
                    detail: "'\(request.method.rawValue)' is not served here; right would be GET", headers: [.allow: "GET, HEAD"])
            }
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

    private static func isLocal(_ authority: String?) -> Bool {
        guard let authority else { return true }
        let host = authority.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
        return host == "localhost" || host.hasPrefix("127.") && host.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }
}
