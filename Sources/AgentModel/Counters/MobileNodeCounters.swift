/// What a mobile node counts since it started, each under the object of MIP-MIB's groups for mobile nodes that it is.
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
    /// Answers to requests with a lifetime above 0 (`mnRegRepliesRecieved`).
    public var repliesReceived: UInt64 = 0
    /// Answers to requests with lifetime 0 (`mnDeRegRepliesRecieved`).
    public var deregistrationRepliesReceived: UInt64 = 0
    /// Replies that were taken, by code.
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
    /// Codes 0 and 1 (`mnRegRequestsAccepted`).
    public var requestsAccepted: UInt64 = 0
    /// Codes 128 to 191 (`mnRegRequestsDeniedByHA`).
    public var requestsDeniedByHomeAgent: UInt64 = 0
    /// Codes 64 to 127 (`mnRegRequestsDeniedByFA`).
    public var requestsDeniedByForeignAgent: UInt64 = 0
    /// Code 133 (`mnRegRequestsDeniedByHADueToID`).
    public var requestsDeniedDueToID: UInt64 = 0

    // Extensions

    /// Requests that answered a challenge (RFC 4721).
    public var challengesAnswered: UInt64 = 0
    /// Replies dropped for a critical vendor extension that is not known (RFC 3115 §3).
    public var repliesDroppedCriticalVendorExtension: UInt64 = 0
    /// Normal vendor extensions in replies that were passed over.
    public var normalVendorExtensionsIgnored: UInt64 = 0

    /// Everything at zero.
    public init() {}
}
