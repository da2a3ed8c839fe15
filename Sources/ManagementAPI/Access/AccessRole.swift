/// What a client may do.
public enum AccessRole: String, CaseIterable, Hashable, Sendable {
    /// See everything the API tells.
    case read
    /// Make changes as well.
    case write
}

/// On whose behalf a request is made, for decisions and for the audit.
struct Requester: Hashable, Sendable {
    /// The name of the token, or of the way in for those that need none.
    let name: String
    let role: AccessRole
}
