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

    /// Who gives a code of the registry. Its number alone does not show it: gateway foreign agents and correspondent nodes came after
    /// the ranges of RFC 5944.
    public enum Giver: String, Sendable, CaseIterable {
        /// An acceptance, which is a home agent's answer and a foreign agent's to pass on.
        case either
        case foreignAgent, homeAgent, gatewayForeignAgent, correspondentNode
    }

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

    /// Who gives the code; nil when IANA has not assigned it. For 194 that is who sends it by the printed text of RFC 5944.
    public var giver: Giver? { Self.assigned[rawValue]?.giver }

    /// The RFC that defines the code; nil when none does, and IANA alone is the source.
    public var rfc: Int? { Self.assigned[rawValue]?.rfc }

    /// For example `133 registration identification mismatch`.
    public var description: String { "\(rawValue) \(meaning ?? "unassigned")" }

    /// Every assigned code, in ascending order.
    public static let allAssigned: [ReplyCode] = assigned.keys.sorted().map(ReplyCode.init)

    /// The registry in one place, so that nothing else has to repeat what a code is called, who gives it and where it is defined.
    private static let assigned: [UInt8: (label: String, meaning: String, giver: Giver, rfc: Int?)] = [
        0: ("accepted", "registration accepted", .either, 5944),
        1: ("acceptedSimultaneousBindingsUnsupported", "accepted, but simultaneous mobility bindings unsupported", .either, 5944),
        2: ("concurrentRegistration", "concurrent registration (pre-accept)", .either, 6521),
        64: ("faReasonUnspecified", "reason unspecified (foreign agent)", .foreignAgent, 5944),
        65: ("faAdministrativelyProhibited", "administratively prohibited (foreign agent)", .foreignAgent, 5944),
        66: ("faInsufficientResources", "insufficient resources (foreign agent)", .foreignAgent, 5944),
        67: ("faMobileNodeFailedAuthentication", "mobile node failed authentication (foreign agent)", .foreignAgent, 5944),
        68: ("faHomeAgentFailedAuthentication", "home agent failed authentication (foreign agent)", .foreignAgent, 5944),
        69: ("faRequestedLifetimeTooLong", "requested lifetime too long", .foreignAgent, 5944),
        70: ("faPoorlyFormedRequest", "poorly formed request (foreign agent)", .foreignAgent, 5944),
        71: ("faPoorlyFormedReply", "poorly formed reply", .foreignAgent, 5944),
        72: ("faEncapsulationUnavailable", "requested encapsulation unavailable (foreign agent)", .foreignAgent, 5944),
        73: ("faVJCompressionUnavailable", "Van Jacobson compression unavailable", .foreignAgent, 2002),
        74: ("faReverseTunnelUnavailable", "requested reverse tunnel unavailable (foreign agent)", .foreignAgent, 3024),
        75: ("faReverseTunnelMandatory", "reverse tunnel is mandatory and T bit not set (foreign agent)", .foreignAgent, 3024),
        76: ("faMobileNodeTooDistant", "mobile node too distant", .foreignAgent, 3024),
        77: ("faInvalidCareOfAddress", "invalid care-of address", .foreignAgent, 5944),
        78: ("faRegistrationTimeout", "registration timeout", .foreignAgent, 5944),
        79: ("faDeliveryStyleUnsupported", "delivery style not supported", .foreignAgent, 3024),
        80: ("faHomeNetworkUnreachable", "home network unreachable (ICMP error received)", .foreignAgent, 5944),
        81: ("faHomeAgentHostUnreachable", "home agent host unreachable (ICMP error received)", .foreignAgent, 5944),
        82: ("faHomeAgentPortUnreachable", "home agent port unreachable (ICMP error received)", .foreignAgent, 5944),
        88: ("faHomeAgentUnreachable", "home agent unreachable (other ICMP error received)", .foreignAgent, 5944),
        89: ("faVendorSpecific", "vendor-specific reason", .foreignAgent, nil),
        90: ("faNonZeroHomeAgentAddressRequired", "non-zero home agent address required", .foreignAgent, 4433),
        96: ("faNonZeroHomeAddressRequired", "non-zero home address required", .foreignAgent, 2794),
        97: ("faMissingNAI", "missing NAI", .foreignAgent, 2794),
        98: ("faMissingHomeAgent", "missing home agent", .foreignAgent, 2794),
        99: ("faMissingHomeAddress", "missing home address", .foreignAgent, 2794),
        100: (
            "faUnsupportedCVSEFromMobileNode", "critical vendor extension from the mobile node unsupported (foreign agent)",
            .foreignAgent, 3115
        ),
        101: ("faUnsupportedCVSEFromHomeAgent", "critical vendor extension from the home agent unsupported", .foreignAgent, 3115),
        104: ("faUnknownChallenge", "unknown challenge", .foreignAgent, 4721),
        105: ("faMissingChallenge", "missing challenge", .foreignAgent, 4721),
        106: ("faStaleChallenge", "stale challenge", .foreignAgent, 4721),
        107: ("faMissingMobileForeignKey", "missing mobile-foreign key (MISSING_MN_FA)", .foreignAgent, 3957),
        108: ("faBadAAAAuthentication", "bad MN-AAA authentication (foreign agent)", .foreignAgent, 4721),
        109: ("faHomeAgentWrongChallenge", "wrong challenge from the home agent", .foreignAgent, 4721),
        110: ("faReplayProtectionUnavailable", "replay protection unavailable", .foreignAgent, 4857),
        111: ("faZeroCareOfAddressUnsupported", "zero care-of address unsupported", .foreignAgent, 4857),
        112: ("faUnknownGFA", "unknown gateway foreign agent", .foreignAgent, 4857),
        113: ("faGFAUnreachable", "gateway foreign agent unreachable", .foreignAgent, 4857),
        114: ("faGFAHostUnreachable", "gateway foreign agent host unreachable", .foreignAgent, 4857),
        115: ("faGFAPortUnreachable", "gateway foreign agent port unreachable", .foreignAgent, 4857),
        116: ("faInvalidHomeAgentAddress", "invalid home agent address", .foreignAgent, 5944),
        127: ("faExperimental", "experimental (foreign agent)", .foreignAgent, 4064),
        128: ("haReasonUnspecified", "reason unspecified (home agent)", .homeAgent, 5944),
        129: ("haAdministrativelyProhibited", "administratively prohibited (home agent)", .homeAgent, 5944),
        130: ("haInsufficientResources", "insufficient resources (home agent)", .homeAgent, 5944),
        131: ("haMobileNodeFailedAuthentication", "mobile node failed authentication (home agent)", .homeAgent, 5944),
        132: ("haForeignAgentFailedAuthentication", "foreign agent failed authentication", .homeAgent, 5944),
        133: ("haIdentificationMismatch", "registration identification mismatch", .homeAgent, 5944),
        134: ("haPoorlyFormedRequest", "poorly formed request (home agent)", .homeAgent, 5944),
        135: ("haTooManySimultaneousBindings", "too many simultaneous mobility bindings", .homeAgent, 5944),
        136: ("haUnknownHomeAgentAddress", "unknown home agent address", .homeAgent, 5944),
        137: ("haReverseTunnelUnavailable", "requested reverse tunnel unavailable (home agent)", .homeAgent, 3024),
        138: ("haReverseTunnelMandatory", "reverse tunnel is mandatory and T bit not set (home agent)", .homeAgent, 3024),
        139: ("haEncapsulationUnavailable", "requested encapsulation unavailable (home agent)", .homeAgent, 3024),
        140: (
            "haUnsupportedCVSEFromMobileNode", "critical vendor extension from the mobile node unsupported (home agent)",
            .homeAgent, 3115
        ),
        141: (
            "haUnsupportedCVSEFromForeignAgent", "critical vendor extension from the foreign agent unsupported", .homeAgent, 3115
        ),
        142: ("haUDPEncapsulationUnavailable", "UDP encapsulation unavailable", .homeAgent, 3519),
        143: ("haRedirected", "register with the redirected home agent", .homeAgent, 4433),
        144: ("haBadAAAAuthentication", "bad MN-AAA authentication (home agent)", .homeAgent, 4721),
        145: ("haZeroCareOfAddress", "zero care-of address", .homeAgent, 4857),
        146: ("haDynamicGFAUnsupported", "dynamic gateway foreign agent unsupported", .homeAgent, 4857),
        147: ("haMobileNetworkError", "mobile network error", .homeAgent, 5177),
        148: ("haMobileNetworkDisallowed", "mobile network disallowed", .homeAgent, 5177),
        149: ("haProxyMobileIPUnsupported", "proxy Mobile IP unsupported", .homeAgent, 5563),
        150: ("haProxyMobileIPDisallowed", "proxy Mobile IP disallowed", .homeAgent, 5563),
        151: ("haServiceAuthorizationFailed", "service authorization failed", .homeAgent, 5446),
        152: ("haMultipathNotAllowed", "multipath not allowed", .homeAgent, 7629),
        153: ("haInvalidFlowBindingIdentifier", "invalid flow binding identifier", .homeAgent, 7629),
        192: ("haExperimental", "experimental (home agent)", .homeAgent, 4064),
        193: ("gfaNoHomeRegistration", "no home registration (gateway foreign agent)", .gatewayForeignAgent, 4857),
        194: ("reserved194", "reserved; the text of RFC 5944 prints 194 for code 116", .foreignAgent, nil),
        201: ("cnExpiredHomeNonceIndex", "expired home nonce index", .correspondentNode, 6521),
        202: ("cnExpiredCareOfNonceIndex", "expired care-of nonce index", .correspondentNode, 6521),
        203: ("cnExpiredNonces", "expired nonces", .correspondentNode, 6521),
    ]
}
