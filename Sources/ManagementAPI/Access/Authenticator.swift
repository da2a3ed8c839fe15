import HTTPTypes
import Hummingbird
import Persistence

/// Admits requests to one listener: identifies who makes them, limits their rate, and checks what they may do.
///
/// A port is open to every user of the machine, so over TCP a request without a token can read at most. The Unix socket is open to those whom
/// its file permits, and the kernel says who they are.
struct Authenticator: Sendable {
    /// The kind of listener; it names clients that send no token and whose user is not known.
    enum Kind: String, Sendable {
        case loopback
        case unixSocket = "unix socket"
        case network
    }

    let kind: Kind
    let tokens: [AccessToken]
    /// The host names a request may use, on loopback in addition to the loopback addresses; nil for any.
    let hosts: Set<String>?
    let requests: RateLimiter
    /// Where the server has a Unix socket, for advice.
    let socketPath: String?
    /// Invalid tokens sent by each client; a client with an empty bucket is refused unless it sends a valid one.
    let invalidTokens: RateLimiter

    /// - Parameter requestsPerSecond: how many requests a client may make, above 0; it may send one invalid token for each hundred.
    init(
        kind: Kind, tokens: [AccessToken], hosts: Set<String>?, requestsPerSecond: Double, burst: Double? = nil,
        socketPath: String? = nil
    ) {
        (self.kind, self.tokens, self.hosts, self.socketPath) = (kind, tokens, hosts, socketPath)
        requests = RateLimiter(rate: requestsPerSecond, burst: burst ?? 2 * requestsPerSecond)
        invalidTokens = RateLimiter(rate: max(0.2, requestsPerSecond / 5000), burst: max(10, requestsPerSecond / 100))
    }

    /// Served without a token to everyone who may connect, because they reveal nothing about any agent.
    static let freePaths = Set(["/healthz", "/openapi.json"] + Dashboard.files.map(\.path))

    /// Methods that change nothing. Only the first two are served.
    private static let harmless: Set<HTTPRequest.Method> = [.get, .head, .options]

    /// Returns who makes a request.
    ///
    /// - Parameters:
    ///   - client: whom the limits count.
    ///   - peer: who is at the other end of a Unix socket.
    /// - Throws: why the request is refused.
    func admit(_ request: Request, from client: String, peer: PeerCredentials? = nil) throws(Problem) -> Requester {
        let credentials = credentials(of: request)
        // A valid token has a bucket of its own, so that others at the same address, such as that of a proxy, cannot empty it.
        var bucket = client
        if case .token(let token) = credentials { bucket = "token \(token.name)" }
        if let seconds = requests.take(bucket) {
            throw Problem(
                status: .tooManyRequests, title: "Too many requests",
                detail: "this client exceeds its request rate; retry in \(seconds) s", headers: [.retryAfter: "\(seconds)"])
        }
        // Which of them counts would be left to chance, and to proxies.
        guard request.headers[values: .authorization].count < 2 else {
            throw .badRequest("the request has more than one Authorization; expected it once")
        }
        try check(request)
        let actor = try requester(request, credentials, client, peer)
        if !Self.harmless.contains(request.method), actor.role != .write { throw refusal(of: actor) }
        return actor
    }

    // MARK: - Who

    /// Other schemes of authentication. A proxy that asks for a password itself passes these on, and they never name a token.
    private static let schemesOfProxies: Set<String> = ["basic", "digest", "negotiate", "ntlm"]

    /// What a request presents.
    private enum Credentials {
        case none
        case invalid
        case token(AccessToken)
    }

    private func credentials(of request: Request) -> Credentials {
        guard let text = request.headers[.authorization] else { return .none }
        let parts = text.split(separator: " ", maxSplits: 1)
        if parts.count == 2, Self.schemesOfProxies.contains(parts[0].lowercased()) { return .none }
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let token = AccessToken.find(parts[1].filter { $0 != " " }, among: tokens)
        else { return .invalid }
        return .token(token)
    }

    private func requester(
        _ request: Request, _ credentials: Credentials, _ client: String, _ peer: PeerCredentials?
    ) throws(Problem) -> Requester {
        switch credentials {
        case .token(let token): return Requester(name: token.name, role: token.role, hasToken: true)
        case .invalid:
            if let seconds = invalidTokens.take(client) {
                throw Problem(
                    status: .tooManyRequests, title: "Too many invalid tokens",
                    detail: "this client has sent too many invalid tokens; retry in \(seconds) s",
                    headers: [.retryAfter: "\(seconds)"])
            }
            throw Self.unauthorized("the token is not one of this server's; create one with 'mip-mibd token'")
        case .none: break
        }
        switch kind {
        case .loopback: return Requester(name: kind.rawValue, role: .read)
        case .unixSocket:
            return Requester(name: peer.map { Requester.name(ofUser: "\($0.uid)") } ?? kind.rawValue, role: .write, user: peer)
        case .network:
            guard Self.freePaths.contains(request.uri.path), Self.harmless.contains(request.method) else {
                throw Self.unauthorized("the request has no token; expected the header 'Authorization: Bearer TOKEN'")
            }
            return Requester(name: "anonymous", role: .read)
        }
    }

    // MARK: - Refusals

    private func refusal(of actor: Requester) -> Problem {
        guard !actor.hasToken else {
            return Problem(
                status: .forbidden, title: "The token is read-only",
                detail: "the token '\(actor.name)' has the role read; changes require a token with the role write")
        }
        let socket = socketPath.map { "the Unix socket \($0)" } ?? "a Unix socket ('socket:' in the section http)"
        guard tokens.isEmpty else {
            return Self.unauthorized(
                "changes over TCP require a token with the role write; send it as 'Authorization: Bearer TOKEN', or use \(socket)"
            )
        }
        return Problem(
            status: .forbidden, title: "A token is required",
            detail: "changes over TCP require a token with the role write, and this server has no tokens; create one with "
                + "'mip-mibd token NAME --role write', or use \(socket)")
    }

    private static func unauthorized(_ detail: String) -> Problem {
        Problem(
            status: .unauthorized, title: "A token is required", detail: detail,
            headers: [.wwwAuthenticate: "Bearer realm=\"mip-mibd\""])
    }

    // MARK: - Host and Origin

    /// Protects against pages of other sites: host names of theirs that resolve to this server (DNS rebinding), and requests that they make
    /// a browser send.
    private func check(_ request: Request) throws(Problem) {
        let text = request.head.authority
        // The first Host is the authority; only further ones are left among the fields.
        guard request.headers[.furtherHost] == nil else {
            throw .badRequest("the request has more than one Host; expected it once")
        }
        var own: Authority?
        if let text {
            own = Authority(text)
            guard own != nil else { throw .badRequest("the Host '\(text)' is invalid; expected a host name and perhaps a port") }
        } else if kind != .unixSocket {
            // Neither a browser nor a proxy reaches the Unix socket, and older clients of it send none.
            throw .badRequest("the request has no Host; expected \(expectedHost)")
        }
        if let own, kind != .unixSocket, !serves(own.host, or: own.isLoopback) {
            throw Problem(
                status: .misdirectedRequest, title: "Host name not served",
                detail: "the Host '\(text ?? "")' is invalid; expected \(expectedHost)")
        }
        if let origin = request.headers[.origin], !allows(origin, text) {
            throw Problem(
                status: .forbidden, title: "Cross-origin request refused",
                detail: "the Origin '\(origin)' is not this server's; pages of other sites may not use this API. "
                    + "Behind a proxy, list its host name in 'hosts:'")
        }
    }

    /// Whether pages of an origin may use this server: its own, and those of the names at which a proxy serves it.
    private func allows(_ origin: String, _ host: String?) -> Bool {
        guard let scheme = ["http://", "https://"].first(where: origin.hasPrefix) else { return false }
        let authority = String(origin.dropFirst(scheme.count))
        if let host, authority.lowercased() == host.lowercased() { return true }
        return Authority(authority).map { hosts?.contains($0.host) ?? false } ?? false
    }

    private var expectedHost: String {
        let names = (hosts ?? []).sorted()
        if kind == .loopback { return (["localhost", "a loopback address"] + names).joined(separator: " or ") }
        return names.isEmpty ? "the name or address of this server" : names.joined(separator: " or ")
    }

    private func serves(_ host: String, or isLoopback: Bool) -> Bool {
        switch kind {
        case .loopback: isLoopback || hosts?.contains(host) ?? false
        case .network: hosts?.contains(host) ?? true
        case .unixSocket: true
        }
    }
}

extension HTTPField.Name {
    // HTTPTypes has no constant for Host, because the first one becomes the authority of the request. The name is a valid token, so this
    // cannot fail.
    // swift-format-ignore: NeverForceUnwrap
    fileprivate static let furtherHost = Self("Host")!
}
