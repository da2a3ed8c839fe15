public import JSON
public import MobileIPv4

/// The key of a visitor list entry. RFC 2006 orders visitors by the source address of their request; the identity makes rows unique where
/// several visitors share one (0.0.0.0 before an address is assigned).
public struct VisitorKey: Hashable, Sendable, Comparable, Codable {
    /// IP source address of the request.
    public var sourceAddress: IPv4Address
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// The mobile node's NAI, if it is known by one.
    public var nai: NetworkAccessIdentifier?

    public init(sourceAddress: IPv4Address, homeAddress: IPv4Address, nai: NetworkAccessIdentifier?) {
        self.sourceAddress = sourceAddress
        self.homeAddress = homeAddress
        self.nai = nai
    }

    public static func < (a: Self, b: Self) -> Bool {
        if (a.sourceAddress, a.homeAddress) != (b.sourceAddress, b.homeAddress) {
            return (a.sourceAddress, a.homeAddress) < (b.sourceAddress, b.homeAddress)
        }
        switch (a.nai, b.nai) {
        case (let a?, let b?): return a < b
        case (nil, .some): return true
        default: return false
        }
    }
}

/// Whether the home agent has answered (`faVisitorRegIsAccepted`).
public enum VisitorState: String, Hashable, Sendable, CaseIterable, Codable {
    case pending, accepted
}

/// One entry of a foreign agent's visitor list (RFC 5944 §3.7.1, `faVisitorTable`).
public struct Visitor: Hashable, Sendable, Codable {
    // Members are ordered to avoid padding.

    private var identity: NAIAndService
    /// Identification of the request (`faVisitorRegIDLow`, `…High`).
    public var identification: Identification
    /// IP source address of the request (`faVisitorIPAddress`).
    public var sourceAddress: IPv4Address
    /// The home address (`faVisitorHomeAddress`); 0.0.0.0 until one is assigned.
    public var homeAddress: IPv4Address
    /// The home agent (`faVisitorHomeAgentAddress`).
    public var homeAgent: IPv4Address
    /// The care-of address of this foreign agent used by the visitor.
    public var careOfAddress: IPv4Address
    /// UDP source port of the request.
    public var sourcePort: UInt16
    /// Seconds requested.
    public var lifetimeRequested: UInt16
    /// Seconds granted; 0 while pending, 65535 means it never expires (`faVisitorTimeGranted`).
    public var lifetimeGranted: UInt16
    /// When the visitor's first request was relayed.
    @StoredTimestamp public var created: Timestamp
    /// When the visit, or the wait for the home agent, ends; nil if it never expires (`faVisitorTimeRemaining`).
    @StoredOptionalTimestamp public var expires: Timestamp?
    /// Flags of the request (`faVisitorRegFlags`).
    public var flags: RegistrationFlags
    /// The reverse tunnel requested and, once accepted, the one granted (`faRegVisitorDeliveryStyle`).
    public var reverseTunnel: ReverseTunnel
    /// Whether the home agent has answered.
    public var state: VisitorState
    /// Whether the home agent is informed when the visit is revoked, and informs this agent.
    public var revocation = RevocationAgreement.none

    /// A visitor with these members; those without a default are of its request.
    public init(
        sourceAddress: IPv4Address, sourcePort: UInt16, homeAddress: IPv4Address, homeAgent: IPv4Address,
        careOfAddress: IPv4Address, nai: NetworkAccessIdentifier?, flags: RegistrationFlags,
        reverseTunnel: ReverseTunnel = .none, identification: Identification, state: VisitorState, lifetimeRequested: UInt16,
        lifetimeGranted: UInt16,
        created: Timestamp, expires: Timestamp?
    ) {
        self.sourceAddress = sourceAddress
        self.sourcePort = sourcePort
        self.homeAddress = homeAddress
        self.homeAgent = homeAgent
        self.careOfAddress = careOfAddress
        identity = NAIAndService(nai)
        self.flags = flags
        self.reverseTunnel = reverseTunnel
        self.identification = identification
        self.state = state
        self.lifetimeRequested = lifetimeRequested
        self.lifetimeGranted = lifetimeGranted
        self.created = created
        self.expires = expires
    }

    /// The mobile node's NAI, if it sent one.
    public var nai: NetworkAccessIdentifier? {
        get { identity.nai }
        set { identity.nai = newValue }
    }

    /// The service that the node has selected, or that this foreign agent has added (RFC 5446); nil without one.
    public var service: ServiceIdentifier? {
        get { identity.service }
        set { identity.service = newValue }
    }

    /// Identifies this visitor among all others.
    public var key: VisitorKey { VisitorKey(sourceAddress: sourceAddress, homeAddress: homeAddress, nai: nai) }
}

extension VisitorKey: Record {
    public static var typeName: String { "VisitorRemoved" }

    public static var blank: VisitorKey { VisitorKey(sourceAddress: .zero, homeAddress: .zero, nai: nil) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("sourceAddress", &sourceAddress)
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("nai", &nai)
    }
}

extension Visitor: Record {
    public static var blank: Visitor {
        Visitor(
            sourceAddress: .zero, sourcePort: 0, homeAddress: .zero, homeAgent: .zero, careOfAddress: .zero, nai: nil, flags: [],
            identification: Identification(rawValue: 0), state: .pending, lifetimeRequested: 0, lifetimeGranted: 0,
            created: .blank, expires: nil)
    }

    @inlinable public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("sourceAddress", &sourceAddress)
        try visitor.member("sourcePort", &sourcePort)
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("homeAgent", &homeAgent)
        try visitor.member("careOfAddress", &careOfAddress)
        try visitor.member("nai", &nai)
        try visitor.member("flags", &flags)
        try visitor.member("reverseTunnel", &reverseTunnel)
        try visitor.member("identification", &identification)
        try visitor.member("state", &state)
        try visitor.member("lifetimeRequested", &lifetimeRequested)
        try visitor.member("lifetimeGranted", &lifetimeGranted)
        try visitor.member("created", &created)
        try visitor.member("expires", &expires)
        try visitor.member("revocation", &revocation, since: 3)
        try visitor.member("service", &service, since: 3)
    }
}
