extension ExtensionType {
    /// An MN-HA key generation nonce (43, RFC 3957 §6.4).
    public static let mobileHomeKeyReply = ExtensionType(rawValue: 43)
}

/// An MN-HA key generation nonce (43, RFC 3957 §6.4).
public struct MobileHomeKeyReply: MobileIPExtension {
    public static let type = ExtensionType.mobileHomeKeyReply
    public static let name = "MN-HA Key Generation Nonce Reply"
    public static let form = ExtensionForm.long
    public static let subtypes: [UInt8]? = [1]

    /// The nonce and its parameters.
    public var content: KeyGenerationReply

    public init(_ content: KeyGenerationReply) { self.content = content }

    public var subtype: UInt8 { content.subtype }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        content = try KeyGenerationReply(&fields, in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { content.append(to: &octets) }
}
