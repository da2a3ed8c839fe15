extension ExtensionType {
    /// Proxy Mobile IPv4, skippable (147, RFC 5563).
    public static let proxySkippable = ExtensionType(rawValue: 147)
}

/// Proxy Mobile IPv4, skippable (147, RFC 5563).
public struct ProxySkippable: MobileIPExtension {
    public static let type = ExtensionType.proxySkippable
    public static let name = "PMIPv4 Skippable"
    public static let form = ExtensionForm.shortWithSubtype
    public static let subtypes: [UInt8]? = [1, 2, 3, 4]

    /// 1 interface identifier, 2 device identifier, 3 subscriber identifier, 4 access technology.
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
