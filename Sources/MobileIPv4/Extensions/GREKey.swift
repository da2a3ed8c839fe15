extension ExtensionType {
    /// GRE key (48, RFC 6245).
    public static let greKey = ExtensionType(rawValue: 48)
}

/// A GRE key (48, RFC 6245 §3).
public struct GREKey: FittingExtension {
    public static let type = ExtensionType.greKey
    public static let name = "GRE Key"
    public static let form = ExtensionForm.long
    public static let subtypes: [UInt8]? = [0]

    /// Key 0 from a foreign agent requests the keys of both directions from the home agent.
    public var key: UInt32

    public init(_ key: UInt32) { self.key = key }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        try fields.expect(subtype: 0)
        key = try fields.uint32(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(bigEndian: key) }
}
