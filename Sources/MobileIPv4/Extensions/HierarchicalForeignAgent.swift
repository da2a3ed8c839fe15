extension ExtensionType {
    /// The address of the foreign agent below a gateway (140, RFC 4857 §9.2).
    public static let hierarchicalForeignAgent = ExtensionType(rawValue: 140)
}

/// The address of the foreign agent below a gateway (140, RFC 4857 §9.2). Two reserved octets precede the address.
public struct HierarchicalForeignAgent: FittingExtension {
    public static let type = ExtensionType.hierarchicalForeignAgent
    public static let name = "Hierarchical Foreign Agent"

    /// The address.
    public var address: IPv4Address

    public init(_ address: IPv4Address) { self.address = address }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        try fields.skip(2)
        address = try fields.address(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) {
        octets.append(bigEndian: 0 as UInt16)
        octets.append(bigEndian: address.rawValue)
    }
}
