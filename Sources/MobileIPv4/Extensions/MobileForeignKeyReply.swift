extension ExtensionType {
    /// An MN-FA key generation nonce (41, RFC 3957 §6.2).
    public static let mobileForeignKeyReply = ExtensionType(rawValue: 41)
}

/// An MN-FA key generation nonce (41, RFC 3957 §6.2).
public struct MobileForeignKeyReply: MobileIPExtension {
    public static let type = ExtensionType.mobileForeignKeyReply
    public static let name = "MN-FA Key Generation Nonce Reply"
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
