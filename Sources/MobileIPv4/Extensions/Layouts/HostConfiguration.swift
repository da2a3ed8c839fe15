/// Host configuration for a mobile node, carried in a normal vendor-specific extension of vendor 9, type 14 (RFC 4332).
///
/// The RFC draws a Sub-Type of two octets, but says "0 to 255" and gives a limit for texts that only fits one of one octet. Two
/// octets are sent; both forms are read.
public enum HostConfiguration: Hashable, Sendable {
    /// Requests configuration; selector 0 requests everything. The RFC defines no other selector.
    case request(selector: UInt16)
    /// Length of the home network's prefix in bits, 0…32.
    case homeNetworkPrefixLength(UInt16)
    /// Always two addresses; 0.0.0.0 stands for a missing one.
    case domainNameServers(primary: IPv4Address, secondary: IPv4Address)
    case dhcpServer(IPv4Address)
    /// 2 to `longestValue` octets.
    case dhcpClientIdentifier([UInt8])
    case defaultGateway(IPv4Address)
    /// 1 to `longestValue` bytes.
    case domainNameSuffix(String)
    /// 1 to `longestValue` bytes.
    case configurationURL(String)

    /// The vendor of the extension: 9 (RFC 4332 §3).
    public static let vendor: UInt32 = 9
    /// The vendor's type: 14 (RFC 4332 §3).
    public static let vendorType: UInt16 = 14
    /// Vendor and type of the extension.
    public static var kind: VendorExtensionKind { VendorExtensionKind(vendor: vendor, type: vendorType) }
    /// The most octets of a text or an identifier that fit the extension; encoding one with a longer value throws
    /// `ExtensionTooLong`.
    public static let longestValue = 245

    /// Why a vendor-specific extension cannot be read as host configuration.
    public enum Fault: Error, Hashable, Sendable {
        /// It belongs to another vendor or has another type.
        case otherKind
        /// It has a Sub-Type that RFC 4332 does not define.
        case unknownSubtype(UInt16)
        /// It has no Sub-Type, or its value does not have the layout that RFC 4332 gives for the Sub-Type.
        case malformed
    }

    /// Decodes a vendor-specific extension.
    public init(decoding extended: VendorSpecific) throws(Fault) {
        guard extended.vendor == Self.vendor, extended.vendorType == Self.vendorType else { throw .otherKind }
        let octets = extended.value
        guard octets.count >= 2 else { throw .malformed }
        func integer(_ range: Range<Int>) -> UInt32 { octets[range].reduce(0) { $0 << 8 | UInt32($1) } }
        // Sub-Type 0 with one octet of Sub-Type and the only defined selector. With two, no Sub-Type has a single octet of zero.
        if octets == [0, 0, 0] {
            self = .request(selector: 0)
            return
        }
        // The first octet of a defined Sub-Type is 0 if it has two.
        let header = (1...7).contains(octets[0]) ? 1 : 2
        let value = octets[header...]
        func address(at offset: Int) -> IPv4Address {
            IPv4Address(rawValue: integer((header + offset)..<(header + offset + 4)))
        }
        func text() throws(Fault) -> String {
            guard let text = String(validating: value, as: UTF8.self) else { throw .malformed }
            return text
        }
        let subtype = integer(0..<header)
        switch (subtype, value.count) {
        case (0, 2): self = .request(selector: UInt16(integer(2..<4)))
        case (1, 2):
            let length = UInt16(integer(header..<(header + 2)))
            guard length <= 32 else { throw .malformed }
            self = .homeNetworkPrefixLength(length)
        case (2, 8): self = .domainNameServers(primary: address(at: 0), secondary: address(at: 4))
        case (3, 4): self = .dhcpServer(address(at: 0))
        // One more octet than is sent fits if the Sub-Type has one.
        case (4, 2...(Self.longestValue + 1)): self = .dhcpClientIdentifier(Array(value))
        case (5, 4): self = .defaultGateway(address(at: 0))
        case (6, 1...(Self.longestValue + 1)): self = .domainNameSuffix(try text())
        case (7, 1...(Self.longestValue + 1)): self = .configurationURL(try text())
        case (0...7, _): throw .malformed
        default: throw .unknownSubtype(UInt16(subtype))
        }
    }

    /// Decodes a vendor-specific extension; nil for any fault.
    public init?(_ extended: VendorSpecific) {
        guard let value = try? HostConfiguration(decoding: extended) else { return nil }
        self = value
    }

    /// The vendor-specific form of this value.
    public var vendorSpecific: VendorSpecific {
        var octets: [UInt8] = []
        octets.append(bigEndian: subtype)
        switch self {
        case .request(let number), .homeNetworkPrefixLength(let number): octets.append(bigEndian: number)
        case .domainNameServers(let primary, let secondary):
            octets.append(bigEndian: primary.rawValue)
            octets.append(bigEndian: secondary.rawValue)
        case .dhcpServer(let address), .defaultGateway(let address): octets.append(bigEndian: address.rawValue)
        case .dhcpClientIdentifier(let identifier): octets.append(contentsOf: identifier)
        case .domainNameSuffix(let text), .configurationURL(let text): octets.append(contentsOf: text.utf8)
        }
        return VendorSpecific(vendor: Self.vendor, vendorType: Self.vendorType, value: octets)
    }

    private var subtype: UInt16 {
        switch self {
        case .request: 0
        case .homeNetworkPrefixLength: 1
        case .domainNameServers: 2
        case .dhcpServer: 3
        case .dhcpClientIdentifier: 4
        case .defaultGateway: 5
        case .domainNameSuffix: 6
        case .configurationURL: 7
        }
    }
}
