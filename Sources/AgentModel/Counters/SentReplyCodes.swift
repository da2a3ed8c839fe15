public import MobileIPv4

extension AgentRole {
    /// The codes that our agents send in this role, ascending. Those of others are not among them: a foreign agent passes on what a
    /// home agent answers, and a mobile node answers nobody. A metric has them at 0 before the first reply, so that the first one
    /// shows as an increase.
    public var repliesSent: [ReplyCode] {
        switch self {
        case .mobileNode: []
        case .foreignAgent:
            [
                .faAdministrativelyProhibited, .faInsufficientResources, .faMobileNodeFailedAuthentication,
                .faHomeAgentFailedAuthentication, .faRequestedLifetimeTooLong, .faPoorlyFormedRequest, .faPoorlyFormedReply,
                .faEncapsulationUnavailable, .faReverseTunnelUnavailable, .faReverseTunnelMandatory, .faMobileNodeTooDistant,
                .faInvalidCareOfAddress, .faRegistrationTimeout, .faDeliveryStyleUnsupported, .faHomeNetworkUnreachable,
                .faHomeAgentHostUnreachable, .faHomeAgentPortUnreachable, .faHomeAgentUnreachable,
                .faNonZeroHomeAgentAddressRequired, .faNonZeroHomeAddressRequired, .faMissingNAI, .faMissingHomeAgent,
                .faMissingHomeAddress, .faUnsupportedCVSEFromMobileNode, .faUnsupportedCVSEFromHomeAgent, .faUnknownChallenge,
                .faMissingChallenge, .faStaleChallenge, .faBadAAAAuthentication, .faHomeAgentWrongChallenge,
                .faInvalidHomeAgentAddress,
            ]
        case .homeAgent:
            [
                .accepted, .acceptedSimultaneousBindingsUnsupported, .haReasonUnspecified, .haAdministrativelyProhibited,
                .haInsufficientResources, .haMobileNodeFailedAuthentication, .haForeignAgentFailedAuthentication,
                .haIdentificationMismatch, .haPoorlyFormedRequest, .haTooManySimultaneousBindings, .haUnknownHomeAgentAddress,
                .haReverseTunnelUnavailable, .haReverseTunnelMandatory, .haEncapsulationUnavailable,
                .haUnsupportedCVSEFromMobileNode, .haUnsupportedCVSEFromForeignAgent, .haUDPEncapsulationUnavailable,
                .haBadAAAAuthentication,
            ]
        }
    }
}
