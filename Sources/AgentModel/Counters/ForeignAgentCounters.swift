/// What a foreign agent has counted since it started.
public struct ForeignAgentCounters: Hashable, Sendable, Codable {
    /// Well-formed requests received from mobile nodes (`faRegRequestsReceived`).
    public var requestsReceived: UInt64 = 0
    /// Of these, requests with lifetime 0.
    public var deregistrationRequestsReceived: UInt64 = 0
    /// Requests relayed to a home agent (`faRegRequestsRelayed`).
    public var requestsRelayed: UInt64 = 0
    /// Well-formed replies received from home agents (`faRegRepliesRecieved`).
    public var repliesReceived: UInt64 = 0
    /// Replies relayed to the mobile node (`faRegRepliesRelayed`).
    public var repliesRelayed: UInt64 = 0
    /// Replies received from home agents, by code.
    public var repliesReceivedByCode = CodeCounts()
    /// Replies that this foreign agent itself sent to mobile nodes, by code.
    public var repliesSentByCode = CodeCounts()
    /// Requests that repeated a pending one and were relayed again.
    public var duplicateRequests: UInt64 = 0
    /// Unknown extensions of types 128 to 255 that were skipped.
    public var extensionsSkipped: UInt64 = 0
    /// Unknown normal vendor extensions from mobile nodes that were ignored (`faNvsesFromMnIgnored`).
    public var normalVendorExtensionsFromMobileNodeIgnored: UInt64 = 0
    /// Unknown normal vendor extensions from home agents that were ignored (`faNvsesFromHaIgnored`).
    public var normalVendorExtensionsFromHomeAgentIgnored: UInt64 = 0
    /// Accepted requests that were granted a reverse tunnel.
    public var reverseTunnelsGranted: UInt64 = 0
    /// Of these, requests granted the encapsulating delivery style.
    public var encapsulatingDeliveriesGranted: UInt64 = 0
    /// Challenges issued in advertisements (RFC 4721).
    public var challengesAdvertised: UInt64 = 0
    /// Challenges issued in replies.
    public var challengesInReplies: UInt64 = 0
    /// Requests with a valid challenge.
    public var challengesAccepted: UInt64 = 0
    /// Pending requests that timed out without an answer from the home agent (code 78).
    public var pendingTimeouts: UInt64 = 0
    /// Outcomes of requests, by kind (`mipExtOutcomeTable`).
    public var outcomes = RegistrationOutcomes()
    /// Visits whose lifetime expired.
    public var visitorsExpired: UInt64 = 0
    /// Pending requests that were given up to make room for another one.
    public var pendingGivenUp: UInt64 = 0
    /// Requests refused for lack of room (66) because their sender had its share of it.
    public var shareRefusals: UInt64 = 0
    /// Requests refused because enough were relayed to home agents that have never answered.
    public var unprovenHomeAgentRefusals: UInt64 = 0
    /// Requests refused (65) because their home agent is not listed.
    public var unlistedHomeAgentRefusals: UInt64 = 0
    /// Datagrams dropped without an answer, by reason.
    public var discards = DiscardCounts()
    /// ICMP errors about a relayed request that ended its wait with a denial (codes 80, 81, 82 and 88).
    public var icmpErrorsAccepted: UInt64 = 0
    /// ICMP errors about this agent's datagrams that match no waiting request, match several, or exceed the limit per second.
    public var icmpErrorsIgnored: UInt64 = 0
    /// Extensions for this agent that were ignored because they stand where no authenticator for it covers them.
    public var unsignedExtensionsIgnored: UInt64 = 0
    /// Requests relayed with the offer to inform each other of revocations.
    public var revocationOffersSent: UInt64 = 0
    /// Accepted requests in which the home agent agreed to that offer.
    public var revocationsAgreed: UInt64 = 0
    /// Requests and replies refused because the home agent does not or cannot agree to that offer.
    public var revocationRefusals: UInt64 = 0
    /// Revocations sent, each counted once.
    public var revocationsSent: UInt64 = 0
    /// Revocations sent again because they were not acknowledged.
    public var revocationsResent: UInt64 = 0
    /// Revocations that the other end acknowledged.
    public var revocationsAcknowledged: UInt64 = 0
    /// Revocations given up without an acknowledgment.
    public var revocationsUnacknowledged: UInt64 = 0
    /// Revocations received and accepted.
    public var revocationsReceived: UInt64 = 0
    /// Revocations received for registrations that had already ended.
    public var revocationsRepeated: UInt64 = 0
    /// Visitors to be informed of a revocation by an advertisement.
    public var visitorsInformed: UInt64 = 0
    /// Replies sent or relayed with a text of this agent for the user of the mobile node.
    public var messageStringsSent: UInt64 = 0
    /// Replies of home agents that were refused by an FA error extension.
    public var errorExtensionsSent: UInt64 = 0
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
    /// Generic notifications and acknowledgments relayed between mobile nodes and home agents.
    public var notificationsRelayed: UInt64 = 0
    /// Requests for any home agent (RFC 4433).
    public var dynamicRequests: UInt64 = 0
    /// Requests that name the home agent to which they are to be relayed (139).
    public var dynamicRequestsWithHomeAgent: UInt64 = 0
    /// Requests relayed with the service that this agent has added (RFC 5446).
    public var servicesAdded: UInt64 = 0
    /// Replies from which the echo of a service that this agent had added was removed.
    public var serviceEchoesRemoved: UInt64 = 0
    /// Requests relayed with the identity of a home agent or of an AAA server (RFC 3846).
    public var identitiesPassed: UInt64 = 0
    /// Experimental extensions received that a rule is about (RFC 4064).
    public var experimentalExtensions: UInt64 = 0
    /// Experimental messages received and accepted.
    public var experimentalMessages: UInt64 = 0
    /// Requests refused because of an experimental extension (code 127).
    public var experimentalRefusals: UInt64 = 0

    public init() {}
}

extension ForeignAgentCounters {
    /// Every counter, in the order of the members.
    static let declared: [CounterDescriptor] = {
        let foreign = CounterDeclarations(.foreignAgent) { $0.foreignAgent }
        return [
            foreign.count(
                "requestsReceived", \.requestsReceived, "faRegRequestsReceived",
                "Well-formed requests received from mobile nodes."),
            foreign.count(
                "deregistrationRequestsReceived", \.deregistrationRequestsReceived, nil, "Requests received with lifetime 0."),
            foreign.count("requestsRelayed", \.requestsRelayed, "faRegRequestsRelayed", "Requests relayed to a home agent."),
            foreign.count(
                "repliesReceived", \.repliesReceived, "faRegRepliesRecieved", "Well-formed replies received from home agents.",
                metric: .sumOfCodes(.received)),
            foreign.count("repliesRelayed", \.repliesRelayed, "faRegRepliesRelayed", "Replies relayed to the mobile node."),
            foreign.codes(
                "repliesReceivedByCode", \.repliesReceivedByCode, .received,
                "Replies received from home agents (faRegRepliesRecieved), by code."),
            foreign.codes("repliesSentByCode", \.repliesSentByCode, .sent, "Replies originated by the foreign agent, by code."),
            foreign.count(
                "duplicateRequests", \.duplicateRequests, "mipExtFaDuplicateRequests",
                "Repeated requests that were relayed again."),
            foreign.count(
                "extensionsSkipped", \.extensionsSkipped, "mipExtFaExtensionsSkipped", "Unknown extensions that were skipped."),
            foreign.count(
                "normalVendorExtensionsFromMobileNodeIgnored", \.normalVendorExtensionsFromMobileNodeIgnored,
                "faNvsesFromMnIgnored", "Unknown normal vendor extensions from mobile nodes that were ignored."),
            foreign.count(
                "normalVendorExtensionsFromHomeAgentIgnored", \.normalVendorExtensionsFromHomeAgentIgnored,
                "faNvsesFromHaIgnored", "Unknown normal vendor extensions from home agents that were ignored."),
            foreign.count(
                "reverseTunnelsGranted", \.reverseTunnelsGranted, "mipExtFaReverseTunnelsGranted",
                "Accepted requests that were granted a reverse tunnel."),
            foreign.count(
                "encapsulatingDeliveriesGranted", \.encapsulatingDeliveriesGranted, "mipExtFaEncapsulatingDeliveries",
                "Accepted requests that were granted a reverse tunnel with encapsulating delivery."),
            foreign.count(
                "challengesAdvertised", \.challengesAdvertised, "mipExtFaChallengesAdvertised",
                "Challenges issued in advertisements."),
            foreign.count(
                "challengesInReplies", \.challengesInReplies, "mipExtFaChallengesInReplies", "Challenges issued in replies."),
            foreign.count(
                "challengesAccepted", \.challengesAccepted, "mipExtFaChallengesAccepted", "Requests with a valid challenge."),
            foreign.count(
                "pendingTimeouts", \.pendingTimeouts, "mipExtFaPendingTimeouts", "Requests the home agent did not answer in time."
            ),
            foreign.outcomes(\.outcomes),
            foreign.count("visitorsExpired", \.visitorsExpired, "mipExtFaVisitorsExpired", "Visits whose lifetime expired."),
            foreign.count(
                "pendingGivenUp", \.pendingGivenUp, "mipExtFaPendingGivenUp",
                "Pending requests that were given up to make room for another one.", since: 2),
            foreign.count(
                "shareRefusals", \.shareRefusals, "mipExtFaShareRefusals",
                "Requests refused for lack of room because their sender had its share of it.", since: 2),
            foreign.count(
                "unprovenHomeAgentRefusals", \.unprovenHomeAgentRefusals, "mipExtFaUnprovenHomeAgentRefusals",
                "Requests refused because enough were relayed to home agents that have never answered.", since: 2),
            foreign.count(
                "unlistedHomeAgentRefusals", \.unlistedHomeAgentRefusals, "mipExtFaUnlistedHomeAgentRefusals",
                "Requests refused because their home agent is not listed.", since: 2),
            foreign.discards(\.discards, "Datagrams dropped by the foreign agent without an answer, by reason."),
            foreign.count(
                "icmpErrorsAccepted", \.icmpErrorsAccepted, "mipExtFaIcmpErrorsAccepted",
                "ICMP errors that ended the wait of the request that they quote.", since: 2),
            foreign.count(
                "icmpErrorsIgnored", \.icmpErrorsIgnored, "mipExtFaIcmpErrorsIgnored",
                "ICMP errors about the agent's datagrams that match no single waiting request.", since: 2),
            foreign.count(
                "unsignedExtensionsIgnored", \.unsignedExtensionsIgnored, "mipExtFaUnsignedExtensionsIgnored",
                "Extensions ignored because they stand where no authenticator for the agent covers them.", since: 2),
            foreign.count(
                "revocationOffersSent", \.revocationOffersSent, "mipExtFaRevocationOffers",
                "Requests relayed with the offer to inform each other of revocations.", since: 3),
            foreign.count(
                "revocationsAgreed", \.revocationsAgreed, "mipExtFaRevocationsAgreed",
                "Accepted requests in which the home agent agreed to that offer.", since: 3),
            foreign.count(
                "revocationRefusals", \.revocationRefusals, "mipExtFaRevocationRefusals",
                "Requests and replies refused because the home agent does not or cannot agree to that offer.", since: 3),
            foreign.count(
                "revocationsSent", \.revocationsSent, "mipExtFaRevocationsSent",
                "Revocations sent, each counted once.", since: 3),
            foreign.count(
                "revocationsResent", \.revocationsResent, "mipExtFaRevocationsResent",
                "Revocations sent again because they were not acknowledged.", since: 3),
            foreign.count(
                "revocationsAcknowledged", \.revocationsAcknowledged, "mipExtFaRevocationsAcknowledged",
                "Revocations that the other end acknowledged.", since: 3),
            foreign.count(
                "revocationsUnacknowledged", \.revocationsUnacknowledged, "mipExtFaRevocationsUnacknowledged",
                "Revocations given up without an acknowledgment.", since: 3),
            foreign.count(
                "revocationsReceived", \.revocationsReceived, "mipExtFaRevocationsReceived",
                "Revocations received and accepted.", since: 3),
            foreign.count(
                "revocationsRepeated", \.revocationsRepeated, "mipExtFaRevocationsRepeated",
                "Revocations received for registrations that had already ended.", since: 3),
            foreign.count(
                "visitorsInformed", \.visitorsInformed, "mipExtFaVisitorsInformed",
                "Visitors to be informed of a revocation by an advertisement.", since: 3),
            foreign.count(
                "messageStringsSent", \.messageStringsSent, "mipExtFaMessageStringsSent",
                "Replies sent or relayed with a text of this agent for the user of the mobile node.", since: 3),
            foreign.count(
                "errorExtensionsSent", \.errorExtensionsSent, "mipExtFaErrorExtensionsSent",
                "Replies of home agents that were refused by an FA error extension.", since: 3),
            foreign.count(
                "notificationsSent", \.notificationsSent, "mipExtFaNotificationsSent",
                "Generic notifications sent, each counted once.", since: 3),
            foreign.count(
                "notificationsResent", \.notificationsResent, "mipExtFaNotificationsResent",
                "Generic notifications sent again because they were not acknowledged.", since: 3),
            foreign.count(
                "notificationsAcknowledged", \.notificationsAcknowledged, "mipExtFaNotificationsAcknowledged",
                "Generic notifications that the receiver acknowledged.", since: 3),
            foreign.count(
                "notificationsRefused", \.notificationsRefused, "mipExtFaNotificationsRefused",
                "Generic notifications that the receiver refused.", since: 3),
            foreign.count(
                "notificationsUnacknowledged", \.notificationsUnacknowledged, "mipExtFaNotificationsUnacknowledged",
                "Generic notifications given up without an acknowledgment.", since: 3),
            foreign.count(
                "notificationsReceived", \.notificationsReceived, "mipExtFaNotificationsReceived",
                "Generic notifications received and accepted.", since: 3),
            foreign.count(
                "notificationsDenied", \.notificationsDenied, "mipExtFaNotificationsDenied",
                "Generic notifications received and refused with a code.", since: 3),
            foreign.count(
                "notificationsRelayed", \.notificationsRelayed, "mipExtFaNotificationsRelayed",
                "Generic notifications and acknowledgments relayed between mobile nodes and home agents.", since: 3),
            foreign.count(
                "dynamicRequests", \.dynamicRequests, "mipExtFaDynamicRequests",
                "Requests for any home agent.", since: 3),
            foreign.count(
                "dynamicRequestsWithHomeAgent", \.dynamicRequestsWithHomeAgent, "mipExtFaDynamicRequestsWithHa",
                "Requests that name the home agent to which they are to be relayed.", since: 3),
            foreign.count(
                "servicesAdded", \.servicesAdded, "mipExtFaServicesAdded",
                "Requests relayed with the service that the agent has added.", since: 3),
            foreign.count(
                "serviceEchoesRemoved", \.serviceEchoesRemoved, "mipExtFaServiceEchoesRemoved",
                "Replies from which the echo of a service that the agent had added was removed.", since: 3),
            foreign.count(
                "identitiesPassed", \.identitiesPassed, "mipExtFaIdentitiesPassed",
                "Requests relayed with the identity of a home agent or of an AAA server.", since: 3),
            foreign.count(
                "experimentalExtensions", \.experimentalExtensions, "mipExtFaExperimentalExtensions",
                "Experimental extensions received that a rule is about.", since: 3),
            foreign.count(
                "experimentalMessages", \.experimentalMessages, "mipExtFaExperimentalMessages",
                "Experimental messages received and accepted.", since: 3),
            foreign.count(
                "experimentalRefusals", \.experimentalRefusals, "mipExtFaExperimentalRefusals",
                "Requests refused because of an experimental extension.", since: 3),
        ]
    }()
}
