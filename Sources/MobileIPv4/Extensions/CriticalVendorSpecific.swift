extension ExtensionType {
    /// CVSE (38, RFC 3115 §2.1).
    public static let criticalVendorSpecific = ExtensionType(rawValue: 38)
}

/// CVSE: a vendor extension that must not be skipped (38, RFC 3115 §2.1). The octet in the place of a Sub-Type is reserved.
public struct CriticalVendorSpecific: MobileIPExtension {
    public static let type = ExtensionType.criticalVendorSpecific
    public static let name = "Critical Vendor/Organization Specific"
    public static let form = ExtensionForm.long

    /// Vendor, type and value.
    public var content: VendorSpecific

    public init(_ content: VendorSpecific) { self.content = content }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        content = try VendorSpecific(&fields, in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { content.append(to: &octets) }
}
