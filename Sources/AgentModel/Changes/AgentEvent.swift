public import JSON
public import MobileIPv4

/// One event. Fields that do not apply are absent.
public struct AgentEvent: Hashable, Sendable, Codable {
    /// When it happened, by the agent's clock.
    public var time: Timestamp
    /// What happened.
    public var kind: AgentEventKind
    /// The role it happened in.
    public var role: AgentRole
    /// The mobile node's home address.
    public var homeAddress: IPv4Address?
    /// The mobile node's NAI, if it is known by one.
    public var nai: NetworkAccessIdentifier?
    /// The care-of address; after a change, the new one.
    public var careOfAddress: IPv4Address?
    /// The care-of address before a change.
    public var previousCareOfAddress: IPv4Address?
    /// The home agent's address.
    public var homeAgent: IPv4Address?
    /// IP source address of the message that caused the event.
    public var sourceAddress: IPv4Address?
    /// The reply code sent or received.
    public var code: UInt8?
    /// Why a message was a security violation.
    public var violationReason: ViolationReason?
    /// The SPI in the message.
    public var spi: SecurityParameterIndex?
    /// One human-readable sentence.
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

extension AgentEvent: Record {
    public static var typeName: String { "Event" }

    public static var blank: AgentEvent {
        AgentEvent(time: .blank, kind: .registered, role: .homeAgent, message: "")
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("time", &time)
        try visitor.member("kind", &kind)
        try visitor.member("role", &role)
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("nai", &nai)
        try visitor.member("careOfAddress", &careOfAddress)
        try visitor.member("previousCareOfAddress", &previousCareOfAddress)
        try visitor.member("homeAgent", &homeAgent)
        try visitor.member("sourceAddress", &sourceAddress)
        try visitor.member("code", &code)
        try visitor.member("violationReason", &violationReason)
        try visitor.member("spi", &spi)
        try visitor.member("message", &message)
    }
}
