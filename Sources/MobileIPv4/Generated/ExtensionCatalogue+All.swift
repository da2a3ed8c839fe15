// Written by scripts/generate-extension-catalogue from the files in Extensions; edit those instead.

extension ExtensionCatalogue {
    /// Every type with a layout, in numerical order.
    public static let all: [any MobileIPExtension.Type] = [
        MobileHomeAuthentication.self,
        MobileForeignAuthentication.self,
        ForeignHomeAuthentication.self,
        GeneralizedAuthentication.self,
        CriticalVendorSpecific.self,
        MobileForeignKeyRequest.self,
        MobileForeignKeyReply.self,
        MobileHomeKeyRequest.self,
        MobileHomeKeyReply.self,
        UDPTunnelReply.self,
        ForeignAgentError.self,
        GatewayForeignAgentAddress.self,
        ProxyNonSkippable.self,
        GREKey.self,
        NonSkippableExperimental.self,
        EncapsulatingDeliveryStyle.self,
        MobileNodeNAI.self,
        Challenge.self,
        NormalVendorSpecific.self,
        NAICarrying.self,
        RevocationSupport.self,
        DynamicHomeAgent.self,
        HierarchicalForeignAgent.self,
        ReplayProtectionStyle.self,
        RegionalLifetime.self,
        UDPTunnelRequest.self,
        MessageString.self,
        ProxySkippable.self,
        MobileNetwork.self,
        ServiceSelection.self,
        DualStack.self,
        SkippableExperimental.self,
    ]
}
