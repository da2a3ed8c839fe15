import MobileIPv4

extension MobileNode {
    /// What a mobile node acts on: Registration Replies, and in them the base extensions, a foreign agent's challenge (RFC 4721), a
    /// foreign agent's error about a reply that it could not process (RFC 4636) and texts of both agents (RFC 4917); Registration
    /// Revocations, and in them the base extensions and the home agent's text (RFC 3543, RFC 4917); Generic Notifications and their
    /// acknowledgments, with the closed list of extensions that are permitted in them (RFC 6098).
    static let understanding = RoleUnderstanding([
        (.registrationReply, replies),
        (
            .registrationRevocation,
            .base + [.only(MessageString.self, subtypes: [MessageString.Author.homeAgent.rawValue])]
        ),
        (.genericNotification, GenericNotification.permittedExtensions),
        (.genericNotificationAcknowledgment, GenericNotification.permittedExtensions),
    ])

    /// What a node acts on in a reply to an offer of an agreement about revocations: the home agent's answer too (RFC 3543).
    private static let repliesWithAnswer = ExtensionUnderstanding(replies + [.all(RevocationSupport.self)])

    private static let replies =
        [ExtensionUnderstanding.Entry].base + [.all(Challenge.self), .all(ForeignAgentError.self), .all(MessageString.self)]

    /// The extensions that the node acts on in a reply to its pending request.
    var replyUnderstanding: ExtensionUnderstanding? {
        pending?.revocationOffer == nil ? Self.understanding[.registrationReply] : Self.repliesWithAnswer
    }
}
