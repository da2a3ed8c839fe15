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
    /// Flags of requests.
    public var flags: RegistrationFlags = []
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
