extension ExtensionType {
    /// A request for an MN-HA key generation nonce (42, RFC 3957 §6.3).
    public static let mobileHomeKeyRequest = ExtensionType(rawValue: 42)
}

/// A request for an MN-HA key generation nonce (42, RFC 3957 §6.3).
public struct MobileHomeKeyRequest: MobileIPExtension {
    public static let type = ExtensionType.mobileHomeKeyRequest
    public static let name = "MN-HA Key Generation Nonce Request"
    public static let form = ExtensionForm.long
    public static let subtypes: [UInt8]? = [1]

    /// The requested SPI and the Sub-Type.
    public var content: KeyGenerationRequest

    public init(_ content: KeyGenerationRequest) { self.content = content }

    public var subtype: UInt8 { content.subtype }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        content = try KeyGenerationRequest(&fields, in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { content.append(to: &octets) }
}
