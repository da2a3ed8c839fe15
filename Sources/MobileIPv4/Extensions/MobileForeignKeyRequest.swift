extension ExtensionType {
    /// A request for an MN-FA key generation nonce (40, RFC 3957 §6.1).
    public static let mobileForeignKeyRequest = ExtensionType(rawValue: 40)
}

/// A request for an MN-FA key generation nonce (40, RFC 3957 §6.1).
public struct MobileForeignKeyRequest: MobileIPExtension {
    public static let type = ExtensionType.mobileForeignKeyRequest
    public static let name = "MN-FA Key Generation Nonce Request"
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
