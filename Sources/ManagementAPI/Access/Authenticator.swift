import HTTPTypes
import Hummingbird

/// Admits requests to one listener: identifies who makes them, limits their rate, and checks what they may do.
struct Authenticator: Sendable {
    /// The kind of listener; it names clients that send no token.
    enum Kind: String, Sendable {
        case loopback
        case unixSocket = "unix socket"
        case network
    }

    let kind: Kind
    let tokens: [AccessToken]
    /// The host names a request may use in addition to the loopback addresses; nil for any.
    let hosts: Set<String>?
    let requests: RateLimiter
    /// Invalid tokens sent by each client; a client with an empty bucket is refused.
    let invalidTokens = RateLimiter(rate: 0.2, burst: 10)

    /// Served without a token to everyone who may connect, because they reveal nothing about any agent.
    static let freePaths = Set(["/healthz", "/openapi.json"] + Dashboard.files.map(\.path))

    /// Returns who makes a request.
    ///
    /// - Throws: why the request is refused.
    func admit(_ request: Request, from client: String) throws(Problem) -> Requester {
        if let seconds = requests.take(client) {
            throw Problem(
                status: .tooManyRequests, title: "Too many requests",
                detail: "this client exceeds its request rate; retry in \(seconds) s", headers: [.retryAfter: "\(seconds)"])
        }
        try check(request)
        let actor = try identify(request, client)
        if request.method != .get && request.method != .head && actor.role != .write {
            throw Problem(
                status: .forbidden, title: "The token is read-only",
                detail: "the token '\(actor.name)' has the role read; changes require a token with the role write")
        }
        return actor
    }

    private func identify(_ request: Request, _ client: String) throws(Problem) -> Requester {
        guard let credentials = request.headers[.authorization] else {
            if kind != .network { return Requester(name: kind.rawValue, role: .write) }
            if Self.freePaths.contains(request.uri.path), request.method == .get || request.method == .head {
                return Requester(name: "anonymous", role: .read)
            }
            throw Self.unauthorized("the request has no token; expected the header 'Authorization: Bearer TOKEN'")
        }
        guard invalidTokens.isOpen(client) else {
            throw Problem(
                status: .tooManyRequests, title: "Too many invalid tokens",
                detail: "this client has sent too many invalid tokens; retry in 5 s", headers: [.retryAfter: "5"])
        }
        let parts = credentials.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let token = AccessToken.find(parts[1].filter { $0 != " " }, among: tokens)
        else {
            _ = invalidTokens.take(client)
            throw Self.unauthorized("the token is not one of this server's; create one with 'mip-mibd token'")
        }
        return Requester(name: token.name, role: token.role, hasToken: true)
    }

    private static func unauthorized(_ detail: String) -> Problem {
        Problem(
            status: .unauthorized, title: "A token is required", detail: detail,
            headers: [.wwwAuthenticate: "Bearer realm=\"mip-mibd\""])
    }

    /// Protects against pages of other sites: host names of theirs that resolve to this server (DNS rebinding), and requests that they make
    /// a browser send.
    private func check(_ request: Request) throws(Problem) {
        let authority = request.head.authority
        guard kind == .unixSocket || serves(authority) else {
            throw Problem(
                status: .misdirectedRequest, title: "Host name not served",
                detail: "the Host '\(authority ?? "")' is invalid; expected \(expectedHost)")
        }
        if let origin = request.headers[.origin], let own = authority, !["http://\(own)", "https://\(own)"].contains(origin) {
            throw Problem(
                status: .forbidden, title: "Cross-origin request refused",
                detail: "the Origin '\(origin)' is not this server's; pages of other sites may not use this API")
        }
    }

    private var expectedHost: String {
        kind == .loopback ? "localhost or a loopback address" : (hosts ?? []).sorted().joined(separator: " or ")
    }

    private func serves(_ authority: String?) -> Bool {
        guard let authority else { return true }
        let host = authority.split(separator: ":", omittingEmptySubsequences: false).first.map { $0.lowercased() } ?? ""
        if kind == .network { return hosts?.contains(host) ?? true }
        return host == "localhost" || host.hasPrefix("127.") && host.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }
}
