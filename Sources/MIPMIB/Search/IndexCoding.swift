import MobileIPv4

/// Bounds and conversions of IpAddress and Unsigned32 index parts.
enum IndexCoding {
    static let address: [UInt32] = [255, 255, 255, 255]
    static let unsigned: [UInt32] = [.max]

    /// The address in four sub-identifiers from `start`.
    static func address(_ fields: [UInt32], at start: Int = 0) -> IPv4Address {
        IPv4Address(rawValue: fields[start] << 24 | fields[start + 1] << 16 | fields[start + 2] << 8 | fields[start + 3])
    }

    static func append(_ address: IPv4Address, to name: inout [UInt]) {
        let (a, b, c, d) = address.octets
        name.append(UInt(a))
        name.append(UInt(b))
        name.append(UInt(c))
        name.append(UInt(d))
    }
}
