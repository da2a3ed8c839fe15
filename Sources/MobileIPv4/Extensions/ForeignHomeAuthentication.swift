extension ExtensionType {
    /// FHAE: between foreign agent and home agent (34, RFC 5944 §3.5.4).
    public static let foreignHomeAuthentication = ExtensionType(rawValue: 34)
}

/// FHAE: between foreign agent and home agent (34, RFC 5944 §3.5.4).
public struct ForeignHomeAuthentication: MobileIPExtension {
    public static let type = ExtensionType.foreignHomeAuthentication
    public static let name = "Foreign-Home Authentication"

    /// SPI and authenticator.
    public var data: AuthenticationData

    public init(_ data: AuthenticationData) { self.data = data }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        data = try AuthenticationData(&fields, in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { data.append(to: &octets) }
}
