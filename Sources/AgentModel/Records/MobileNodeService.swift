public import JSON
public import MobileIPv4

/// What a home agent has done for one mobile node (`haCounterTable`). It outlives the node's bindings; the table is bounded.
public struct MobileNodeService: Hashable, Sendable, Codable {
    // Members are ordered to avoid padding.

    /// The mobile node's NAI, if it is known by one.
    public var nai: NetworkAccessIdentifier?
    /// Requests in the node's name that reached this agent, including those it dropped (`haRegRequestsReceived` for one node).
    public var requestsReceived: UInt64
    /// Replies with code 0 or 1 (`haServiceRequestsAccepted`).
    public var accepted: UInt64
    /// Replies with codes 128 to 159 (`haServiceRequestsDenied`).
    public var denied: UInt64
    /// Whole seconds of service before `servingSince` (`haOverallServiceTime` adds the current service).
    public var serviceTime: UInt64
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// Since when the node has continuously had a binding; nil while it has none.
    @StoredOptionalTimestamp public var servingSince: Timestamp?
    /// `haRecentServiceAcceptedTime`.
    @StoredOptionalTimestamp public var recentAccepted: Timestamp?
    /// `haRecentServiceDeniedTime`.
    @StoredOptionalTimestamp public var recentDenied: Timestamp?
    /// `haRecentServiceDeniedCode`.
    public var recentDeniedCode: UInt8?

    public init(
        homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, requestsReceived: UInt64 = 0, accepted: UInt64 = 0,
        denied: UInt64 = 0,
        serviceTime: UInt64 = 0, servingSince: Timestamp? = nil, recentAccepted: Timestamp? = nil,
        recentDenied: Timestamp? = nil, recentDeniedCode: UInt8? = nil
    ) {
        self.homeAddress = homeAddress
        self.nai = nai
        self.requestsReceived = requestsReceived
        self.accepted = accepted
        self.denied = denied
        self.serviceTime = serviceTime
        self.servingSince = servingSince
        self.recentAccepted = recentAccepted
        self.recentDenied = recentDenied
        self.recentDeniedCode = recentDeniedCode
    }

    /// Just the home address: a home agent serves each home address to one node only.
    public var key: IPv4Address { homeAddress }
}

extension MobileNodeService: Record {
    public static var blank: MobileNodeService { MobileNodeService(homeAddress: .zero, nai: nil) }

    @inlinable public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("nai", &nai)
        try visitor.member("requestsReceived", &requestsReceived)
        try visitor.member("accepted", &accepted)
        try visitor.member("denied", &denied)
        try visitor.member("serviceTime", &serviceTime)
        try visitor.member("servingSince", &servingSince)
        try visitor.member("recentAccepted", &recentAccepted)
        try visitor.member("recentDenied", &recentDenied)
        try visitor.member("recentDeniedCode", &recentDeniedCode)
    }
}
