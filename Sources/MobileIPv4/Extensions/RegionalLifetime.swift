extension ExtensionType {
    /// Regional registration lifetime (142, RFC 4857 §9.4).
    public static let regionalLifetime = ExtensionType(rawValue: 142)
}

/// The lifetime of a regional registration (142, RFC 4857 §9.4). Two reserved octets precede it.
public struct RegionalLifetime: FittingExtension {
    public static let type = ExtensionType.regionalLifetime
    public static let name = "Regional Registration Lifetime"

    /// Seconds; 65,535 means no end, 0 means that the node is not registered at the gateway.
    public var seconds: UInt32

    public init(seconds: UInt32) { self.seconds = seconds }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        try fields.skip(2)
        seconds = try fields.uint32(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) {
        octets.append(bigEndian: 0 as UInt16)
        octets.append(bigEndian: seconds)
    }
}
