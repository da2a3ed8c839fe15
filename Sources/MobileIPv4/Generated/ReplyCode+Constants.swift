// Written by scripts/generate-reply-codes from ReplyCodeDeclaration.swift; edit that file instead.

extension ReplyCode {
    /// Registration accepted (RFC 5944).
    public static let accepted = ReplyCode(rawValue: 0)
    /// Accepted, but simultaneous mobility bindings unsupported (RFC 5944).
    public static let acceptedSimultaneousBindingsUnsupported = ReplyCode(rawValue: 1)
    /// Concurrent registration (pre-accept) (RFC 6521).
    public static let concurrentRegistration = ReplyCode(rawValue: 2)
    /// Reason unspecified (foreign agent) (RFC 5944).
    public static let faReasonUnspecified = ReplyCode(rawValue: 64)
    /// Administratively prohibited (foreign agent) (RFC 5944).
    public static let faAdministrativelyProhibited = ReplyCode(rawValue: 65)
    /// Insufficient resources (foreign agent) (RFC 5944).
    public static let faInsufficientResources = ReplyCode(rawValue: 66)
    /// Mobile node failed authentication (foreign agent) (RFC 5944).
    public static let faMobileNodeFailedAuthentication = ReplyCode(rawValue: 67)
    /// Home agent failed authentication (foreign agent) (RFC 5944).
    public static let faHomeAgentFailedAuthentication = ReplyCode(rawValue: 68)
    /// Requested lifetime too long (RFC 5944).
    public static let faRequestedLifetimeTooLong = ReplyCode(rawValue: 69)
    /// Poorly formed request (foreign agent) (RFC 5944).
    public static let faPoorlyFormedRequest = ReplyCode(rawValue: 70)
    /// Poorly formed reply (RFC 5944).
    public static let faPoorlyFormedReply = ReplyCode(rawValue: 71)
    /// Requested encapsulation unavailable (foreign agent) (RFC 5944).
    public static let faEncapsulationUnavailable = ReplyCode(rawValue: 72)
    /// Van Jacobson compression unavailable (RFC 2002).
    public static let faVJCompressionUnavailable = ReplyCode(rawValue: 73)
    /// Requested reverse tunnel unavailable (foreign agent) (RFC 3024).
    public static let faReverseTunnelUnavailable = ReplyCode(rawValue: 74)
    /// Reverse tunnel is mandatory and T bit not set (foreign agent) (RFC 3024).
    public static let faReverseTunnelMandatory = ReplyCode(rawValue: 75)
    /// Mobile node too distant (RFC 3024).
    public static let faMobileNodeTooDistant = ReplyCode(rawValue: 76)
    /// Invalid care-of address (RFC 5944).
    public static let faInvalidCareOfAddress = ReplyCode(rawValue: 77)
    /// Registration timeout (RFC 5944).
    public static let faRegistrationTimeout = ReplyCode(rawValue: 78)
    /// Delivery style not supported (RFC 3024).
    public static let faDeliveryStyleUnsupported = ReplyCode(rawValue: 79)
    /// Home network unreachable (ICMP error received) (RFC 5944).
    public static let faHomeNetworkUnreachable = ReplyCode(rawValue: 80)
    /// Home agent host unreachable (ICMP error received) (RFC 5944).
    public static let faHomeAgentHostUnreachable = ReplyCode(rawValue: 81)
    /// Home agent port unreachable (ICMP error received) (RFC 5944).
    public static let faHomeAgentPortUnreachable = ReplyCode(rawValue: 82)
    /// Home agent unreachable (other ICMP error received) (RFC 5944).
    public static let faHomeAgentUnreachable = ReplyCode(rawValue: 88)
    /// Vendor-specific reason (IANA).
    public static let faVendorSpecific = ReplyCode(rawValue: 89)
    /// Non-zero home agent address required (RFC 4433).
    public static let faNonZeroHomeAgentAddressRequired = ReplyCode(rawValue: 90)
    /// Non-zero home address required (RFC 2794).
    public static let faNonZeroHomeAddressRequired = ReplyCode(rawValue: 96)
    /// Missing NAI (RFC 2794).
    public static let faMissingNAI = ReplyCode(rawValue: 97)
    /// Missing home agent (RFC 2794).
    public static let faMissingHomeAgent = ReplyCode(rawValue: 98)
    /// Missing home address (RFC 2794).
    public static let faMissingHomeAddress = ReplyCode(rawValue: 99)
    /// Critical vendor extension from the mobile node unsupported (foreign agent) (RFC 3115).
    public static let faUnsupportedCVSEFromMobileNode = ReplyCode(rawValue: 100)
    /// Critical vendor extension from the home agent unsupported (RFC 3115).
    public static let faUnsupportedCVSEFromHomeAgent = ReplyCode(rawValue: 101)
    /// Unknown challenge (RFC 4721).
    public static let faUnknownChallenge = ReplyCode(rawValue: 104)
    /// Missing challenge (RFC 4721).
    public static let faMissingChallenge = ReplyCode(rawValue: 105)
    /// Stale challenge (RFC 4721).
    public static let faStaleChallenge = ReplyCode(rawValue: 106)
    /// Missing mobile-foreign key (MISSING_MN_FA) (RFC 3957).
    public static let faMissingMobileForeignKey = ReplyCode(rawValue: 107)
    /// Bad MN-AAA authentication (foreign agent) (RFC 4721).
    public static let faBadAAAAuthentication = ReplyCode(rawValue: 108)
    /// Wrong challenge from the home agent (RFC 4721).
    public static let faHomeAgentWrongChallenge = ReplyCode(rawValue: 109)
    /// Replay protection unavailable (RFC 4857).
    public static let faReplayProtectionUnavailable = ReplyCode(rawValue: 110)
    /// Zero care-of address unsupported (RFC 4857).
    public static let faZeroCareOfAddressUnsupported = ReplyCode(rawValue: 111)
    /// Unknown gateway foreign agent (RFC 4857).
    public static let faUnknownGFA = ReplyCode(rawValue: 112)
    /// Gateway foreign agent unreachable (RFC 4857).
    public static let faGFAUnreachable = ReplyCode(rawValue: 113)
    /// Gateway foreign agent host unreachable (RFC 4857).
    public static let faGFAHostUnreachable = ReplyCode(rawValue: 114)
    /// Gateway foreign agent port unreachable (RFC 4857).
    public static let faGFAPortUnreachable = ReplyCode(rawValue: 115)
    /// Invalid home agent address (RFC 5944).
    public static let faInvalidHomeAgentAddress = ReplyCode(rawValue: 116)
    /// Experimental (foreign agent) (RFC 4064).
    public static let faExperimental = ReplyCode(rawValue: 127)
    /// Reason unspecified (home agent) (RFC 5944).
    public static let haReasonUnspecified = ReplyCode(rawValue: 128)
    /// Administratively prohibited (home agent) (RFC 5944).
    public static let haAdministrativelyProhibited = ReplyCode(rawValue: 129)
    /// Insufficient resources (home agent) (RFC 5944).
    public static let haInsufficientResources = ReplyCode(rawValue: 130)
    /// Mobile node failed authentication (home agent) (RFC 5944).
    public static let haMobileNodeFailedAuthentication = ReplyCode(rawValue: 131)
    /// Foreign agent failed authentication (RFC 5944).
    public static let haForeignAgentFailedAuthentication = ReplyCode(rawValue: 132)
    /// Registration identification mismatch (RFC 5944).
    public static let haIdentificationMismatch = ReplyCode(rawValue: 133)
    /// Poorly formed request (home agent) (RFC 5944).
    public static let haPoorlyFormedRequest = ReplyCode(rawValue: 134)
    /// Too many simultaneous mobility bindings (RFC 5944).
    public static let haTooManySimultaneousBindings = ReplyCode(rawValue: 135)
    /// Unknown home agent address (RFC 5944).
    public static let haUnknownHomeAgentAddress = ReplyCode(rawValue: 136)
    /// Requested reverse tunnel unavailable (home agent) (RFC 3024).
    public static let haReverseTunnelUnavailable = ReplyCode(rawValue: 137)
    /// Reverse tunnel is mandatory and T bit not set (home agent) (RFC 3024).
    public static let haReverseTunnelMandatory = ReplyCode(rawValue: 138)
    /// Requested encapsulation unavailable (home agent) (RFC 3024).
    public static let haEncapsulationUnavailable = ReplyCode(rawValue: 139)
    /// Critical vendor extension from the mobile node unsupported (home agent) (RFC 3115).
    public static let haUnsupportedCVSEFromMobileNode = ReplyCode(rawValue: 140)
    /// Critical vendor extension from the foreign agent unsupported (RFC 3115).
    public static let haUnsupportedCVSEFromForeignAgent = ReplyCode(rawValue: 141)
    /// UDP encapsulation unavailable (RFC 3519).
    public static let haUDPEncapsulationUnavailable = ReplyCode(rawValue: 142)
    /// Register with the redirected home agent (RFC 4433).
    public static let haRedirected = ReplyCode(rawValue: 143)
    /// Bad MN-AAA authentication (home agent) (RFC 4721).
    public static let haBadAAAAuthentication = ReplyCode(rawValue: 144)
    /// Zero care-of address (RFC 4857).
    public static let haZeroCareOfAddress = ReplyCode(rawValue: 145)
    /// Dynamic gateway foreign agent unsupported (RFC 4857).
    public static let haDynamicGFAUnsupported = ReplyCode(rawValue: 146)
    /// Mobile network error (RFC 5177).
    public static let haMobileNetworkError = ReplyCode(rawValue: 147)
    /// Mobile network disallowed (RFC 5177).
    public static let haMobileNetworkDisallowed = ReplyCode(rawValue: 148)
    /// Proxy Mobile IP unsupported (RFC 5563).
    public static let haProxyMobileIPUnsupported = ReplyCode(rawValue: 149)
    /// Proxy Mobile IP disallowed (RFC 5563).
    public static let haProxyMobileIPDisallowed = ReplyCode(rawValue: 150)
    /// Service authorization failed (RFC 5446).
    public static let haServiceAuthorizationFailed = ReplyCode(rawValue: 151)
    /// Multipath not allowed (RFC 7629).
    public static let haMultipathNotAllowed = ReplyCode(rawValue: 152)
    /// Invalid flow binding identifier (RFC 7629).
    public static let haInvalidFlowBindingIdentifier = ReplyCode(rawValue: 153)
    /// Experimental (home agent) (RFC 4064).
    public static let haExperimental = ReplyCode(rawValue: 192)
    /// No home registration (gateway foreign agent) (RFC 4857).
    public static let gfaNoHomeRegistration = ReplyCode(rawValue: 193)
    /// Reserved; the text of RFC 5944 prints 194 for code 116 (IANA).
    public static let reserved194 = ReplyCode(rawValue: 194)
    /// Expired home nonce index (RFC 6521).
    public static let cnExpiredHomeNonceIndex = ReplyCode(rawValue: 201)
    /// Expired care-of nonce index (RFC 6521).
    public static let cnExpiredCareOfNonceIndex = ReplyCode(rawValue: 202)
    /// Expired nonces (RFC 6521).
    public static let cnExpiredNonces = ReplyCode(rawValue: 203)
}
