import HTTPTypes
import Hummingbird

/// A way in: where requests come from, and what they must bring.
struct Door: Sendable {
    /// How clients of this way in are named when they bring no token.
    enum Kind: String, Sendable {
        case loopback
        case unixSocket = "unix socket"
        case network
    }

    let kind: Kind
    let tokens: [AccessToken]
    /// The names a request may ask for, beside the addresses of loopback; nil for any.
    let hosts: Set<String>?
    let requests: RateLimiter
    /// Wrong tokens of a client; a bucket that is empty closes the door for it.
    let wrongTokens = RateLimiter(rate: 0.2, burst: 10)

    /// Served to everyone who may connect: they tell nothing of any agent.
    static let freePaths: Set<String> = ["/healthz", "/openapi.json", "/", "/dashboard.css", "/dashboard.js"]

    /// Who asks, or why they may not.
    func admit(_ request: Request, from client: String) throws(Problem) -> Requester {
        if let seconds = requests.take(client) {
            throw Problem(
                status: .tooManyRequests, title: "Too many requests",
                detail: "this client asks faster than it may; come back in \(seconds) s", headers: [.retryAfter: "\(seconds)"])
        }
        try check(request)
        let actor = try identify(request, client)
        if request.method != .get && request.method != .head && actor.role != .write {
            throw Problem(
                status: .forbidden, title: "The token may not change anything",
                detail: "the token '\(actor.name)' has the role read; a change takes one with the role write")
        }
        return actor
    }

    private func identify(_ request: Request, _ client: String) throws(Problem) -> Requester {
        guard let credentials = request.headers[.authorization] else {
            if kind != .network { return Requester(name: kind.rawValue, role: .write) }
            if Self.freePaths.contains(request.uri.path), request.method == .get || request.method == .head {
                return Requester(name: "anybody", role: .read)
            }
            throw Self.unauthorized("there is no token; expected the header 'Authorization: Bearer TOKEN'")
        }
        guard wrongTokens.isOpen(client) else {
            throw Problem(
                status: .tooManyRequests, title: "Too many wrong tokens",
                detail: "this client has sent too many wrong tokens; come back in 5 s", headers: [.retryAfter: "5"])
        }
        let parts = credentials.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let token = AccessToken.find(parts[1].filter { $0 != " " }, among: tokens)
        else {
            _ = wrongTokens.take(client)
            throw Self.unauthorized("the token is not one of this server's; 'mip-mibd token' makes one")
        }
        return Requester(name: token.name, role: token.role)
    }

    private static func unauthorized(_ detail: String) -> Problem {
        Problem(
            status: .unauthorized, title: "A token is needed", detail: detail,
            headers: [.wwwAuthenticate: "Bearer realm=\"mip-mibd\""])
    }

    /// Against pages of other sites: a name of theirs that leads here (DNS rebinding), and requests they make a browser send.
    private func check(_ request: Request) throws(Problem) {
        let authority = request.head.authority
        guard kind == .unixSocket || serves(authority) else {
            throw Problem(
                status: .misdirectedRequest, title: "This host name is not served",
                detail: "the Host was '\(authority ?? "")'; expected \(expectedHost)")
        }
        if let origin = request.headers[.origin], let own = authority, !["http://\(own)", "https://\(own)"].contains(origin) {
            throw Problem(
                status: .forbidden, title: "Requests of other origins are refused",
                detail: "the Origin was '\(origin)'; pages of other sites may not use this API")
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
