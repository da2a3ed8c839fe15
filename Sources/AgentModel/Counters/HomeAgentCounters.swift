/// What a home agent has counted since it started.
public struct HomeAgentCounters: Hashable, Sendable, Codable {
    /// Registration Requests received, including deregistrations (`haRegRequestsReceived`).
    public var requestsReceived: UInt64 = 0
    /// Of these, requests with lifetime 0 (`haDeRegRequestsReceived`).
    public var deregistrationRequestsReceived: UInt64 = 0
    /// Registration Replies sent (`haRegRepliesSent`).
    public var repliesSent: UInt64 = 0
    /// Of these, replies to requests with lifetime 0 (`haDeRegRepliesSent`).
    public var deregistrationRepliesSent: UInt64 = 0
    /// Replies sent, by code.
    public var repliesSentByCode = CodeCounts()
    /// Requests that repeated an accepted one and were answered again without changing anything.
    public var duplicateRequests: UInt64 = 0
    /// Unknown extensions of types 128 to 255 that were skipped.
    public var extensionsSkipped: UInt64 = 0
    /// Unknown normal vendor extensions from mobile nodes that were ignored (`haNvsesFromMnIgnored`).
    public var normalVendorExtensionsFromMobileNodeIgnored: UInt64 = 0
    /// Unknown normal vendor extensions from foreign agents that were ignored (`haNvsesFromFaIgnored`).
    public var normalVendorExtensionsFromForeignAgentIgnored: UInt64 = 0
    /// Accepted requests that were granted a reverse tunnel.
    public var reverseTunnelsGranted: UInt64 = 0
    /// Outcomes of requests, by kind (`mipExtOutcomeTable`).
    public var outcomes = RegistrationOutcomes()
    /// Moves of nodes from one care-of address directly to another, without a gap in service (`mipExtHaHandoffs`).
    public var handoffs: UInt64 = 0
    /// Bindings whose lifetime expired.
    public var bindingsExpired: UInt64 = 0
    /// Gratuitous ARPs sent for nodes away from home (`haGratuitiousARPsSent`).
    public var gratuitousARPsSent: UInt64 = 0
    /// Proxy ARP replies sent for nodes away from home (`haProxyARPsSent`).
    public var proxyARPsSent: UInt64 = 0
    /// Denied requests that were not authenticated and name a node that this agent does not know.
    public var strangersDenied: UInt64 = 0
    /// Datagrams dropped without an answer, by reason.
    public var discards = DiscardCounts()
    /// Requests denied because their care-of address is this agent's own or leads back to the home address (code 134).
    public var careOfAddressLoops: UInt64 = 0
    /// Extensions that were ignored because no verified authenticator covers them where they stand.
    public var unsignedExtensionsIgnored: UInt64 = 0
    /// Requests refused with 133 because their identification is that of a request that was denied.
    public var deniedRequestsRepeated: UInt64 = 0
    /// Bindings taken over from the state store at the start.
    public var bindingsRestored: UInt64 = 0
    /// Requests in which the other end offered to be informed of revocations.
    public var revocationOffersReceived: UInt64 = 0
    /// Accepted requests in which both ends agreed to inform each other of revocations.
    public var revocationsAgreed: UInt64 = 0
    /// Requests refused because the other end does not offer to be informed of revocations.
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
    /// Replies sent with a text for the user of the mobile node.
    public var messageStringsSent: UInt64 = 0
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
    /// Requests for any home agent (RFC 4433).
    public var dynamicRequests: UInt64 = 0
    /// Of these, requests refused with 136 because the requested home agent in them (139) is another one.
    public var dynamicRequestsForOther: UInt64 = 0
    /// Requests for any home agent that were redirected to another one (code 143).
    public var redirects: UInt64 = 0
    /// Requests that ask for host configuration (RFC 4332).
    public var hostConfigurationRequests: UInt64 = 0
    /// Acceptances with host configuration.
    public var hostConfigurationAnswers: UInt64 = 0
    /// Of these, acceptances without a part for which there was no room.
    public var hostConfigurationTruncated: UInt64 = 0
    /// Requests that select a service (RFC 5446).
    public var serviceRequests: UInt64 = 0
    /// Requests refused because the service is unknown or not permitted to the node (code 151).
    public var serviceRefusals: UInt64 = 0
    /// Replies sent with the identity of this agent or of its AAA server (RFC 3846).
    public var identitiesSent: UInt64 = 0
    /// Requests with the identity of a home agent or of an AAA server.
    public var identitiesReceived: UInt64 = 0
    /// Experimental extensions received that a rule is about (RFC 4064).
    public var experimentalExtensions: UInt64 = 0
    /// Experimental messages received and accepted.
    public var experimentalMessages: UInt64 = 0
    /// Requests refused because of an experimental extension (code 192).
    public var experimentalRefusals: UInt64 = 0

    public init() {}
}

extension HomeAgentCounters {
    /// Every counter, in the order of the members.
    static let declared: [CounterDescriptor] = {
        let home = CounterDeclarations(.homeAgent) { $0.homeAgent }
        return [
            home.count(
                "requestsReceived", \.requestsReceived, "haRegRequestsReceived", "Requests received, including deregistrations."),
            home.count(
                "deregistrationRequestsReceived", \.deregistrationRequestsReceived, "haDeRegRequestsReceived",
                "Requests received with lifetime 0."),
            home.count("repliesSent", \.repliesSent, "haRegRepliesSent", "Replies sent.", metric: .sumOfCodes(.sent)),
            home.count(
                "deregistrationRepliesSent", \.deregistrationRepliesSent, "haDeRegRepliesSent",
                "Replies sent to requests with lifetime 0."),
            home.codes("repliesSentByCode", \.repliesSentByCode, .sent, "Replies sent (haRegRepliesSent), by code."),
            home.count(
                "duplicateRequests", \.duplicateRequests, "mipExtHaDuplicateRequests",
                "Repeated requests that were answered again."),
            home.count(
                "extensionsSkipped", \.extensionsSkipped, "mipExtHaExtensionsSkipped", "Unknown extensions that were skipped."),
            home.count(
                "normalVendorExtensionsFromMobileNodeIgnored", \.normalVendorExtensionsFromMobileNodeIgnored,
                "haNvsesFromMnIgnored", "Unknown normal vendor extensions from mobile nodes that were ignored."),
            home.count(
                "normalVendorExtensionsFromForeignAgentIgnored", \.normalVendorExtensionsFromForeignAgentIgnored,
                "haNvsesFromFaIgnored", "Unknown normal vendor extensions from foreign agents that were ignored."),
            home.count(
                "reverseTunnelsGranted", \.reverseTunnelsGranted, "mipExtHaReverseTunnelsGranted",
                "Accepted requests that were granted a reverse tunnel."),
            home.outcomes(\.outcomes),
            home.count(
                "handoffs", \.handoffs, "mipExtHaHandoffs",
                "Moves of nodes from one care-of address to another without a gap in service."),
            home.count("bindingsExpired", \.bindingsExpired, "mipExtHaBindingsExpired", "Bindings whose lifetime expired."),
            home.count(
                "gratuitousARPsSent", \.gratuitousARPsSent, "haGratuitiousARPsSent", "Gratuitous ARPs sent for mobile nodes."),
            home.count("proxyARPsSent", \.proxyARPsSent, "haProxyARPsSent", "Proxy ARP replies sent for mobile nodes."),
            home.count(
                "strangersDenied", \.strangersDenied, "mipExtHaStrangersDenied",
                "Denied requests that were not authenticated and name an unknown node, counted for no mobile node.", since: 2),
            home.discards(\.discards, "Datagrams dropped by the home agent without an answer, by reason."),
            home.count(
                "careOfAddressLoops", \.careOfAddressLoops, "mipExtHaCareOfAddressLoops",
                "Requests denied because their care-of address is the agent's own or leads back to the home address.", since: 2),
            home.count(
                "unsignedExtensionsIgnored", \.unsignedExtensionsIgnored, "mipExtHaUnsignedExtensionsIgnored",
                "Extensions ignored because no verified authenticator covers them.", since: 2),
            home.count(
                "deniedRequestsRepeated", \.deniedRequestsRepeated, "mipExtHaDeniedRequestsRepeated",
                "Requests refused with 133 because they had been denied before.", since: 2),
            home.count(
                "bindingsRestored", \.bindingsRestored, "mipExtHaBindingsRestored",
                "Bindings taken over from the state store at the start.", since: 2),
            home.count(
                "revocationOffersReceived", \.revocationOffersReceived, "mipExtHaRevocationOffers",
                "Requests in which the other end offered to be informed of revocations.", since: 3),
            home.count(
                "revocationsAgreed", \.revocationsAgreed, "mipExtHaRevocationsAgreed",
                "Accepted requests in which both ends agreed to inform each other of revocations.", since: 3),
            home.count(
                "revocationRefusals", \.revocationRefusals, "mipExtHaRevocationRefusals",
                "Requests refused because the other end does not offer to be informed of revocations.", since: 3),
            home.count(
                "revocationsSent", \.revocationsSent, "mipExtHaRevocationsSent",
                "Revocations sent, each counted once.", since: 3),
            home.count(
                "revocationsResent", \.revocationsResent, "mipExtHaRevocationsResent",
                "Revocations sent again because they were not acknowledged.", since: 3),
            home.count(
                "revocationsAcknowledged", \.revocationsAcknowledged, "mipExtHaRevocationsAcknowledged",
                "Revocations that the other end acknowledged.", since: 3),
            home.count(
                "revocationsUnacknowledged", \.revocationsUnacknowledged, "mipExtHaRevocationsUnacknowledged",
                "Revocations given up without an acknowledgment.", since: 3),
            home.count(
                "revocationsReceived", \.revocationsReceived, "mipExtHaRevocationsReceived",
                "Revocations received and accepted.", since: 3),
            home.count(
                "revocationsRepeated", \.revocationsRepeated, "mipExtHaRevocationsRepeated",
                "Revocations received for registrations that had already ended.", since: 3),
            home.count(
                "messageStringsSent", \.messageStringsSent, "mipExtHaMessageStringsSent",
                "Replies sent with a text for the user of the mobile node.", since: 3),
            home.count(
                "notificationsSent", \.notificationsSent, "mipExtHaNotificationsSent",
                "Generic notifications sent, each counted once.", since: 3),
            home.count(
                "notificationsResent", \.notificationsResent, "mipExtHaNotificationsResent",
                "Generic notifications sent again because they were not acknowledged.", since: 3),
            home.count(
                "notificationsAcknowledged", \.notificationsAcknowledged, "mipExtHaNotificationsAcknowledged",
                "Generic notifications that the receiver acknowledged.", since: 3),
            home.count(
                "notificationsRefused", \.notificationsRefused, "mipExtHaNotificationsRefused",
                "Generic notifications that the receiver refused.", since: 3),
            home.count(
                "notificationsUnacknowledged", \.notificationsUnacknowledged, "mipExtHaNotificationsUnacknowledged",
                "Generic notifications given up without an acknowledgment.", since: 3),
            home.count(
                "notificationsReceived", \.notificationsReceived, "mipExtHaNotificationsReceived",
                "Generic notifications received and accepted.", since: 3),
            home.count(
                "notificationsDenied", \.notificationsDenied, "mipExtHaNotificationsDenied",
                "Generic notifications received and refused with a code.", since: 3),
            home.count(
                "dynamicRequests", \.dynamicRequests, "mipExtHaDynamicRequests",
                "Requests for any home agent.", since: 3),
            home.count(
                "dynamicRequestsForOther", \.dynamicRequestsForOther, "mipExtHaDynamicRequestsForOther",
                "Requests for any home agent refused with 136 because the requested home agent in them is another one.", since: 3),
            home.count(
                "redirects", \.redirects, "mipExtHaRedirects",
                "Requests for any home agent that were redirected to another one.", since: 3),
            home.count(
                "hostConfigurationRequests", \.hostConfigurationRequests, "mipExtHaHostConfigurationRequests",
                "Requests that ask for host configuration.", since: 3),
            home.count(
                "hostConfigurationAnswers", \.hostConfigurationAnswers, "mipExtHaHostConfigurationAnswers",
                "Replies that accept a request and have host configuration.", since: 3),
            home.count(
                "hostConfigurationTruncated", \.hostConfigurationTruncated, "mipExtHaHostConfigurationTruncated",
                "Replies with host configuration that lack a part for which there was no room.", since: 3),
            home.count(
                "serviceRequests", \.serviceRequests, "mipExtHaServiceRequests",
                "Requests that select a service.", since: 3),
            home.count(
                "serviceRefusals", \.serviceRefusals, "mipExtHaServiceRefusals",
                "Requests refused because the service is unknown or not permitted to the node.", since: 3),
            home.count(
                "identitiesSent", \.identitiesSent, "mipExtHaIdentitiesSent",
                "Replies sent with the identity of the agent or of its AAA server.", since: 3),
            home.count(
                "identitiesReceived", \.identitiesReceived, "mipExtHaIdentitiesReceived",
                "Requests with the identity of a home agent or of an AAA server.", since: 3),
            home.count(
                "experimentalExtensions", \.experimentalExtensions, "mipExtHaExperimentalExtensions",
                "Experimental extensions received that a rule is about.", since: 3),
            home.count(
                "experimentalMessages", \.experimentalMessages, "mipExtHaExperimentalMessages",
                "Experimental messages received and accepted.", since: 3),
            home.count(
                "experimentalRefusals", \.experimentalRefusals, "mipExtHaExperimentalRefusals",
                "Requests refused because of an experimental extension.", since: 3),
        ]
    }()
}
