/// What a client may do.
public enum AccessRole: String, CaseIterable, Hashable, Sendable {
    /// See everything the API serves.
    case read
    /// Make changes as well.
    case write
}

/// On whose behalf a request is made, for access decisions and for the audit.
struct Requester: Hashable, Sendable {
    /// The name of the token, or of the kind of listener for requests that need no token.
    let name: String
    let role: AccessRole
    /// Whether the request has a token, which named the requester.
    var hasToken = false
}
