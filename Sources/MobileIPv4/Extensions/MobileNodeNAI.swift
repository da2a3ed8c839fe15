extension ExtensionType {
    /// Mobile node NAI (131, RFC 2794).
    public static let mobileNodeNAI = ExtensionType(rawValue: 131)
}

/// The mobile node's NAI (131, RFC 2794 §2).
public struct MobileNodeNAI: FittingExtension {
    public static let type = ExtensionType.mobileNodeNAI
    public static let name = "Mobile Node NAI"

    /// The identifier; its own length limit ensures that it fits.
    public var nai: NetworkAccessIdentifier

    public init(_ nai: NetworkAccessIdentifier) { self.nai = nai }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        nai = try fields.networkAccessIdentifier(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(contentsOf: nai.octets) }
}
