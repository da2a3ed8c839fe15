/// What a vendor/organization specific extension (38 or 134) carries (RFC 3115 §2).
public struct VendorSpecific: Hashable, Sendable {
    /// The vendor's private enterprise number (IANA), which has three octets: the first of the field's four is 0 (RFC 3115 §2).
    public var vendor: UInt32
    /// The vendor's own number for the kind of value.
    public var vendorType: UInt16
    /// The value, in the vendor's own layout.
    public var value: [UInt8]

    /// The last number that a vendor can have.
    public static let lastVendor: UInt32 = 0xFF_FFFF

    public init(vendor: UInt32, vendorType: UInt16, value: [UInt8]) {
        self.vendor = vendor
        self.vendorType = vendorType
        self.value = value
    }

    init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        vendor = try fields.uint32(in: datagram)
        guard vendor <= Self.lastVendor else { throw fields.malformed }
        vendorType = try fields.uint16(in: datagram)
        value = try fields.rest(in: datagram)
    }

    func append(to octets: inout [UInt8]) {
        octets.append(bigEndian: vendor)
        octets.append(bigEndian: vendorType)
        octets.append(contentsOf: value)
    }
}
