extension ExtensionType {
    /// Proxy Mobile IPv4, non-skippable (47, RFC 5563).
    public static let proxyNonSkippable = ExtensionType(rawValue: 47)
}

/// Proxy Mobile IPv4, non-skippable (47, RFC 5563).
public struct ProxyNonSkippable: MobileIPExtension {
    public static let type = ExtensionType.proxyNonSkippable
    public static let name = "PMIPv4 Non-skippable"
    public static let form = ExtensionForm.long
    public static let subtypes: [UInt8]? = [1]

    /// 1: the value is the authentication method, 1 FA-HA or 2 IPsec.
    public var subtype: UInt8
    /// The octets after the Sub-Type.
    public var value: [UInt8]

    public init(subtype: UInt8, value: [UInt8]) {
        self.subtype = subtype
        self.value = value
    }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        subtype = try fields.requiredSubtype()
        value = try fields.rest(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(contentsOf: value) }
}
