/// One extension as a typed value: every type whose layout is known here, the rest as octets.
///
/// Reserved fields are sent as 0 and ignored on reception, so that decoding and encoding again gives the same octets wherever the
/// sender kept them 0. Extensions in an order and a number of times their RFCs forbid are the concern of the agents.
public enum MobileIPExtension: Hashable, Sendable {
    case mobileHomeAuthentication(AuthenticationData)
    case mobileForeignAuthentication(AuthenticationData)
    case foreignHomeAuthentication(AuthenticationData)
    case generalizedAuthentication(GeneralizedAuthenticationSubtype, AuthenticationData)
    case criticalVendorSpecific(VendorSpecific)
    case normalVendorSpecific(VendorSpecific)
    case mobileForeignKeyRequest(KeyGenerationRequest)
    case mobileForeignKeyReply(KeyGenerationReply)
    case mobileHomeKeyRequest(KeyGenerationRequest)
    case mobileHomeKeyReply(KeyGenerationReply)
    case udpTunnelRequest(UDPTunnelRequest)
    case udpTunnelReply(UDPTunnelReply)
    /// Why a foreign agent could not process a reply that it passed on (RFC 4636).
    case foreignAgentError(ReplyCode)
    case gatewayForeignAgent(IPv4Address)
    /// Sub-Type 1 names the authentication method: 1 FA-HA, 2 IPsec (RFC 5563).
    case proxyNonSkippable(SubtypedParameter)
    /// Key 0 from a foreign agent asks the home agent for keys of both directions (RFC 6245).
    case greKey(UInt32)
    case encapsulatingDeliveryStyle
    case mobileNodeNAI(NetworkAccessIdentifier)
    /// At least 4 octets.
    case challenge([UInt8])
    case naiCarrying(NAICarrying)
    case revocationSupport(RevocationSupport)
    case dynamicHomeAgent(DynamicHomeAgent)
    case hierarchicalForeignAgent(IPv4Address)
    case replayProtectionStyle(ReplayProtectionStyle)
    /// Seconds.
    case regionalLifetime(UInt32)
    case messageString(MessageString)
    /// Sub-Type 1 interface identifier, 2 device identifier, 3 subscriber identifier, 4 access technology (RFC 5563).
    case proxySkippable(SubtypedParameter)
    case mobileNetwork(MobileNetwork)
    /// Sub-Type 1 IPv6 prefix request, 2 its reply, 3 tunneling mode (RFC 5454).
    case dualStack(SubtypedParameter)
    /// Any other type, read in the short form.
    case unknown(ExtensionType, [UInt8])

    /// The fewest octets of a challenge (RFC 4721 §4).
    public static let minimumChallengeLength = 4

    /// The type octet it travels with.
    public var type: ExtensionType {
        switch self {
        case .mobileHomeAuthentication: .mobileHomeAuthentication
        case .mobileForeignAuthentication: .mobileForeignAuthentication
        case .foreignHomeAuthentication: .foreignHomeAuthentication
        case .generalizedAuthentication: .generalizedAuthentication
        case .criticalVendorSpecific: .criticalVendorSpecific
        case .normalVendorSpecific: .normalVendorSpecific
        case .mobileForeignKeyRequest: .mobileForeignKeyRequest
        case .mobileForeignKeyReply: .mobileForeignKeyReply
        case .mobileHomeKeyRequest: .mobileHomeKeyRequest
        case .mobileHomeKeyReply: .mobileHomeKeyReply
        case .udpTunnelRequest: .udpTunnelRequest
        case .udpTunnelReply: .udpTunnelReply
        case .foreignAgentError: .foreignAgentError
        case .gatewayForeignAgent: .gatewayForeignAgent
        case .proxyNonSkippable: .proxyNonSkippable
        case .greKey: .greKey
        case .encapsulatingDeliveryStyle: .encapsulatingDeliveryStyle
        case .mobileNodeNAI: .mobileNodeNAI
        case .challenge: .challenge
        case .naiCarrying: .naiCarrying
        case .revocationSupport: .revocationSupport
        case .dynamicHomeAgent: .dynamicHomeAgent
        case .hierarchicalForeignAgent: .hierarchicalForeignAgent
        case .replayProtectionStyle: .replayProtectionStyle
        case .regionalLifetime: .regionalLifetime
        case .messageString: .messageString
        case .proxySkippable: .proxySkippable
        case .mobileNetwork: .mobileNetwork
        case .dualStack: .dualStack
        case .unknown(let type, _): type
        }
    }
}
