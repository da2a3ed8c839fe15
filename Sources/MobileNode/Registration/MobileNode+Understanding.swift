import MobileIPv4

extension MobileNode {
    /// What a mobile node acts on: Registration Replies, and in them the base extensions, a foreign agent's challenge (RFC
    /// 4721), a foreign agent's error about a reply that it could not process (RFC 4636), texts of both agents (RFC 4917) and
    /// the identities of the home agent and its AAA server (RFC 3846); Registration Revocations, and in them the base
    /// extensions and the home agent's text (RFC 3543, RFC 4917); Generic Notifications and their acknowledgments, with the
    /// closed list of extensions that are permitted in them (RFC 6098); Experimental Messages and experimental extensions,
    /// while the node takes part in experiments (RFC 4064).
    static let understanding = RoleUnderstanding([
        (.registrationReply, replies),
        (
            .registrationRevocation,
            .base + [.only(MessageString.self, subtypes: [MessageString.Author.homeAgent.rawValue])]
        ),
        (.genericNotification, GenericNotification.permittedExtensions),
        (.genericNotificationAcknowledgment, GenericNotification.permittedExtensions),
        (.experimental, .base + experiments),
    ])

    private static let experiments: [ExtensionUnderstanding.Entry] = [
        .all(NonSkippableExperimental.self), .all(SkippableExperimental.self),
    ]

    private static let replies =
        [ExtensionUnderstanding.Entry].base + [
            .all(Challenge.self), .all(ForeignAgentError.self), .all(MessageString.self),
            .only(NAICarrying.self, subtypes: [NAICarrying.Owner.homeAgent, .homeAAA].map(\.rawValue)),
        ]

    /// What a request asks that its reply may answer with further extensions.
    private struct Questions: OptionSet {
        let rawValue: Int
        /// An offer of an agreement about revocations, with the home agent's answer (RFC 3543).
        static let revocation = Questions(rawValue: 1)
        /// For any home agent, with a redirection (RFC 4433).
        static let homeAgent = Questions(rawValue: 2)
        /// For a service, with its echo (RFC 5446).
        static let service = Questions(rawValue: 4)
        /// As part of an experiment (RFC 4064).
        static let experiment = Questions(rawValue: 8)
        static let all: Questions = [.revocation, .homeAgent, .service, .experiment]

        var answers: [ExtensionUnderstanding.Entry] {
            var entries: [ExtensionUnderstanding.Entry] = []
            if contains(.revocation) { entries.append(.all(RevocationSupport.self)) }
            if contains(.homeAgent) {
                entries.append(.only(DynamicHomeAgent.self, subtypes: [DynamicHomeAgent.Purpose.redirected.rawValue]))
            }
            if contains(.service) { entries.append(.all(ServiceSelection.self)) }
            if contains(.experiment) { entries += MobileNode.experiments }
            return entries
        }
    }

    /// What a node acts on in a reply, by what the request asks.
    private static let repliesByQuestions = (0...Questions.all.rawValue).map {
        ExtensionUnderstanding(replies + Questions(rawValue: $0).answers)
    }

    /// The extensions that the node acts on in a reply to its pending request.
    var replyUnderstanding: ExtensionUnderstanding {
        var questions: Questions = []
        if let pending {
            if pending.revocationOffer != nil { questions.insert(.revocation) }
            if isDynamic { questions.insert(.homeAgent) }
            if pending.wishes.service != nil { questions.insert(.service) }
            if pending.wishes.isExperimental { questions.insert(.experiment) }
        }
        return Self.repliesByQuestions[questions.rawValue]
    }
}
