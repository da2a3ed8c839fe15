/// The type octet of an extension to a registration message (IANA "Mobile IPv4 Numbers").
public struct ExtensionType: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// False for 0…127: a receiver that does not know the type drops the whole message (RFC 5944 §1.8).
    public var isSkippable: Bool { rawValue >= 128 }

    /// One octet without a length (RFC 5944 §1.8).
    public static let padding = ExtensionType(rawValue: 0)
    /// MHAE (RFC 5944 §3.5.2).
    public static let mobileHomeAuthentication = ExtensionType(rawValue: 32)
    /// MFAE (RFC 5944 §3.5.3).
    public static let mobileForeignAuthentication = ExtensionType(rawValue: 33)
    /// FHAE (RFC 5944 §3.5.4).
    public static let foreignHomeAuthentication = ExtensionType(rawValue: 34)
    /// Generalized authentication; the Sub-Type tells whose (RFC 4721 §5).
    public static let generalizedAuthentication = ExtensionType(rawValue: 36)
    /// CVSE (RFC 3115 §2.1).
    public static let criticalVendorSpecific = ExtensionType(rawValue: 38)
    /// MN-FA key generation nonce request (RFC 3957 §6.1).
    public static let mobileForeignKeyRequest = ExtensionType(rawValue: 40)
    /// MN-FA key generation nonce reply (RFC 3957 §6.2).
    public static let mobileForeignKeyReply = ExtensionType(rawValue: 41)
    /// MN-HA key generation nonce request (RFC 3957 §6.3).
    public static let mobileHomeKeyRequest = ExtensionType(rawValue: 42)
    /// MN-HA key generation nonce reply (RFC 3957 §6.4).
    public static let mobileHomeKeyReply = ExtensionType(rawValue: 43)
    /// UDP tunnel reply (RFC 3519 §3.1.2).
    public static let udpTunnelReply = ExtensionType(rawValue: 44)
    /// Foreign agent error (RFC 4636).
    public static let foreignAgentError = ExtensionType(rawValue: 45)
    /// Gateway foreign agent address (RFC 4857).
    public static let gatewayForeignAgent = ExtensionType(rawValue: 46)
    /// Proxy Mobile IPv4, non-skippable (RFC 5563).
    public static let proxyNonSkippable = ExtensionType(rawValue: 47)
    /// GRE key (RFC 6245).
    public static let greKey = ExtensionType(rawValue: 48)
    /// Encapsulating delivery style (RFC 3024 §3.3).
    public static let encapsulatingDeliveryStyle = ExtensionType(rawValue: 130)
    /// Mobile node NAI (RFC 2794).
    public static let mobileNodeNAI = ExtensionType(rawValue: 131)
    /// MN-FA challenge (RFC 4721 §4).
    public static let challenge = ExtensionType(rawValue: 132)
    /// NVSE (RFC 3115 §2.2).
    public static let normalVendorSpecific = ExtensionType(rawValue: 134)
    /// NAI carrying (RFC 3846).
    public static let naiCarrying = ExtensionType(rawValue: 136)
    /// Revocation support (RFC 3543 §3.2).
    public static let revocationSupport = ExtensionType(rawValue: 137)
    /// Dynamic home agent (RFC 4433).
    public static let dynamicHomeAgent = ExtensionType(rawValue: 139)
    /// Hierarchical foreign agent (RFC 4857).
    public static let hierarchicalForeignAgent = ExtensionType(rawValue: 140)
    /// Replay protection style (RFC 4857).
    public static let replayProtectionStyle = ExtensionType(rawValue: 141)
    /// Regional registration lifetime (RFC 4857).
    public static let regionalLifetime = ExtensionType(rawValue: 142)
    /// UDP tunnel request (RFC 3519 §3.1.1).
    public static let udpTunnelRequest = ExtensionType(rawValue: 144)
    /// Message string (RFC 4917).
    public static let messageString = ExtensionType(rawValue: 145)
    /// Proxy Mobile IPv4, skippable (RFC 5563).
    public static let proxySkippable = ExtensionType(rawValue: 147)
    /// Mobile network (RFC 5177).
    public static let mobileNetwork = ExtensionType(rawValue: 148)
    /// Dual stack (RFC 5454).
    public static let dualStack = ExtensionType(rawValue: 152)

    /// True when `MobileIPExtension` gives the type a value of its own; every other type is "unknown" in the sense of RFC 5944 §1.8.
    public var isKnown: Bool { Self.registry[Int(rawValue)].isKnown }

    /// IANA's name for the type; nil when it is unassigned.
    public var name: String? { Self.registry[Int(rawValue)].name }
}

extension ExtensionType: CustomStringConvertible {
    /// For example `32 Mobile-Home Authentication`.
    public var description: String { "\(rawValue) \(name ?? "unassigned")" }
}

/// How the octets after the type octet are arranged (RFC 5944 §1.8 to §1.10). Nothing on the wire tells; it belongs to the type.
enum ExtensionForm {
    /// The type octet is all there is.
    case padding
    /// Type, Length (one octet), data.
    case short
    /// Type, Sub-Type, Length (two octets), data.
    case long
    /// Long by RFC 4433, short in the wild; told apart by the octets.
    case shortOrLong
}

extension ExtensionType {
    struct Registration {
        var name: String?
        var form = ExtensionForm.short
        var isKnown = false
    }

    var form: ExtensionForm { Self.registry[Int(rawValue)].form }

    /// One entry for each of the 256 types.
    private static let registry: [Registration] = {
        var entries = Array(repeating: Registration(), count: 256)
        func known(_ type: UInt8, _ name: String, _ form: ExtensionForm = .short) {
            entries[Int(type)] = Registration(name: name, form: form, isKnown: true)
        }
        func named(_ type: UInt8, _ name: String) { entries[Int(type)].name = name }
        known(0, "Padding", .padding)
        known(32, "Mobile-Home Authentication")
        known(33, "Mobile-Foreign Authentication")
        known(34, "Foreign-Home Authentication")
        known(36, "Generalized Authentication", .long)
        known(38, "Critical Vendor/Organization Specific", .long)
        known(40, "MN-FA Key Generation Nonce Request", .long)
        known(41, "MN-FA Key Generation Nonce Reply", .long)
        known(42, "MN-HA Key Generation Nonce Request", .long)
        known(43, "MN-HA Key Generation Nonce Reply", .long)
        known(44, "UDP Tunnel Reply")
        known(45, "FA Error")
        known(46, "GFA IP Address")
        known(47, "PMIPv4 Non-skippable", .long)
        known(48, "GRE Key", .long)
        named(49, "Route Optimization")
        named(50, "Route Optimization Data")
        named(127, "Experimental, non-skippable")
        named(128, "Deprecated (2001)")
        named(129, "SKIP Firewall Traversal")
        known(130, "Encapsulating Delivery Style")
        known(131, "Mobile Node NAI")
        known(132, "MN-FA Challenge")
        known(134, "Normal Vendor/Organization Specific")
        known(136, "NAI Carrying")
        known(137, "Revocation Support")
        named(138, "Generalized Link Layer Address")
        known(139, "Dynamic Home Agent", .shortOrLong)
        known(140, "Hierarchical Foreign Agent")
        known(141, "Replay Protection Style")
        known(142, "Regional Registration Lifetime")
        known(144, "UDP Tunnel Request")
        known(145, "Message String")
        known(147, "PMIPv4 Skippable")
        known(148, "Mobile Network")
        named(149, "Trusted Networks Configured")
        named(151, "Service Selection")
        known(152, "Dual Stack")
        named(153, "Mobile Router Route Optimization Indication")
        named(154, "Multipath")
        named(255, "Experimental, skippable")
        return entries
    }()
}
