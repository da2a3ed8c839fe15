import MobileIPv4
import Testing

/// One sample of each extension that has a layout, in a message to which it belongs.
enum ExtensionSamples {
    static let spi = SecurityParameterIndex(rawValue: 0x100)
    static let authentication = AuthenticationData(spi: spi, authenticator: Array(0..<16))
    static let address = IPv4Address(192, 0, 2, 77)

    static func requests() throws -> [any MobileIPExtension] {
        let nai = try #require(NetworkAccessIdentifier("alice@example.net"))
        return [
            MobileHomeAuthentication(authentication), MobileForeignAuthentication(authentication),
            ForeignHomeAuthentication(authentication), GeneralizedAuthentication(.mobileAAA, authentication),
            CriticalVendorSpecific(VendorSpecific(vendor: 9, vendorType: 1, value: [1, 2, 3])),
            NormalVendorSpecific(VendorSpecific(vendor: 9, vendorType: 1, value: [1, 2, 3])),
            NormalVendorSpecific(HostConfiguration.request(selector: 0).vendorSpecific),
            MobileForeignKeyRequest(KeyGenerationRequest(mobileNodeSPI: spi)),
            MobileHomeKeyRequest(KeyGenerationRequest(mobileNodeSPI: spi)),
            UDPTunnelRequest(flags: .force, encapsulation: 47), GatewayForeignAgentAddress(address),
            ProxyNonSkippable(subtype: 1, value: [1]), GREKey(0x0102_0304), EncapsulatingDeliveryStyle(),
            MobileNodeNAI(nai), Challenge([1, 2, 3, 4, 5, 6, 7, 8]), NAICarrying(owner: .foreignAgent, nai: nai),
            RevocationSupport(informsMobileNode: true, timestamp: 0xE90B_5A80),
            DynamicHomeAgent(purpose: .requested, address: address), HierarchicalForeignAgent(address),
            ReplayProtectionStyle(style: 1, initialIdentification: Identification(rawValue: 5)),
            RegionalLifetime(seconds: 600), ProxySkippable(subtype: 4, value: [1]),
            MobileNetwork(kind: .request, prefixLength: 24, prefix: address),
            DualStack(subtype: 3, value: [0, 0]), ServiceSelection(try #require(ServiceIdentifier("ims"))),
            NonSkippableExperimental(subtype: 1, content: [1, 2, 3]), SkippableExperimental(subtype: 2, content: [1, 2, 3]),
        ]
    }

    static func replies() throws -> [any MobileIPExtension] {
        let key = KeyGenerationReply(
            lifetime: 600, aaaSPI: spi, agentSPI: spi, algorithm: 3, replayMethod: 1, nonce: Array(0..<16))
        return [
            MobileForeignKeyReply(key), MobileHomeKeyReply(key),
            UDPTunnelReply(code: 0, keepaliveInterval: 110),
            ForeignAgentError(.faHomeAgentFailedAuthentication),
            DynamicHomeAgent(purpose: .redirected, address: address),
            try #require(MessageString(author: .homeAgent, clipping: "välkommen")),
            MobileNetwork(kind: .explicitAcknowledgment(code: 0), prefixLength: 24, prefix: address),
        ]
    }
}
