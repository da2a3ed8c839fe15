import MobileIPv4
import Testing

/// One of each extension that has a layout, in the message it belongs to.
enum ExtensionSamples {
    static let spi = SecurityParameterIndex(rawValue: 0x100)
    static let authentication = AuthenticationData(spi: spi, authenticator: Array(0..<16))
    static let address = IPv4Address(192, 0, 2, 77)

    static func requests() throws -> [MobileIPExtension] {
        let nai = try #require(NetworkAccessIdentifier("alice@example.net"))
        return [
            .mobileHomeAuthentication(authentication), .mobileForeignAuthentication(authentication),
            .foreignHomeAuthentication(authentication), .generalizedAuthentication(.mobileAAA, authentication),
            .criticalVendorSpecific(VendorSpecific(vendor: 9, vendorType: 1, value: [1, 2, 3])),
            .normalVendorSpecific(VendorSpecific(vendor: 9, vendorType: 1, value: [1, 2, 3])),
            .normalVendorSpecific(HostConfiguration.request(selector: 0).vendorSpecific),
            .mobileForeignKeyRequest(KeyGenerationRequest(mobileNodeSPI: spi)),
            .mobileHomeKeyRequest(KeyGenerationRequest(mobileNodeSPI: spi)),
            .udpTunnelRequest(UDPTunnelRequest(flags: .force, encapsulation: 47)), .gatewayForeignAgent(address),
            .proxyNonSkippable(SubtypedParameter(subtype: 1, value: [1])), .greKey(0x0102_0304), .encapsulatingDeliveryStyle,
            .mobileNodeNAI(nai), .challenge([1, 2, 3, 4, 5, 6, 7, 8]), .naiCarrying(NAICarrying(owner: .foreignAgent, nai: nai)),
            .revocationSupport(RevocationSupport(informsMobileNode: true, timestamp: 0xE90B_5A80)),
            .dynamicHomeAgent(DynamicHomeAgent(purpose: .requested, address: address)), .hierarchicalForeignAgent(address),
            .replayProtectionStyle(ReplayProtectionStyle(style: 1, initialIdentification: Identification(rawValue: 5))),
            .regionalLifetime(600), .proxySkippable(SubtypedParameter(subtype: 4, value: [1])),
            .mobileNetwork(MobileNetwork(kind: .request, prefixLength: 24, prefix: address)),
            .dualStack(SubtypedParameter(subtype: 3, value: [0, 0])),
        ]
    }

    static func replies() -> [MobileIPExtension] {
        let key = KeyGenerationReply(
            lifetime: 600, aaaSPI: spi, agentSPI: spi, algorithm: 3, replayMethod: 1, nonce: Array(0..<16))
        return [
            .mobileForeignKeyReply(key), .mobileHomeKeyReply(key),
            .udpTunnelReply(UDPTunnelReply(code: 0, keepaliveInterval: 110)),
            .foreignAgentError(.faHomeAgentFailedAuthentication),
            .dynamicHomeAgent(DynamicHomeAgent(purpose: .redirected, address: address)),
            .messageString(MessageString(author: .homeAgent, text: "välkommen")),
            .mobileNetwork(MobileNetwork(kind: .explicitAcknowledgment(code: 0), prefixLength: 24, prefix: address)),
        ]
    }
}
