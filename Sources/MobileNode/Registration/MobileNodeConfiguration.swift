public import AgentModel
public import MobileIPv4

/// What a mobile node knows before it registers.
public struct MobileNodeConfiguration: Sendable {
    /// 0.0.0.0 asks the home agent for one; then `nai` is needed (RFC 2794).
    public var homeAddress: IPv4Address
    /// The home agent's address and UDP port.
    public var homeAgent: TransportEndpoint
    /// Where requests go instead of the home agent; nil registers directly.
    public var foreignAgent: TransportEndpoint?
    /// The care-of address to register.
    public var careOfAddress: IPv4Address
    /// The NAI sent with each request (RFC 2794); nil for none.
    public var nai: NetworkAccessIdentifier?
    /// SPI of the association with the home agent.
    public var spi: SecurityParameterIndex
    /// Key of that association.
    public var key: AuthenticationKey
    /// How its authenticators are computed.
    public var algorithm = AuthenticationAlgorithm.hmacMD5
    /// How it tells replays.
    public var replayMethod = ReplayMethod.timestamps
    /// Seconds asked for, at least 1; 65535 asks for no end.
    public var lifetime: UInt16 = 1800
    /// Flags of requests. T may be left to `reverseTunnel`.
    public var flags: RegistrationFlags = []
    /// The reverse tunnel asked for (RFC 3024); with `none` the T flag of `flags` still asks for a direct one.
    public var reverseTunnel = ReverseTunnel.none
    /// Whether the node asks again for what an agent can do or wants when it is denied for its reverse tunnel (74, 75, 79, 137, 138).
    public var adaptsReverseTunnel = false
    /// What the node shares with its foreign agent: requests through one are signed with it, replies must be. Nil for nothing.
    public var mobileForeign: NodeAssociation?
    /// What the node shares with its AAA server: requests that answer a challenge carry an MN-AAA extension made with it, with SPI 2 in the
    /// manner of CHAP (RFC 4721). Nil for nothing.
    public var authenticationServer: NodeAssociation?
    /// Other home agents the node knows, beside `homeAgent` (`mnHATable`).
    public var otherHomeAgents: [IPv4Address] = []
    /// The home network. Requests to its directed broadcast address look for a home agent, and the first that answers (136) is asked next.
    public var homeNetwork: IPv4Prefix?
    /// Vendor extensions sent with each request (RFC 3115).
    public var vendorExtensions: [NodeVendorExtension] = []
    /// Vendor extensions that are taken for known in replies; a reply with another critical one is dropped.
    public var knownVendorExtensions: Set<VendorExtensionKind> = []
    /// Requests sent before giving up, retransmissions included, at least 1.
    public var tries = 5

    public init(
        homeAddress: IPv4Address, homeAgent: TransportEndpoint, foreignAgent: TransportEndpoint? = nil,
        careOfAddress: IPv4Address, nai: NetworkAccessIdentifier? = nil, spi: SecurityParameterIndex, key: AuthenticationKey
    ) {
        self.homeAddress = homeAddress
        self.homeAgent = homeAgent
        self.foreignAgent = foreignAgent
        self.careOfAddress = careOfAddress
        self.nai = nai
        self.spi = spi
        self.key = key
    }
}
