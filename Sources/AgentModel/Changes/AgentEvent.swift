public import MobileIPv4

/// What an operator would want to hear of.
public enum AgentEventKind: String, Hashable, Sendable, CaseIterable, Codable {
    case registered, careOfAddressChanged, deregistered, expired, revoked
    case registrationDenied, securityViolation, registrationTimedOut
    case capacityReached, enabled, disabled
}

/// One thing that happened. Fields that do not apply are absent.
public struct AgentEvent: Hashable, Sendable, Codable {
    public var time: Timestamp
    public var kind: AgentEventKind
    public var role: AgentRole
    public var homeAddress: IPv4Address?
    public var nai: NetworkAccessIdentifier?
    public var careOfAddress: IPv4Address?
    /// The care-of address before a change.
    public var previousCareOfAddress: IPv4Address?
    public var homeAgent: IPv4Address?
    public var sourceAddress: IPv4Address?
    /// The reply code sent or received.
    public var code: UInt8?
    public var violationReason: ViolationReason?
    public var spi: SecurityParameterIndex?
    /// One sentence for people.
    public var message: String

    public init(
        time: Timestamp, kind: AgentEventKind, role: AgentRole, homeAddress: IPv4Address? = nil,
        nai: NetworkAccessIdentifier? = nil, careOfAddress: IPv4Address? = nil, previousCareOfAddress: IPv4Address? = nil,
        homeAgent: IPv4Address? = nil, sourceAddress: IPv4Address? = nil, code: UInt8? = nil,
        violationReason: ViolationReason? = nil, spi: SecurityParameterIndex? = nil, message: String
    ) {
        self.time = time
        self.kind = kind
        self.role = role
        self.homeAddress = homeAddress
        self.nai = nai
        self.careOfAddress = careOfAddress
        self.previousCareOfAddress = previousCareOfAddress
        self.homeAgent = homeAgent
        self.sourceAddress = sourceAddress
        self.code = code
        self.violationReason = violationReason
        self.spi = spi
        self.message = message
    }
}
