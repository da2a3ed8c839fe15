extension ExtensionType {
    /// NVSE (134, RFC 3115 §2.2).
    public static let normalVendorSpecific = ExtensionType(rawValue: 134)
}

/// NVSE: a vendor extension that may be skipped (134, RFC 3115 §2.2). Two reserved octets precede the vendor.
public struct NormalVendorSpecific: MobileIPExtension {
    public static let type = ExtensionType.normalVendorSpecific
    public static let name = "Normal Vendor/Organization Specific"

    /// Vendor, type and value.
    public var content: VendorSpecific

    public init(_ content: VendorSpecific) { self.content = content }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        try fields.skip(2)
        content = try VendorSpecific(&fields, in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) {
        octets.append(bigEndian: 0 as UInt16)
        content.append(to: &octets)
    }
}
