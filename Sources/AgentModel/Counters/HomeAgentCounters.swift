/// What a home agent counts since it started.
public struct HomeAgentCounters: Hashable, Sendable, Codable {
    /// Every Registration Request received, deregistrations included (`haRegRequestsReceived`).
    public var requestsReceived: UInt64 = 0
    /// Of which with lifetime 0 (`haDeRegRequestsReceived`).
    public var deregistrationRequestsReceived: UInt64 = 0
    /// Every Registration Reply sent (`haRegRepliesSent`).
    public var repliesSent: UInt64 = 0
    /// Of which answers to requests with lifetime 0 (`haDeRegRepliesSent`).
    public var deregistrationRepliesSent: UInt64 = 0
    /// Replies sent, by code.
    public var repliesSentByCode = CodeCounts()
    /// Requests that repeated an accepted one and were answered again without a change.
    public var duplicateRequests: UInt64 = 0
    /// Unknown extensions of types 128 to 255 that were skipped.
    public var extensionsSkipped: UInt64 = 0
    /// Normal vendor extensions of mobile nodes that were passed over (`haNvsesFromMnIgnored`).
    public var normalVendorExtensionsFromMobileNodeIgnored: UInt64 = 0
    /// Normal vendor extensions of foreign agents that were passed over (`haNvsesFromFaIgnored`).
    public var normalVendorExtensionsFromForeignAgentIgnored: UInt64 = 0
    /// Accepted requests that were given a reverse tunnel.
    public var reverseTunnelsGranted: UInt64 = 0
    /// What became of requests, by kind (`mipExtOutcomeTable`).
    public var outcomes = RegistrationOutcomes()
    /// Moves of nodes from one care-of address to another without a time between (`mipExtHaHandoffs`).
    public var handoffs: UInt64 = 0
    /// Bindings whose lifetime ran out.
    public var bindingsExpired: UInt64 = 0
    /// Gratuitous ARPs for nodes away from home (`haGratuitiousARPsSent`).
    public var gratuitousARPsSent: UInt64 = 0
    /// Proxy ARP answers for nodes away from home (`haProxyARPsSent`).
    public var proxyARPsSent: UInt64 = 0
    /// Datagrams dropped without an answer, by reason.
    public var discards = DiscardCounts()

    public init() {}
}

extension HomeAgentCounters {
    /// Every counter, in the order of the members.
    static let declared: [CounterDescriptor] = {
        let home = CounterDeclarations(.homeAgent) { $0.homeAgent }
        return [
            home.count("requestsReceived", \.requestsReceived, "haRegRequestsReceived", "Requests received."),
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
                "haNvsesFromMnIgnored", "Normal vendor extensions of mobile nodes that were passed over."),
            home.count(
                "normalVendorExtensionsFromForeignAgentIgnored", \.normalVendorExtensionsFromForeignAgentIgnored,
                "haNvsesFromFaIgnored", "Normal vendor extensions of foreign agents that were passed over."),
            home.count(
                "reverseTunnelsGranted", \.reverseTunnelsGranted, "mipExtHaReverseTunnelsGranted",
                "Accepted requests that were given a reverse tunnel."),
            home.outcomes(\.outcomes),
            home.count(
                "handoffs", \.handoffs, "mipExtHaHandoffs",
                "Moves of nodes from one care-of address to another without a break of service."),
            home.count("bindingsExpired", \.bindingsExpired, "mipExtHaBindingsExpired", "Bindings whose lifetime ran out."),
            home.count(
                "gratuitousARPsSent", \.gratuitousARPsSent, "haGratuitiousARPsSent", "Gratuitous ARPs sent for mobile nodes."),
            home.count("proxyARPsSent", \.proxyARPsSent, "haProxyARPsSent", "Proxy ARP answers for mobile nodes."),
            home.discards(\.discards, "Datagrams that the home agent dropped without an answer, by reason."),
        ]
    }()
}
