public import JSON
public import MobileIPv4

/// The key of a mobility binding (`haMobilityBindingEntry` INDEX).
public struct BindingKey: Hashable, Sendable, Comparable, Codable {
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// The care-of address.
    public var careOfAddress: IPv4Address

    public init(homeAddress: IPv4Address, careOfAddress: IPv4Address) {
        self.homeAddress = homeAddress
        self.careOfAddress = careOfAddress
    }

    public static func < (a: Self, b: Self) -> Bool {
        (a.homeAddress, a.careOfAddress) < (b.homeAddress, b.careOfAddress)
    }
}

/// One mobility binding of a home agent (RFC 5944 §3.8, `haMobilityBindingTable`).
public struct Binding: Hashable, Sendable, Codable {
    // Members are ordered to avoid padding.

    private var identity: NAIAndService
    /// Identification of the last accepted request (`haMobilityBindingRegIDLow`, `…High`).
    public var identification: Identification
    /// The mobile node's home address (`haMobilityBindingMN`).
    public var homeAddress: IPv4Address
    /// Where the node's datagrams are tunnelled to (`haMobilityBindingCOA`).
    public var careOfAddress: IPv4Address
    /// The address of this home agent that holds the binding (`haMobilityBindingHA`).
    public var homeAgent: IPv4Address
    /// IP source address of the last accepted request (`haMobilityBindingSourceAddress`).
    public var sourceAddress: IPv4Address
    /// SPI of the association that authenticated the last request.
    public var spi: SecurityParameterIndex
    /// Accepted requests after the first one.
    public var renewals: UInt32
    /// Moves of the node from one care-of address to another since it has been served without a gap; the same in all its bindings.
    public var handoffs: UInt32
    /// UDP source port of the last accepted request.
    public var sourcePort: UInt16
    /// Seconds granted; 65535 means it never expires (`haMobilityBindingTimeGranted`).
    public var lifetimeGranted: UInt16
    /// When the binding was first accepted.
    @StoredTimestamp public var created: Timestamp
    /// When it was last accepted.
    @StoredTimestamp public var renewed: Timestamp
    /// When it ends; nil if it never expires (`haMobilityBindingTimeRemaining` counts down to it).
    @StoredOptionalTimestamp public var expires: Timestamp?
    /// Flags of the last accepted request (`haMobilityBindingRegFlags`).
    public var flags: RegistrationFlags
    /// How datagrams are tunnelled to the care-of address.
    public var encapsulation: Encapsulation
    /// The reverse tunnel granted with the last accepted request. A home agent does not learn the delivery style, which is between the
    /// mobile node and its foreign agent: it reports `direct` for every reverse tunnel.
    public var reverseTunnel: ReverseTunnel
    /// Whether the peer, the foreign agent or a node with a co-located care-of address, is informed when the binding is revoked.
    public var revocation = RevocationAgreement.none

    /// A binding with these members; those without a default are of its request and its reply.
    public init(
        homeAddress: IPv4Address, careOfAddress: IPv4Address, homeAgent: IPv4Address, sourceAddress: IPv4Address,
        sourcePort: UInt16, nai: NetworkAccessIdentifier?, flags: RegistrationFlags, identification: Identification,
        lifetimeGranted: UInt16, created: Timestamp, renewed: Timestamp, expires: Timestamp?, renewals: UInt32,
        handoffs: UInt32 = 0,
        encapsulation: Encapsulation, reverseTunnel: ReverseTunnel = .none, spi: SecurityParameterIndex
    ) {
        self.homeAddress = homeAddress
        self.careOfAddress = careOfAddress
        self.homeAgent = homeAgent
        self.sourceAddress = sourceAddress
        self.sourcePort = sourcePort
        identity = NAIAndService(nai)
        self.flags = flags
        self.identification = identification
        self.lifetimeGranted = lifetimeGranted
        self.created = created
        self.renewed = renewed
        self.expires = expires
        self.renewals = renewals
        self.handoffs = handoffs
        self.encapsulation = encapsulation
        self.reverseTunnel = reverseTunnel
        self.spi = spi
    }

    /// The mobile node's NAI, if it sent one (`haMobilityBindingNAI`).
    public var nai: NetworkAccessIdentifier? {
        get { identity.nai }
        set { identity.nai = newValue }
    }

    /// The service that the node has selected, or that it has because it selected none (RFC 5446); nil without one.
    public var service: ServiceIdentifier? {
        get { identity.service }
        set { identity.service = newValue }
    }

    /// Identifies this binding among all others.
    public var key: BindingKey { BindingKey(homeAddress: homeAddress, careOfAddress: careOfAddress) }
}

extension BindingKey: Record {
    public static var typeName: String { "BindingRemoved" }

    public static var blank: BindingKey { BindingKey(homeAddress: .zero, careOfAddress: .zero) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("careOfAddress", &careOfAddress)
    }
}

extension Binding: Record {
    public static var blank: Binding {
        Binding(
            homeAddress: .zero, careOfAddress: .zero, homeAgent: .zero, sourceAddress: .zero, sourcePort: 0, nai: nil, flags: [],
            identification: Identification(rawValue: 0), lifetimeGranted: 0, created: .blank, renewed: .blank, expires: nil,
            renewals: 0, encapsulation: .ipInIp, spi: .blank)
    }

    @inlinable public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("careOfAddress", &careOfAddress)
        try visitor.member("homeAgent", &homeAgent)
        try visitor.member("sourceAddress", &sourceAddress)
        try visitor.member("sourcePort", &sourcePort)
        try visitor.member("nai", &nai)
        try visitor.member("flags", &flags)
        try visitor.member("identification", &identification)
        try visitor.member("lifetimeGranted", &lifetimeGranted)
        try visitor.member("created", &created)
        try visitor.member("renewed", &renewed)
        try visitor.member("expires", &expires)
        try visitor.member("renewals", &renewals)
        try visitor.member("handoffs", &handoffs)
        try visitor.member("encapsulation", &encapsulation)
        try visitor.member("reverseTunnel", &reverseTunnel)
        try visitor.member("spi", &spi)
        try visitor.member("revocation", &revocation, since: 3)
        try visitor.member("service", &service, since: 3)
    }
}
