/// Host configuration for a mobile node, carried in a normal vendor-specific extension of vendor 9, type 14 (RFC 4332).
public enum HostConfiguration: Hashable, Sendable {
    /// Requests configuration; selector 0 requests everything.
    case request(selector: UInt16)
    /// Length of the home network's prefix in bits.
    case homeNetworkPrefixLength(UInt16)
    case domainNameServers(primary: IPv4Address, secondary: IPv4Address)
    case dhcpServer(IPv4Address)
    /// 2 to 255 octets.
    case dhcpClientIdentifier([UInt8])
    case defaultGateway(IPv4Address)
    case domainNameSuffix(String)
    case configurationURL(String)

    /// The vendor of the extension: 9 (RFC 4332 §3).
    public static let vendor: UInt32 = 9
    /// The vendor's type: 14 (RFC 4332 §3).
    public static let vendorType: UInt16 = 14

    /// Decodes a vendor-specific extension; nil when it belongs to another vendor, has another type, or does not have the layout of RFC
    /// 4332.
    public init?(_ extended: VendorSpecific) {
        guard extended.vendor == Self.vendor, extended.vendorType == Self.vendorType, extended.value.count >= 2 else {
            return nil
        }
        let octets = extended.value
        let value = octets.dropFirst(2)
        func integer(_ range: Range<Int>) -> UInt32 { octets[range].reduce(0) { $0 << 8 | UInt32($1) } }
        func address(at offset: Int) -> IPv4Address { IPv4Address(rawValue: integer(offset..<(offset + 4))) }
        switch (integer(0..<2), value.count) {
        case (0, 2): self = .request(selector: UInt16(integer(2..<4)))
        case (1, 2): self = .homeNetworkPrefixLength(UInt16(integer(2..<4)))
        case (2, 8): self = .domainNameServers(primary: address(at: 2), secondary: address(at: 6))
        case (3, 4): self = .dhcpServer(address(at: 2))
        case (4, 2...255): self = .dhcpClientIdentifier(Array(value))
        case (5, 4): self = .defaultGateway(address(at: 2))
        case (6, 1...246):
            guard let text = String(validating: value, as: UTF8.self) else { return nil }
            self = .domainNameSuffix(text)
        case (7, 1...246):
            guard let text = String(validating: value, as: UTF8.self) else { return nil }
            self = .configurationURL(text)
        default: return nil
        }
    }

    /// The vendor-specific form of this value.
    public var vendorSpecific: VendorSpecific {
        var octets: [UInt8] = []
        switch self {
        case .request(let selector):
            octets.append(bigEndian: 0 as UInt16)
            octets.append(bigEndian: selector)
        case .homeNetworkPrefixLength(let length):
            octets.append(bigEndian: 1 as UInt16)
            octets.append(bigEndian: length)
        case .domainNameServers(let primary, let secondary):
            octets.append(bigEndian: 2 as UInt16)
            octets.append(bigEndian: primary.rawValue)
            octets.append(bigEndian: secondary.rawValue)
        case .dhcpServer(let address):
            octets.append(bigEndian: 3 as UInt16)
            octets.append(bigEndian: address.rawValue)
        case .dhcpClientIdentifier(let identifier):
            octets.append(bigEndian: 4 as UInt16)
            octets.append(contentsOf: identifier)
        case .defaultGateway(let address):
            octets.append(bigEndian: 5 as UInt16)
            octets.append(bigEndian: address.rawValue)
        case .domainNameSuffix(let text):
            octets.append(bigEndian: 6 as UInt16)
            octets.append(contentsOf: text.utf8)
        case .configurationURL(let text):
            octets.append(bigEndian: 7 as UInt16)
            octets.append(contentsOf: text.utf8)
        }
        return VendorSpecific(vendor: Self.vendor, vendorType: Self.vendorType, value: octets)
    }
}
