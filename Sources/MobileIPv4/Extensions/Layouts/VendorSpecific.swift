/// What a vendor/organization specific extension (38 or 134) carries (RFC 3115 §2).
public struct VendorSpecific: Hashable, Sendable {
    /// The vendor's private enterprise number (IANA).
    public var vendor: UInt32
    /// The vendor's own number for the kind of value.
    public var vendorType: UInt16
    /// The value, in the vendor's own layout.
    public var value: [UInt8]

    public init(vendor: UInt32, vendorType: UInt16, value: [UInt8]) {
        self.vendor = vendor
        self.vendorType = vendorType
        self.value = value
    }

    init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        vendor = try fields.uint32(in: datagram)
        vendorType = try fields.uint16(in: datagram)
        value = try fields.rest(in: datagram)
    }

    func append(to octets: inout [UInt8]) {
        octets.append(bigEndian: vendor)
        octets.append(bigEndian: vendorType)
        octets.append(contentsOf: value)
    }
}
