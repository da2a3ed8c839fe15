/// On whose behalf the server takes the requests of a client, so that the client offers only what it may do: `/v1/session`.
struct SessionResource: Encodable, Sendable {
    /// The name of the token; without one, `unix:` and the user at the Unix socket, or the kind of listener.
    let actor: String
    let role: String
    /// Whether the request has a token.
    let hasToken: Bool
    /// Whether this server has tokens, so that a client without one could sign in.
    let acceptsTokens: Bool

    init(_ requester: Requester, acceptsTokens: Bool) {
        actor = requester.name
        role = requester.role.rawValue
        hasToken = requester.hasToken
        self.acceptsTokens = acceptsTokens
    }
}
