extension ExtensionType {
    /// IPv6 over Mobile IPv4 (152, RFC 5454).
    public static let dualStack = ExtensionType(rawValue: 152)
}

/// IPv6 over Mobile IPv4 (152, RFC 5454).
public struct DualStack: MobileIPExtension {
    public static let type = ExtensionType.dualStack
    public static let name = "Dual Stack"
    public static let form = ExtensionForm.shortWithSubtype
    public static let subtypes: [UInt8]? = [1, 2, 3]

    /// 1 IPv6 prefix request, 2 its reply, 3 tunneling mode.
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
