import Persistence

/// What a client may do.
public enum AccessRole: String, CaseIterable, Hashable, Sendable {
    /// See everything the API serves.
    case read
    /// Make changes as well.
    case write
}

/// On whose behalf a request is made, for access decisions and for the audit.
struct Requester: Hashable, Sendable {
    /// The name of the token. Without a token, `unix:` and the user at the Unix socket, and over TCP the kind of listener or `anonymous`.
    var name: String
    let role: AccessRole
    /// Whether the request has a token, which named the requester.
    var hasToken = false
    /// The user at the other end of a Unix socket, by whose number the requester is named until its name is looked up.
    var user: PeerCredentials?

    /// The name of a requester who is a user of this machine.
    static func name(ofUser user: String) -> String { "unix:\(user)" }
}
