/// What a foreign agent counts since it started.
public struct ForeignAgentCounters: Hashable, Sendable, Codable {
    /// Well-formed requests received from mobile nodes (`faRegRequestsReceived`).
    public var requestsReceived: UInt64 = 0
    /// Of which with lifetime 0.
    public var deregistrationRequestsReceived: UInt64 = 0
    /// Requests passed to a home agent (`faRegRequestsRelayed`).
    public var requestsRelayed: UInt64 = 0
    /// Well-formed replies received from home agents (`faRegRepliesRecieved`).
    public var repliesReceived: UInt64 = 0
    /// Replies passed to the mobile node (`faRegRepliesRelayed`).
    public var repliesRelayed: UInt64 = 0
    /// Replies received from home agents, by their code.
    public var repliesReceivedByCode = CodeCounts()
    /// Replies sent to mobile nodes by this foreign agent itself, by code.
    public var repliesSentByCode = CodeCounts()
    /// Requests that repeated a pending one and were relayed again.
    public var duplicateRequests: UInt64 = 0
    /// Unknown extensions of types 128 to 255 that were skipped.
    public var extensionsSkipped: UInt64 = 0
    /// Normal vendor extensions of mobile nodes that were passed over (`faNvsesFromMnIgnored`).
    public var normalVendorExtensionsFromMobileNodeIgnored: UInt64 = 0
    /// Normal vendor extensions of home agents that were passed over (`faNvsesFromHaIgnored`).
    public var normalVendorExtensionsFromHomeAgentIgnored: UInt64 = 0
    /// Accepted requests that were given a reverse tunnel.
    public var reverseTunnelsGranted: UInt64 = 0
    /// Of which with the encapsulating delivery style.
    public var encapsulatingDeliveriesGranted: UInt64 = 0
    /// Challenges handed out for advertisements (RFC 4721).
    public var challengesAdvertised: UInt64 = 0
    /// Challenges put into replies.
    public var challengesInReplies: UInt64 = 0
    /// Requests whose challenge was good.
    public var challengesAccepted: UInt64 = 0
    /// Pending requests that no home agent answered in time (code 78).
    public var pendingTimeouts: UInt64 = 0
    /// What became of requests, by kind (`mipExtOutcomeTable`).
    public var outcomes = RegistrationOutcomes()
    /// Visits whose lifetime ran out.
    public var visitorsExpired: UInt64 = 0
    /// Datagrams dropped without an answer, by reason.
    public var discards = DiscardCounts()

    public init() {}
}

extension ForeignAgentCounters {
    /// Every counter, in the order of the members.
    static let declared: [CounterDescriptor] = {
        let foreign = CounterDeclarations(.foreignAgent) { $0.foreignAgent }
        return [
            foreign.count("requestsReceived", \.requestsReceived, "faRegRequestsReceived", "Well-formed requests received."),
            foreign.count(
                "deregistrationRequestsReceived", \.deregistrationRequestsReceived, nil, "Requests received with lifetime 0."),
            foreign.count("requestsRelayed", \.requestsRelayed, "faRegRequestsRelayed", "Requests passed to a home agent."),
            foreign.count(
                "repliesReceived", \.repliesReceived, "faRegRepliesRecieved", "Well-formed replies received.",
                metric: .sumOfCodes(.received)),
            foreign.count("repliesRelayed", \.repliesRelayed, "faRegRepliesRelayed", "Replies passed to the mobile node."),
            foreign.codes(
                "repliesReceivedByCode", \.repliesReceivedByCode, .received,
                "Replies of home agents (faRegRepliesRecieved), by code."),
            foreign.codes("repliesSentByCode", \.repliesSentByCode, .sent, "Replies of the foreign agent's own, by code."),
            foreign.count(
                "duplicateRequests", \.duplicateRequests, "mipExtFaDuplicateRequests",
                "Repeated requests that were relayed again."),
            foreign.count(
                "extensionsSkipped", \.extensionsSkipped, "mipExtFaExtensionsSkipped", "Unknown extensions that were skipped."),
            foreign.count(
                "normalVendorExtensionsFromMobileNodeIgnored", \.normalVendorExtensionsFromMobileNodeIgnored,
                "faNvsesFromMnIgnored", "Normal vendor extensions of mobile nodes that were passed over."),
            foreign.count(
                "normalVendorExtensionsFromHomeAgentIgnored", \.normalVendorExtensionsFromHomeAgentIgnored,
                "faNvsesFromHaIgnored", "Normal vendor extensions of home agents that were passed over."),
            foreign.count(
                "reverseTunnelsGranted", \.reverseTunnelsGranted, "mipExtFaReverseTunnelsGranted",
                "Accepted requests that were given a reverse tunnel."),
            foreign.count(
                "encapsulatingDeliveriesGranted", \.encapsulatingDeliveriesGranted, "mipExtFaEncapsulatingDeliveries",
                "Of which with encapsulating delivery."),
            foreign.count(
                "challengesAdvertised", \.challengesAdvertised, "mipExtFaChallengesAdvertised",
                "Challenges handed out in advertisements."),
            foreign.count(
                "challengesInReplies", \.challengesInReplies, "mipExtFaChallengesInReplies", "Challenges handed out in replies."),
            foreign.count(
                "challengesAccepted", \.challengesAccepted, "mipExtFaChallengesAccepted", "Requests whose challenge was good."),
            foreign.count(
                "pendingTimeouts", \.pendingTimeouts, "mipExtFaPendingTimeouts", "Requests that no home agent answered in time."),
            foreign.outcomes(\.outcomes),
            foreign.count("visitorsExpired", \.visitorsExpired, "mipExtFaVisitorsExpired", "Visits whose lifetime ran out."),
            foreign.discards(\.discards, "Datagrams that the foreign agent dropped without an answer, by reason."),
        ]
    }()
}
