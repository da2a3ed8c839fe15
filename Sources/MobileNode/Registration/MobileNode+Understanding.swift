import MobileIPv4

extension MobileNode {
    /// What a mobile node acts on: Registration Replies, and in them the base extensions, a foreign agent's challenge (RFC 4721) and a
    /// foreign agent's error about a reply that it could not process (RFC 4636).
    static let understanding = RoleUnderstanding([
        (.registrationReply, .base + [.all(Challenge.self), .all(ForeignAgentError.self)])
    ])
}
