/// A kind of vendor extension, or every kind of one vendor: what an implementation declares that it knows (RFC 3115 §2).
///
/// Written as `9/14` (vendor and type) or `9` (all types of the vendor).
public struct VendorExtensionKind: Hashable, Sendable {
    /// The vendor's private enterprise number (IANA).
    public let vendor: UInt32
    /// The vendor's own number for the kind of value; nil means all types.
    public let type: UInt16?

    public init(vendor: UInt32, type: UInt16? = nil) {
        self.vendor = vendor
        self.type = type
    }
}

extension VendorExtensionKind: TextCodable, CustomStringConvertible {
    /// Parses `VENDOR/TYPE` or `VENDOR`, decimal numbers without leading zeros; the vendor is at most `VendorSpecific.lastVendor`.
    public init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, let vendor: UInt32 = DecimalNumber.parse(first),
            vendor <= VendorSpecific.lastVendor
        else { return nil }
        guard parts.count == 2 else {
            self.init(vendor: vendor)
            return
        }
        guard let type: UInt16 = DecimalNumber.parse(parts[1]) else { return nil }
        self.init(vendor: vendor, type: type)
    }

    public var description: String { type.map { "\(vendor)/\($0)" } ?? "\(vendor)" }

    /// The expected form of the text.
    public static var textForm: String { "a vendor's number (up to 16777215) with or without a type, such as 9/14" }
}

extension Set<VendorExtensionKind> {
    /// True when the set contains the kind itself or all kinds of its vendor.
    public func covers(vendor: UInt32, type: UInt16) -> Bool {
        contains(VendorExtensionKind(vendor: vendor, type: type)) || contains(VendorExtensionKind(vendor: vendor))
    }
}
