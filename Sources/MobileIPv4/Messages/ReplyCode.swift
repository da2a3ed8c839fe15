/// The Code field of a Registration Reply (IANA "Mobile IPv4 Numbers"). Any octet is a value; `label` names the assigned ones.
public struct ReplyCode: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// Codes 0 to 8: the registration stands.
    public var isAccepted: Bool { rawValue <= 8 }
    /// Codes 64 to 127: denied by the foreign agent.
    public var isDeniedByForeignAgent: Bool { (64...127).contains(rawValue) }
    /// Codes 128 to 192: denied by the home agent.
    public var isDeniedByHomeAgent: Bool { (128...192).contains(rawValue) }

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

extension ReplyCode: CustomStringConvertible {
    /// What the code means, in words; nil when IANA has not assigned it.
    public var meaning: String? { Self.assigned[rawValue]?.meaning }

    /// The name of the code in this project's vocabulary, for example `haIdentificationMismatch`; `code<N>` when unassigned.
    public var label: String { Self.assigned[rawValue]?.label ?? "code\(rawValue)" }

    /// For example `133 registration identification mismatch`.
    public var description: String { "\(rawValue) \(meaning ?? "unassigned")" }

    /// Every assigned code, in ascending order.
    public static let allAssigned: [ReplyCode] = assigned.keys.sorted().map(ReplyCode.init)

    private static let assigned: [UInt8: (label: String, meaning: String)] = [
        0: ("accepted", "registration accepted"),
        1: ("acceptedSimultaneousBindingsUnsupported", "accepted, but simultaneous mobility bindings unsupported"),
        2: ("concurrentRegistration", "concurrent registration (pre-accept)"),
        64: ("faReasonUnspecified", "reason unspecified (foreign agent)"),
        65: ("faAdministrativelyProhibited", "administratively prohibited (foreign agent)"),
        66: ("faInsufficientResources", "insufficient resources (foreign agent)"),
        67: ("faMobileNodeFailedAuthentication", "mobile node failed authentication (foreign agent)"),
        68: ("faHomeAgentFailedAuthentication", "home agent failed authentication (foreign agent)"),
        69: ("faRequestedLifetimeTooLong", "requested lifetime too long"),
        70: ("faPoorlyFormedRequest", "poorly formed request (foreign agent)"),
        71: ("faPoorlyFormedReply", "poorly formed reply"),
        72: ("faEncapsulationUnavailable", "requested encapsulation unavailable (foreign agent)"),
        73: ("faVJCompressionUnavailable", "Van Jacobson compression unavailable"),
        74: ("faReverseTunnelUnavailable", "requested reverse tunnel unavailable (foreign agent)"),
        75: ("faReverseTunnelMandatory", "reverse tunnel is mandatory and T bit not set (foreign agent)"),
        76: ("faMobileNodeTooDistant", "mobile node too distant"),
        77: ("faInvalidCareOfAddress", "invalid care-of address"),
        78: ("faRegistrationTimeout", "registration timeout"),
        79: ("faDeliveryStyleUnsupported", "delivery style not supported"),
        80: ("faHomeNetworkUnreachable", "home network unreachable (ICMP error received)"),
        81: ("faHomeAgentHostUnreachable", "home agent host unreachable (ICMP error received)"),
        82: ("faHomeAgentPortUnreachable", "home agent port unreachable (ICMP error received)"),
        88: ("faHomeAgentUnreachable", "home agent unreachable (other ICMP error received)"),
        89: ("faVendorSpecific", "vendor-specific reason"),
        90: ("faNonZeroHomeAgentAddressRequired", "non-zero home agent address required"),
        96: ("faNonZeroHomeAddressRequired", "non-zero home address required"),
        97: ("faMissingNAI", "missing NAI"),
        98: ("faMissingHomeAgent", "missing home agent"),
        99: ("faMissingHomeAddress", "missing home address"),
        100: ("faUnsupportedCVSEFromMobileNode", "critical vendor extension from the mobile node unsupported (foreign agent)"),
        101: ("faUnsupportedCVSEFromHomeAgent", "critical vendor extension from the home agent unsupported"),
        104: ("faUnknownChallenge", "unknown challenge"),
        105: ("faMissingChallenge", "missing challenge"),
        106: ("faStaleChallenge", "stale challenge"),
        107: ("faMissingMobileForeignKey", "missing mobile-foreign key (MISSING_MN_FA)"),
        108: ("faBadAAAAuthentication", "bad MN-AAA authentication (foreign agent)"),
        109: ("faHomeAgentWrongChallenge", "wrong challenge from the home agent"),
        110: ("faReplayProtectionUnavailable", "replay protection unavailable"),
        111: ("faZeroCareOfAddressUnsupported", "zero care-of address unsupported"),
        112: ("faUnknownGFA", "unknown gateway foreign agent"),
        113: ("faGFAUnreachable", "gateway foreign agent unreachable"),
        114: ("faGFAHostUnreachable", "gateway foreign agent host unreachable"),
        115: ("faGFAPortUnreachable", "gateway foreign agent port unreachable"),
        116: ("faInvalidHomeAgentAddress", "invalid home agent address"),
        127: ("faExperimental", "experimental (foreign agent)"),
        128: ("haReasonUnspecified", "reason unspecified (home agent)"),
        129: ("haAdministrativelyProhibited", "administratively prohibited (home agent)"),
        130: ("haInsufficientResources", "insufficient resources (home agent)"),
        131: ("haMobileNodeFailedAuthentication", "mobile node failed authentication (home agent)"),
        132: ("haForeignAgentFailedAuthentication", "foreign agent failed authentication"),
        133: ("haIdentificationMismatch", "registration identification mismatch"),
        134: ("haPoorlyFormedRequest", "poorly formed request (home agent)"),
        135: ("haTooManySimultaneousBindings", "too many simultaneous mobility bindings"),
        136: ("haUnknownHomeAgentAddress", "unknown home agent address"),
        137: ("haReverseTunnelUnavailable", "requested reverse tunnel unavailable (home agent)"),
        138: ("haReverseTunnelMandatory", "reverse tunnel is mandatory and T bit not set (home agent)"),
        139: ("haEncapsulationUnavailable", "requested encapsulation unavailable (home agent)"),
        140: ("haUnsupportedCVSEFromMobileNode", "critical vendor extension from the mobile node unsupported (home agent)"),
        141: ("haUnsupportedCVSEFromForeignAgent", "critical vendor extension from the foreign agent unsupported"),
        142: ("haUDPEncapsulationUnavailable", "UDP encapsulation unavailable"),
        143: ("haRedirected", "register with the redirected home agent"),
        144: ("haBadAAAAuthentication", "bad MN-AAA authentication (home agent)"),
        145: ("haZeroCareOfAddress", "zero care-of address"),
        146: ("haDynamicGFAUnsupported", "dynamic gateway foreign agent unsupported"),
        147: ("haMobileNetworkError", "mobile network error"),
        148: ("haMobileNetworkDisallowed", "mobile network disallowed"),
        149: ("haProxyMobileIPUnsupported", "proxy Mobile IP unsupported"),
        150: ("haProxyMobileIPDisallowed", "proxy Mobile IP disallowed"),
        151: ("haServiceAuthorizationFailed", "service authorization failed"),
        152: ("haMultipathNotAllowed", "multipath not allowed"),
        153: ("haInvalidFlowBindingIdentifier", "invalid flow binding identifier"),
        192: ("haExperimental", "experimental (home agent)"),
        193: ("gfaNoHomeRegistration", "no home registration (gateway foreign agent)"),
        194: ("reserved194", "reserved; the text of RFC 5944 prints 194 for code 116"),
        201: ("cnExpiredHomeNonceIndex", "expired home nonce index"),
        202: ("cnExpiredCareOfNonceIndex", "expired care-of nonce index"),
        203: ("cnExpiredNonces", "expired nonces"),
    ]
}
