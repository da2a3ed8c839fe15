public import JSON
public import MobileIPv4

/// The key of a mobile node's registration (`mnRegistrationEntry` INDEX).
public struct NodeRegistrationKey: Hashable, Sendable, Comparable, Codable {
    /// Where the request went: a home agent or a foreign agent.
    public var agentAddress: IPv4Address
    /// The care-of address.
    public var careOfAddress: IPv4Address

    public init(agentAddress: IPv4Address, careOfAddress: IPv4Address) {
        self.agentAddress = agentAddress
        self.careOfAddress = careOfAddress
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.agentAddress, a.careOfAddress) < (b.agentAddress, b.careOfAddress)
    }
}

/// A registration as its mobile node sees it, accepted or in progress (`mnRegistrationTable`).
public struct NodeRegistration: Hashable, Sendable, Codable {
    /// Where the request went (`mnRegAgentAddress`).
    public var agentAddress: IPv4Address
    /// The care-of address registered (`mnRegCOA`).
    public var careOfAddress: IPv4Address
    /// The home agent registered with.
    public var homeAgent: IPv4Address
    /// Flags of the request (`mnRegFlags`).
    public var flags: RegistrationFlags
    /// Identification of the request (`mnRegIDLow`, `mnRegIDHigh`).
    public var identification: Identification
    /// Seconds requested and, once accepted, seconds granted; 65535 means it never expires (`mnRegTimeRequested`).
    public var lifetime: UInt16
    /// When the request was last sent (`mnRegTimeSent`).
    public var sent: Timestamp
    /// When the registration ends; nil if it never does or is not accepted (`mnRegTimeRemaining` counts down to it).
    public var expires: Timestamp?
    /// Whether a home agent has accepted it (`mnRegIsAccepted`).
    public var isAccepted: Bool
    /// True for a co-located care-of address of the node itself (`mnCOAIsLocal`).
    public var isCoLocated: Bool
    /// The reverse tunnel requested (`mnRegDeliveryStyle`).
    public var reverseTunnel: ReverseTunnel
    /// Whether the home agent informs the node, which registers without a foreign agent, when it revokes the registration.
    public var revocation = RevocationAgreement.none

    public init(
        agentAddress: IPv4Address, careOfAddress: IPv4Address, homeAgent: IPv4Address, flags: RegistrationFlags,
        identification: Identification, lifetime: UInt16, sent: Timestamp, expires: Timestamp?, isAccepted: Bool,
        isCoLocated: Bool, reverseTunnel: ReverseTunnel
    ) {
        self.agentAddress = agentAddress
        self.careOfAddress = careOfAddress
        self.homeAgent = homeAgent
        self.flags = flags
        self.identification = identification
        self.lifetime = lifetime
        self.sent = sent
        self.expires = expires
        self.isAccepted = isAccepted
        self.isCoLocated = isCoLocated
        self.reverseTunnel = reverseTunnel
    }

    /// Its key in the table.
    public var key: NodeRegistrationKey { NodeRegistrationKey(agentAddress: agentAddress, careOfAddress: careOfAddress) }
}

extension NodeRegistrationKey: Record {
    public static var typeName: String { "NodeRegistrationRemoved" }

    public static var blank: NodeRegistrationKey {
        NodeRegistrationKey(agentAddress: .zero, careOfAddress: .zero)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("agentAddress", &agentAddress)
        try visitor.member("careOfAddress", &careOfAddress)
    }
}

extension NodeRegistration: Record {
    public static var blank: NodeRegistration {
        NodeRegistration(
            agentAddress: .zero, careOfAddress: .zero, homeAgent: .zero, flags: [], identification: Identification(rawValue: 0),
            lifetime: 0, sent: .blank, expires: nil, isAccepted: false, isCoLocated: false, reverseTunnel: .none)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("agentAddress", &agentAddress)
        try visitor.member("careOfAddress", &careOfAddress)
        try visitor.member("homeAgent", &homeAgent)
        try visitor.member("flags", &flags)
        try visitor.member("identification", &identification)
        try visitor.member("lifetime", &lifetime)
        try visitor.member("sent", &sent)
        try visitor.member("expires", &expires)
        try visitor.member("isAccepted", &isAccepted)
        try visitor.member("isCoLocated", &isCoLocated)
        try visitor.member("reverseTunnel", &reverseTunnel)
        try visitor.member("revocation", &revocation, since: 3)
    }
}
