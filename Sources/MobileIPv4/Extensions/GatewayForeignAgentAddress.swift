extension ExtensionType {
    /// The address of a gateway foreign agent (46, RFC 4857 §9.1).
    public static let gatewayForeignAgent = ExtensionType(rawValue: 46)
}

/// The address of a gateway foreign agent (46, RFC 4857 §9.1). Two reserved octets precede the address.
public struct GatewayForeignAgentAddress: FittingExtension {
    public static let type = ExtensionType.gatewayForeignAgent
    public static let name = "GFA IP Address"

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
