extension ExtensionType {
    /// MFAE: between mobile node and foreign agent (33, RFC 5944 §3.5.3).
    public static let mobileForeignAuthentication = ExtensionType(rawValue: 33)
}

/// MFAE: between mobile node and foreign agent (33, RFC 5944 §3.5.3).
public struct MobileForeignAuthentication: MobileIPExtension {
    public static let type = ExtensionType.mobileForeignAuthentication
    public static let name = "Mobile-Foreign Authentication"

    /// SPI and authenticator.
    public var data: AuthenticationData

    public init(_ data: AuthenticationData) { self.data = data }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        data = try AuthenticationData(&fields, in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { data.append(to: &octets) }
}
