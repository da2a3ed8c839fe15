/// What a mobile node counts about registration, named as in MIP-MIB's mnRegistration group.
public struct MobileNodeCounters: Hashable, Sendable, Codable {
    /// `mnRegRequestsSent`
    public var requestsSent: UInt64 = 0
    /// `mnDeRegRequestsSent`
    public var deregistrationRequestsSent: UInt64 = 0
    /// `mnRegRepliesRecieved`
    public var repliesReceived: UInt64 = 0
    /// `mnDeRegRepliesRecieved`
    public var deregistrationRepliesReceived: UInt64 = 0
    /// `mnRepliesInvalidHomeAddress`
    public var repliesInvalidHomeAddress: UInt64 = 0
    /// `mnRepliesInvalidID`
    public var repliesInvalidID: UInt64 = 0
    /// `mnRepliesDroppedInvalidExtension`
    public var repliesDroppedInvalidExtension: UInt64 = 0
    /// `mnRepliesIgnoredUnknownExtension`
    public var repliesIgnoredUnknownExtension: UInt64 = 0
    /// `mnRepliesHAAuthenticationFailure`
    public var repliesHomeAgentAuthenticationFailure: UInt64 = 0
    /// `mnRegRequestsAccepted`
    public var requestsAccepted: UInt64 = 0
    /// `mnRegRequestsDeniedByHA`
    public var requestsDeniedByHomeAgent: UInt64 = 0
    /// `mnRegRequestsDeniedByFA`
    public var requestsDeniedByForeignAgent: UInt64 = 0
    /// `mnRegRequestsDeniedByHADueToID`
    public var requestsDeniedDueToID: UInt64 = 0

    public init() {}
}
