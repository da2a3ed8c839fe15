public import AgentModel
public import MobileIPv4

/// What a mobile node knows before it registers.
public struct MobileNodeConfiguration: Sendable {
    /// 0.0.0.0 requests an address from the home agent; `nai` is then required (RFC 2794).
    public var homeAddress: IPv4Address
    /// The home agent's address and UDP port. With 0.0.0.0 or 255.255.255.255, the node registers with any home agent (RFC 4433);
    /// `nai` is then required.
    public var homeAgent: TransportEndpoint
    /// Where requests are sent instead of to the home agent; nil registers directly.
    public var foreignAgent: TransportEndpoint?
    /// The care-of address to register.
    public var careOfAddress: IPv4Address
    /// The NAI sent with each request (RFC 2794); nil for none.
    public var nai: NetworkAccessIdentifier?
    /// SPI of the association with the home agent.
    public var spi: SecurityParameterIndex
    /// Key of that association.
    public var key: AuthenticationKey
    /// How authenticators of that association are computed.
    public var algorithm = AuthenticationAlgorithm.hmacMD5
    /// How replays are detected.
    public var replayMethod = ReplayMethod.timestamps
    /// The requested lifetime in seconds, at least 1; 65535 requests no end.
    public var lifetime: UInt16 = 1800
    /// Flags of requests. T can be left to `reverseTunnel`.
    public var flags: RegistrationFlags = []
    /// The reverse tunnel to request (RFC 3024); with `none`, the T flag of `flags` still requests a direct one.
    public var reverseTunnel = ReverseTunnel.none
    /// Whether a node that is denied because of its reverse tunnel (74, 75, 79, 137, 138) tries again with what the agent supports or
    /// requires.
    public var adaptsReverseTunnel = false
    /// The association with the foreign agent: requests through a foreign agent are signed with it, and replies must be signed with it. Nil
    /// for none.
    public var mobileForeign: NodeAssociation?
    /// The association with the AAA server: requests that answer a challenge carry an MN-AAA extension made with it, in CHAP style with SPI
    /// 2 (RFC 4721). Nil for none.
    public var authenticationServer: NodeAssociation?
    /// Other home agents that the node knows, in addition to `homeAgent` (`mnHATable`).
    public var otherHomeAgents: [IPv4Address] = []
    /// The home network. Requests to its directed broadcast address discover a home agent; the first that answers (136) is asked next.
    public var homeNetwork: IPv4Prefix?
    /// Vendor extensions sent with each request (RFC 3115).
    public var vendorExtensions: [NodeVendorExtension] = []
    /// Vendor extensions in replies that are accepted as known; a reply with another critical one is dropped.
    public var knownVendorExtensions: Set<VendorExtensionKind> = []
    /// The agreement about revocations that a node without a foreign agent offers its home agent (RFC 3543 §3.2). Its owner then passes it
    /// what arrives at the port of the protocol.
    public var revocationOffer = RevocationAgreement.none
    /// How the node sends and receives notifications (RFC 6098), and how often it sends them again. What it says about
    /// revocations depends on `revocationOffer` alone.
    public var signalling = SignallingPolicy()
    /// How long in milliseconds an error of the foreign agent that nobody signed is doubted: an acceptance without an error that
    /// arrives in this time is used (RFC 4636 §8). 0 believes errors at once.
    public var foreignAgentErrorWait: UInt32 = 1000
    /// The home agent that a node asks first that registers with any; nil for none. Without a foreign agent, the node sends its
    /// requests there.
    public var homeAgentHint: IPv4Address?
    /// Where a node may register that registers with any home agent; empty for everywhere.
    public var allowedHomeAgents: [IPv4Prefix] = []
    /// The home agent that such a node addresses if requests for any home agent are not answered or refused by a foreign agent
    /// (70, 90). Nil for the one that it asked for, if any.
    public var fallbackHomeAgent: IPv4Address?
    /// The identity of the home agent that the node wishes (RFC 3846); nil for none.
    public var homeAgentIdentity: NetworkAccessIdentifier?
    /// Whether the node asks its home agent for host configuration (RFC 4332).
    public var asksForHostConfiguration = false
    /// The service to register for (RFC 5446); nil for the home agent's default.
    public var service: ServiceIdentifier?
    /// Experimental extensions sent with each request if `discovery` permits it (RFC 4064). Those in replies that have the type
    /// and the Sub-Type of one of them are accepted as known; a reply with another one that must not be skipped is dropped.
    public var experimentalExtensions: [NodeExperimentalExtension] = []
    /// Which of these services the node uses.
    public var discovery = DiscoveryPolicy()
    /// How many requests are sent before giving up, retransmissions included, at least 1.
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
