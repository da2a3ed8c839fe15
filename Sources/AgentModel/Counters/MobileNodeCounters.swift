/// What a mobile node has counted since it started. Each counter names its object in MIP-MIB's mobile node groups.
public struct MobileNodeCounters: Hashable, Sendable, Codable {
    // Discovery

    /// `mnSolicitationsSent`
    public var solicitationsSent: UInt64 = 0
    /// `mnAdvertisementsReceived`
    public var advertisementsReceived: UInt64 = 0
    /// `mnAdvsDroppedInvalidExtension`
    public var advertisementsDroppedInvalidExtension: UInt64 = 0
    /// `mnAdvsIgnoredUnknownExtension`
    public var advertisementsIgnoredUnknownExtension: UInt64 = 0
    /// `mnMoveFromHAToFA`
    public var movesFromHomeToForeign: UInt64 = 0
    /// `mnMoveFromFAToFA`
    public var movesFromForeignToForeign: UInt64 = 0
    /// `mnMoveFromFAToHA`
    public var movesFromForeignToHome: UInt64 = 0
    /// `mnGratuitousARPsSend`
    public var gratuitousARPsSent: UInt64 = 0
    /// `mnAgentRebootsDectected`
    public var agentRebootsDetected: UInt64 = 0

    // Registration

    /// Requests with a lifetime above 0, retransmissions included (`mnRegRequestsSent`).
    public var requestsSent: UInt64 = 0
    /// Requests with lifetime 0, retransmissions included (`mnDeRegRequestsSent`).
    public var deregistrationRequestsSent: UInt64 = 0
    /// `mnRegRequestsWithDirectedBroadcast`
    public var requestsWithDirectedBroadcast: UInt64 = 0
    /// Replies to requests with a lifetime above 0 (`mnRegRepliesRecieved`).
    public var repliesReceived: UInt64 = 0
    /// Replies to requests with lifetime 0 (`mnDeRegRepliesRecieved`).
    public var deregistrationRepliesReceived: UInt64 = 0
    /// Valid replies, by code.
    public var repliesReceivedByCode = CodeCounts()
    /// `mnRepliesInvalidHomeAddress`
    public var repliesInvalidHomeAddress: UInt64 = 0
    /// `mnRepliesUnknownHA`
    public var repliesUnknownHomeAgent: UInt64 = 0
    /// `mnRepliesUnknownFA`
    public var repliesUnknownForeignAgent: UInt64 = 0
    /// `mnRepliesInvalidID`
    public var repliesInvalidID: UInt64 = 0
    /// `mnRepliesDroppedInvalidExtension`
    public var repliesDroppedInvalidExtension: UInt64 = 0
    /// `mnRepliesIgnoredUnknownExtension`
    public var repliesIgnoredUnknownExtension: UInt64 = 0
    /// `mnRepliesHAAuthenticationFailure`
    public var repliesHomeAgentAuthenticationFailure: UInt64 = 0
    /// `mnRepliesFAAuthenticationFailure`
    public var repliesForeignAgentAuthenticationFailure: UInt64 = 0
    /// Replies with codes 0 and 1 (`mnRegRequestsAccepted`).
    public var requestsAccepted: UInt64 = 0
    /// Replies with codes 128 to 191 (`mnRegRequestsDeniedByHA`).
    public var requestsDeniedByHomeAgent: UInt64 = 0
    /// Replies with codes 64 to 127 (`mnRegRequestsDeniedByFA`).
    public var requestsDeniedByForeignAgent: UInt64 = 0
    /// Replies with code 133 (`mnRegRequestsDeniedByHADueToID`).
    public var requestsDeniedDueToID: UInt64 = 0

    // Extensions

    /// Requests that answered a challenge (RFC 4721).
    public var challengesAnswered: UInt64 = 0
    /// Replies dropped because of an unknown critical vendor extension (RFC 3115 §3).
    public var repliesDroppedCriticalVendorExtension: UInt64 = 0
    /// Unknown normal vendor extensions in replies that were ignored.
    public var normalVendorExtensionsIgnored: UInt64 = 0
    /// Extensions in replies that were ignored because they stand where no authenticator for the node covers them.
    public var unsignedExtensionsIgnored: UInt64 = 0

    /// Registrations for which the home agent agreed to inform the node of a revocation.
    public var revocationsAgreed: UInt64 = 0
    /// Revocations received and accepted.
    public var revocationsReceived: UInt64 = 0
    /// Revocations received for registrations that had already ended.
    public var revocationsRepeated: UInt64 = 0
    /// Revocations dropped: wrongly authenticated, replayed, reflected or not agreed.
    public var revocationsDiscarded: UInt64 = 0
    /// Texts for the user in replies.
    public var messageStringsReceived: UInt64 = 0
    /// Texts in replies that are not UTF-8, or that have nothing to show.
    public var messageStringsInvalid: UInt64 = 0
    /// Errors of foreign agents about a reply of the home agent.
    public var errorExtensionsReceived: UInt64 = 0
    /// Errors of foreign agents that no authenticator covers.
    public var errorExtensionsUnsigned: UInt64 = 0
    /// Errors that no authenticator covers and that an acceptance without an error followed in time.
    public var errorExtensionsOverruled: UInt64 = 0
    /// Deregistrations sent because a foreign agent refused the home agent's acceptance.
    public var deregistrationsAfterError: UInt64 = 0
    /// Generic notifications sent, each counted once.
    public var notificationsSent: UInt64 = 0
    /// Generic notifications sent again because they were not acknowledged.
    public var notificationsResent: UInt64 = 0
    /// Generic notifications that the receiver acknowledged.
    public var notificationsAcknowledged: UInt64 = 0
    /// Generic notifications that the receiver refused.
    public var notificationsRefused: UInt64 = 0
    /// Generic notifications given up without an acknowledgment.
    public var notificationsUnacknowledged: UInt64 = 0
    /// Generic notifications received and accepted.
    public var notificationsReceived: UInt64 = 0
    /// Generic notifications received and refused with a code.
    public var notificationsDenied: UInt64 = 0
    /// Requests sent for any home agent (RFC 4433), retransmissions included.
    public var dynamicRequests: UInt64 = 0
    /// Replies that redirected the node to another home agent (code 143) and that it followed.
    public var redirects: UInt64 = 0
    /// Replies that redirected the node to a home agent that had redirected it before, or that it may not use.
    public var redirectLoops: UInt64 = 0
    /// Searches for any home agent given up for a known one, because no foreign agent on the way supports them.
    public var dynamicFallbacks: UInt64 = 0
    /// Replies with host configuration (RFC 4332).
    public var hostConfigurations: UInt64 = 0
    /// Values of host configuration that the node cannot use, or that are malformed.
    public var hostConfigurationsIgnored: UInt64 = 0
    /// Replies that refuse the service that the node has selected (code 151).
    public var serviceRefusals: UInt64 = 0
    /// Replies with the identity of a home agent or of an AAA server (RFC 3846).
    public var identitiesReceived: UInt64 = 0
    /// Experimental extensions in replies that a rule is about (RFC 4064).
    public var experimentalExtensions: UInt64 = 0
    /// Experimental messages received and accepted.
    public var experimentalMessages: UInt64 = 0
    /// All counters at zero.
    public init() {}
}

extension MobileNodeCounters {
    /// Every counter, in the order of the members.
    static let declared: [CounterDescriptor] = {
        let node = CounterDeclarations(.mobileNode) { $0.mobileNode }
        let moves = LabelledMetric("mip_mobile_node_moves", "Moves from one network to another.")
        return [
            node.count("solicitationsSent", \.solicitationsSent, "mnSolicitationsSent", "Agent Solicitations sent."),
            node.count(
                "advertisementsReceived", \.advertisementsReceived, "mnAdvertisementsReceived", "Agent Advertisements received."),
            node.count(
                "advertisementsDroppedInvalidExtension", \.advertisementsDroppedInvalidExtension, "mnAdvsDroppedInvalidExtension",
                "Advertisements dropped because of a malformed or unknown extension."),
            node.count(
                "advertisementsIgnoredUnknownExtension", \.advertisementsIgnoredUnknownExtension, "mnAdvsIgnoredUnknownExtension",
                "Unknown extensions in advertisements that were skipped."),
            node.count(
                "movesFromHomeToForeign", \.movesFromHomeToForeign, "mnMoveFromHAToFA",
                "Moves from the home network to a foreign one.", metric: .labelled(moves, ["from": "home", "to": "foreign"])),
            node.count(
                "movesFromForeignToForeign", \.movesFromForeignToForeign, "mnMoveFromFAToFA",
                "Moves from one foreign network to another.", metric: .labelled(moves, ["from": "foreign", "to": "foreign"])),
            node.count(
                "movesFromForeignToHome", \.movesFromForeignToHome, "mnMoveFromFAToHA", "Returns to the home network.",
                metric: .labelled(moves, ["from": "foreign", "to": "home"])),
            node.count(
                "gratuitousARPsSent", \.gratuitousARPsSent, "mnGratuitousARPsSend", "Gratuitous ARP messages sent at home."),
            node.count(
                "agentRebootsDetected", \.agentRebootsDetected, "mnAgentRebootsDectected",
                "Agent restarts detected from advertisement sequence numbers."),
            node.count("requestsSent", \.requestsSent, "mnRegRequestsSent", "Requests sent with a lifetime above 0."),
            node.count(
                "deregistrationRequestsSent", \.deregistrationRequestsSent, "mnDeRegRequestsSent",
                "Requests sent with lifetime 0."),
            node.count(
                "requestsWithDirectedBroadcast", \.requestsWithDirectedBroadcast, "mnRegRequestsWithDirectedBroadcast",
                "Requests sent to the home network's broadcast address."),
            node.count(
                "repliesReceived", \.repliesReceived, "mnRegRepliesRecieved", "Replies to requests with a lifetime above 0.",
                metric: .named("mip_mobile_node_registration_replies_received")),
            node.count(
                "deregistrationRepliesReceived", \.deregistrationRepliesReceived, "mnDeRegRepliesRecieved",
                "Replies to requests with lifetime 0."),
            node.codes("repliesReceivedByCode", \.repliesReceivedByCode, .received, "Valid replies received, by code."),
            node.count(
                "repliesInvalidHomeAddress", \.repliesInvalidHomeAddress, "mnRepliesInvalidHomeAddress",
                "Replies dropped because the home address is not the node's."),
            node.count(
                "repliesUnknownHomeAgent", \.repliesUnknownHomeAgent, "mnRepliesUnknownHA",
                "Replies dropped because the home agent is unknown."),
            node.count(
                "repliesUnknownForeignAgent", \.repliesUnknownForeignAgent, "mnRepliesUnknownFA",
                "Replies dropped because they came from a foreign agent that the request was not sent to."),
            node.count(
                "repliesInvalidID", \.repliesInvalidID, "mnRepliesInvalidID",
                "Replies dropped because the identification does not match."),
            node.count(
                "repliesDroppedInvalidExtension", \.repliesDroppedInvalidExtension, "mnRepliesDroppedInvalidExtension",
                "Replies dropped because of a malformed or unknown extension."),
            node.count(
                "repliesIgnoredUnknownExtension", \.repliesIgnoredUnknownExtension, "mnRepliesIgnoredUnknownExtension",
                "Replies with an unknown extension that was skipped."),
            node.count(
                "repliesHomeAgentAuthenticationFailure", \.repliesHomeAgentAuthenticationFailure,
                "mnRepliesHAAuthenticationFailure", "Replies dropped because they have no valid Mobile-Home authenticator."),
            node.count(
                "repliesForeignAgentAuthenticationFailure", \.repliesForeignAgentAuthenticationFailure,
                "mnRepliesFAAuthenticationFailure", "Replies dropped because they have no valid Mobile-Foreign authenticator."),
            node.count("requestsAccepted", \.requestsAccepted, "mnRegRequestsAccepted", "Replies with codes 0 and 1."),
            node.count(
                "requestsDeniedByHomeAgent", \.requestsDeniedByHomeAgent, "mnRegRequestsDeniedByHA",
                "Replies with codes 128 to 191."),
            node.count(
                "requestsDeniedByForeignAgent", \.requestsDeniedByForeignAgent, "mnRegRequestsDeniedByFA",
                "Replies with codes 64 to 127."),
            node.count(
                "requestsDeniedDueToID", \.requestsDeniedDueToID, "mnRegRequestsDeniedByHADueToID", "Replies with code 133."),
            node.count(
                "challengesAnswered", \.challengesAnswered, "mipExtMnChallengesAnswered",
                "Requests sent with an answer to a challenge."),
            node.count(
                "repliesDroppedCriticalVendorExtension", \.repliesDroppedCriticalVendorExtension, "mipExtMnRepliesDroppedCvse",
                "Replies dropped because of an unknown critical vendor extension."),
            node.count(
                "normalVendorExtensionsIgnored", \.normalVendorExtensionsIgnored, "mipExtMnNvsesIgnored",
                "Unknown normal vendor extensions that were ignored."),
            node.count(
                "unsignedExtensionsIgnored", \.unsignedExtensionsIgnored, "mipExtMnUnsignedExtensionsIgnored",
                "Extensions ignored because they stand where no authenticator for the node covers them.", since: 2),
            node.count(
                "revocationsAgreed", \.revocationsAgreed, "mipExtMnRevocationsAgreed",
                "Registrations for which the home agent agreed to inform the node of a revocation.", since: 3),
            node.count(
                "revocationsReceived", \.revocationsReceived, "mipExtMnRevocationsReceived",
                "Revocations received and accepted.", since: 3),
            node.count(
                "revocationsRepeated", \.revocationsRepeated, "mipExtMnRevocationsRepeated",
                "Revocations received for registrations that had already ended.", since: 3),
            node.count(
                "revocationsDiscarded", \.revocationsDiscarded, "mipExtMnRevocationsDiscarded",
                "Revocations dropped: wrongly authenticated, replayed, reflected or not agreed.", since: 3),
            node.count(
                "messageStringsReceived", \.messageStringsReceived, "mipExtMnMessageStringsReceived",
                "Texts for the user in replies.", since: 3),
            node.count(
                "messageStringsInvalid", \.messageStringsInvalid, "mipExtMnMessageStringsInvalid",
                "Texts in replies that are not UTF-8, or that have nothing to show.", since: 3),
            node.count(
                "errorExtensionsReceived", \.errorExtensionsReceived, "mipExtMnErrorExtensionsReceived",
                "Errors of foreign agents about a reply of the home agent.", since: 3),
            node.count(
                "errorExtensionsUnsigned", \.errorExtensionsUnsigned, "mipExtMnErrorExtensionsUnsigned",
                "Errors of foreign agents that no authenticator covers.", since: 3),
            node.count(
                "errorExtensionsOverruled", \.errorExtensionsOverruled, "mipExtMnErrorExtensionsOverruled",
                "Errors that no authenticator covers and that an acceptance without an error followed in time.", since: 3),
            node.count(
                "deregistrationsAfterError", \.deregistrationsAfterError, "mipExtMnDeregistrationsAfterError",
                "Deregistrations sent because a foreign agent refused the home agent's acceptance.", since: 3),
            node.count(
                "notificationsSent", \.notificationsSent, "mipExtMnNotificationsSent",
                "Generic notifications sent, each counted once.", since: 3),
            node.count(
                "notificationsResent", \.notificationsResent, "mipExtMnNotificationsResent",
                "Generic notifications sent again because they were not acknowledged.", since: 3),
            node.count(
                "notificationsAcknowledged", \.notificationsAcknowledged, "mipExtMnNotificationsAcknowledged",
                "Generic notifications that the receiver acknowledged.", since: 3),
            node.count(
                "notificationsRefused", \.notificationsRefused, "mipExtMnNotificationsRefused",
                "Generic notifications that the receiver refused.", since: 3),
            node.count(
                "notificationsUnacknowledged", \.notificationsUnacknowledged, "mipExtMnNotificationsUnacknowledged",
                "Generic notifications given up without an acknowledgment.", since: 3),
            node.count(
                "notificationsReceived", \.notificationsReceived, "mipExtMnNotificationsReceived",
                "Generic notifications received and accepted.", since: 3),
            node.count(
                "notificationsDenied", \.notificationsDenied, "mipExtMnNotificationsDenied",
                "Generic notifications received and refused with a code.", since: 3),
            node.count(
                "dynamicRequests", \.dynamicRequests, "mipExtMnDynamicRequests",
                "Requests sent for any home agent, retransmissions included.", since: 3),
            node.count(
                "redirects", \.redirects, "mipExtMnRedirects",
                "Replies that redirected the node to another home agent and that it followed.", since: 3),
            node.count(
                "redirectLoops", \.redirectLoops, "mipExtMnRedirectLoops",
                "Replies that redirected the node to a home agent that had redirected it before or is not allowed.", since: 3),
            node.count(
                "dynamicFallbacks", \.dynamicFallbacks, "mipExtMnDynamicFallbacks",
                "Searches for any home agent given up for a known one.", since: 3),
            node.count(
                "hostConfigurations", \.hostConfigurations, "mipExtMnHostConfigurations",
                "Replies with host configuration.", since: 3),
            node.count(
                "hostConfigurationsIgnored", \.hostConfigurationsIgnored, "mipExtMnHostConfigurationsIgnored",
                "Values of host configuration that the node cannot use, or that are malformed.", since: 3),
            node.count(
                "serviceRefusals", \.serviceRefusals, "mipExtMnServiceRefusals",
                "Replies that refuse the service that the node has selected.", since: 3),
            node.count(
                "identitiesReceived", \.identitiesReceived, "mipExtMnIdentitiesReceived",
                "Replies with the identity of a home agent or of an AAA server.", since: 3),
            node.count(
                "experimentalExtensions", \.experimentalExtensions, "mipExtMnExperimentalExtensions",
                "Experimental extensions in replies that a rule is about.", since: 3),
            node.count(
                "experimentalMessages", \.experimentalMessages, "mipExtMnExperimentalMessages",
                "Experimental messages received and accepted.", since: 3),
        ]
    }()
}
