/// An assigned reply code, declared once for everything that uses it: the constants of `ReplyCode`, metrics, the MIB's scalars, the
/// vocabulary.
///
/// `scripts/generate-reply-codes` writes the constants from the lists below, which it parses as text: number, label, meaning, giver and RFC
/// must appear in this order.
public struct ReplyCodeDeclaration: Sendable {
    /// Which entity returns a code. The number alone does not show it: gateway foreign agents and correspondent nodes were added after the
    /// ranges of RFC 5944.
    public enum Giver: String, Sendable, CaseIterable {
        /// An acceptance, which a home agent returns and a foreign agent forwards.
        case either
        case foreignAgent, homeAgent, gatewayForeignAgent, correspondentNode
    }

    /// The code.
    public let code: ReplyCode
    /// The name of its constant, which is also its name in this project's vocabulary.
    public let label: String
    /// The meaning in words.
    public let meaning: String
    /// Which entity returns it. For 194, the entity that sends it according to the printed text of RFC 5944.
    public let giver: Giver
    /// The RFC that defines it; nil when no RFC does and IANA is the only source.
    public let rfc: Int?
    /// Whether an agent of this product originates it: the home agent an acceptance, its giver a denial.
    public let isSent: Bool
    /// The scalar of MIP-MIB that counts how often that agent sent it; nil when there is none.
    public let object: String?

    private init(
        _ number: UInt8, _ label: String, _ meaning: String, _ giver: Giver, _ rfc: Int?, isSent: Bool = true,
        object: String? = nil
    ) {
        code = ReplyCode(rawValue: number)
        self.label = label
        self.meaning = meaning
        self.giver = giver
        self.rfc = rfc
        self.isSent = isSent
        self.object = object
    }
}

extension ReplyCodeDeclaration {
    /// Every assigned code, in ascending order.
    public static let all: [ReplyCodeDeclaration] = acceptances + denialsByForeignAgents + denialsByHomeAgents + others

    private static let acceptances: [ReplyCodeDeclaration] = [
        .init(0, "accepted", "registration accepted", .either, 5944, object: "haRegistrationAccepted"),
        .init(
            1, "acceptedSimultaneousBindingsUnsupported", "accepted, but simultaneous mobility bindings unsupported", .either,
            5944, object: "haMultiBindingUnsupported"),
        .init(2, "concurrentRegistration", "concurrent registration (pre-accept)", .either, 6521, isSent: false),
    ]

    private static let denialsByForeignAgents: [ReplyCodeDeclaration] = [
        .init(
            64, "faReasonUnspecified", "reason unspecified (foreign agent)", .foreignAgent, 5944, isSent: false,
            object: "faReasonUnspecified"),
        .init(
            65, "faAdministrativelyProhibited", "administratively prohibited (foreign agent)", .foreignAgent, 5944,
            object: "faAdmProhibited"),
        .init(
            66, "faInsufficientResources", "insufficient resources (foreign agent)", .foreignAgent, 5944,
            object: "faInsufficientResource"),
        .init(
            67, "faMobileNodeFailedAuthentication", "mobile node failed authentication (foreign agent)", .foreignAgent, 5944,
            object: "faMNAuthenticationFailure"),
        .init(
            68, "faHomeAgentFailedAuthentication", "home agent failed authentication (foreign agent)", .foreignAgent, 5944,
            object: "faHAAuthenticationFailure"),
        .init(
            69, "faRequestedLifetimeTooLong", "requested lifetime too long", .foreignAgent, 5944, object: "faRegLifetimeTooLong"),
        .init(
            70, "faPoorlyFormedRequest", "poorly formed request (foreign agent)", .foreignAgent, 5944,
            object: "faPoorlyFormedRequests"),
        .init(71, "faPoorlyFormedReply", "poorly formed reply", .foreignAgent, 5944, object: "faPoorlyFormedReplies"),
        .init(
            72, "faEncapsulationUnavailable", "requested encapsulation unavailable (foreign agent)", .foreignAgent, 5944,
            object: "faEncapsulationUnavailable"),
        .init(
            73, "faVJCompressionUnavailable", "Van Jacobson compression unavailable", .foreignAgent, 2002, isSent: false,
            object: "faVJCompressionUnavailable"),
        .init(
            74, "faReverseTunnelUnavailable", "requested reverse tunnel unavailable (foreign agent)", .foreignAgent, 3024,
            object: "faReverseTunnelUnavailable"),
        .init(
            75, "faReverseTunnelMandatory", "reverse tunnel is mandatory and T bit not set (foreign agent)", .foreignAgent, 3024,
            object: "faReverseTunnelBitNotSet"),
        .init(76, "faMobileNodeTooDistant", "mobile node too distant", .foreignAgent, 3024, object: "faMnTooDistant"),
        .init(77, "faInvalidCareOfAddress", "invalid care-of address", .foreignAgent, 5944),
        .init(78, "faRegistrationTimeout", "registration timeout", .foreignAgent, 5944),
        .init(
            79, "faDeliveryStyleUnsupported", "delivery style not supported", .foreignAgent, 3024,
            object: "faDeliveryStyleUnsupported"),
        .init(80, "faHomeNetworkUnreachable", "home network unreachable (ICMP error received)", .foreignAgent, 5944),
        .init(81, "faHomeAgentHostUnreachable", "home agent host unreachable (ICMP error received)", .foreignAgent, 5944),
        .init(82, "faHomeAgentPortUnreachable", "home agent port unreachable (ICMP error received)", .foreignAgent, 5944),
        .init(88, "faHomeAgentUnreachable", "home agent unreachable (other ICMP error received)", .foreignAgent, 5944),
        .init(89, "faVendorSpecific", "vendor-specific reason", .foreignAgent, nil, isSent: false),
        .init(90, "faNonZeroHomeAgentAddressRequired", "non-zero home agent address required", .foreignAgent, 4433),
        .init(
            96, "faNonZeroHomeAddressRequired", "non-zero home address required", .foreignAgent, 2794,
            object: "faNonZeroHomeAddressRequired"),
        .init(97, "faMissingNAI", "missing NAI", .foreignAgent, 2794),
        .init(98, "faMissingHomeAgent", "missing home agent", .foreignAgent, 2794),
        .init(99, "faMissingHomeAddress", "missing home address", .foreignAgent, 2794),
        .init(
            100, "faUnsupportedCVSEFromMobileNode", "critical vendor extension from the mobile node unsupported (foreign agent)",
            .foreignAgent, 3115, object: "faCvsesFromMnUnsupported"),
        .init(
            101, "faUnsupportedCVSEFromHomeAgent", "critical vendor extension from the home agent unsupported", .foreignAgent,
            3115, object: "faCvsesFromHaUnsupported"),
        .init(104, "faUnknownChallenge", "unknown challenge", .foreignAgent, 4721, object: "faUnknownChallenge"),
        .init(105, "faMissingChallenge", "missing challenge", .foreignAgent, 4721, object: "faMissingChallenge"),
        .init(106, "faStaleChallenge", "stale challenge", .foreignAgent, 4721, object: "faStaleChallenge"),
        .init(107, "faMissingMobileForeignKey", "missing mobile-foreign key (MISSING_MN_FA)", .foreignAgent, 3957, isSent: false),
        .init(108, "faBadAAAAuthentication", "bad MN-AAA authentication (foreign agent)", .foreignAgent, 4721),
        .init(109, "faHomeAgentWrongChallenge", "wrong challenge from the home agent", .foreignAgent, 4721),
        .init(110, "faReplayProtectionUnavailable", "replay protection unavailable", .foreignAgent, 4857, isSent: false),
        .init(111, "faZeroCareOfAddressUnsupported", "zero care-of address unsupported", .foreignAgent, 4857, isSent: false),
        .init(112, "faUnknownGFA", "unknown gateway foreign agent", .foreignAgent, 4857, isSent: false),
        .init(113, "faGFAUnreachable", "gateway foreign agent unreachable", .foreignAgent, 4857, isSent: false),
        .init(114, "faGFAHostUnreachable", "gateway foreign agent host unreachable", .foreignAgent, 4857, isSent: false),
        .init(115, "faGFAPortUnreachable", "gateway foreign agent port unreachable", .foreignAgent, 4857, isSent: false),
        .init(116, "faInvalidHomeAgentAddress", "invalid home agent address", .foreignAgent, 5944),
        .init(127, "faExperimental", "experimental (foreign agent)", .foreignAgent, 4064),
    ]

    private static let denialsByHomeAgents: [ReplyCodeDeclaration] = [
        .init(128, "haReasonUnspecified", "reason unspecified (home agent)", .homeAgent, 5944, object: "haReasonUnspecified"),
        .init(
            129, "haAdministrativelyProhibited", "administratively prohibited (home agent)", .homeAgent, 5944,
            object: "haAdmProhibited"),
        .init(
            130, "haInsufficientResources", "insufficient resources (home agent)", .homeAgent, 5944,
            object: "haInsufficientResource"),
        .init(
            131, "haMobileNodeFailedAuthentication", "mobile node failed authentication (home agent)", .homeAgent, 5944,
            object: "haMNAuthenticationFailure"),
        .init(
            132, "haForeignAgentFailedAuthentication", "foreign agent failed authentication", .homeAgent, 5944,
            object: "haFAAuthenticationFailure"),
        .init(133, "haIdentificationMismatch", "registration identification mismatch", .homeAgent, 5944, object: "haIDMismatch"),
        .init(
            134, "haPoorlyFormedRequest", "poorly formed request (home agent)", .homeAgent, 5944, object: "haPoorlyFormedRequest"),
        .init(
            135, "haTooManySimultaneousBindings", "too many simultaneous mobility bindings", .homeAgent, 5944,
            object: "haTooManyBindings"),
        .init(136, "haUnknownHomeAgentAddress", "unknown home agent address", .homeAgent, 5944, object: "haUnknownHA"),
        .init(
            137, "haReverseTunnelUnavailable", "requested reverse tunnel unavailable (home agent)", .homeAgent, 3024,
            object: "haReverseTunnelUnavailable"),
        .init(
            138, "haReverseTunnelMandatory", "reverse tunnel is mandatory and T bit not set (home agent)", .homeAgent, 3024,
            object: "haReverseTunnelBitNotSet"),
        .init(
            139, "haEncapsulationUnavailable", "requested encapsulation unavailable (home agent)", .homeAgent, 3024,
            object: "haEncapsulationUnavailable"),
        .init(
            140, "haUnsupportedCVSEFromMobileNode", "critical vendor extension from the mobile node unsupported (home agent)",
            .homeAgent, 3115, object: "haCvsesFromMnUnsupported"),
        .init(
            141, "haUnsupportedCVSEFromForeignAgent", "critical vendor extension from the foreign agent unsupported", .homeAgent,
            3115, object: "haCvsesFromFaUnsupported"),
        .init(142, "haUDPEncapsulationUnavailable", "UDP encapsulation unavailable", .homeAgent, 3519),
        .init(143, "haRedirected", "register with the redirected home agent", .homeAgent, 4433),
        .init(144, "haBadAAAAuthentication", "bad MN-AAA authentication (home agent)", .homeAgent, 4721),
        .init(145, "haZeroCareOfAddress", "zero care-of address", .homeAgent, 4857, isSent: false),
        .init(146, "haDynamicGFAUnsupported", "dynamic gateway foreign agent unsupported", .homeAgent, 4857, isSent: false),
        .init(147, "haMobileNetworkError", "mobile network error", .homeAgent, 5177, isSent: false),
        .init(148, "haMobileNetworkDisallowed", "mobile network disallowed", .homeAgent, 5177, isSent: false),
        .init(149, "haProxyMobileIPUnsupported", "proxy Mobile IP unsupported", .homeAgent, 5563, isSent: false),
        .init(150, "haProxyMobileIPDisallowed", "proxy Mobile IP disallowed", .homeAgent, 5563, isSent: false),
        .init(151, "haServiceAuthorizationFailed", "service authorization failed", .homeAgent, 5446),
        .init(152, "haMultipathNotAllowed", "multipath not allowed", .homeAgent, 7629, isSent: false),
        .init(153, "haInvalidFlowBindingIdentifier", "invalid flow binding identifier", .homeAgent, 7629, isSent: false),
        .init(192, "haExperimental", "experimental (home agent)", .homeAgent, 4064),
    ]

    private static let others: [ReplyCodeDeclaration] = [
        .init(
            193, "gfaNoHomeRegistration", "no home registration (gateway foreign agent)", .gatewayForeignAgent, 4857,
            isSent: false),
        .init(194, "reserved194", "reserved; the text of RFC 5944 prints 194 for code 116", .foreignAgent, nil, isSent: false),
        .init(201, "cnExpiredHomeNonceIndex", "expired home nonce index", .correspondentNode, 6521, isSent: false),
        .init(202, "cnExpiredCareOfNonceIndex", "expired care-of nonce index", .correspondentNode, 6521, isSent: false),
        .init(203, "cnExpiredNonces", "expired nonces", .correspondentNode, 6521, isSent: false),
    ]
}
