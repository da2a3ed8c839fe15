extension ExtensionType {
    /// MHAE: between mobile node and home agent, in both directions (32, RFC 5944 §3.5.2).
    public static let mobileHomeAuthentication = ExtensionType(rawValue: 32)
}

/// MHAE: between mobile node and home agent, in both directions (32, RFC 5944 §3.5.2).
public struct MobileHomeAuthentication: MobileIPExtension {
    public static let type = ExtensionType.mobileHomeAuthentication
    public static let name = "Mobile-Home Authentication"

    /// SPI and authenticator.
    public var data: AuthenticationData

    public init(_ data: AuthenticationData) { self.data = data }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        data = try AuthenticationData(&fields, in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { data.append(to: &octets) }
}
