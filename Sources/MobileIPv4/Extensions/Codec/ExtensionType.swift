/// The type octet of an extension to a registration message (IANA "Mobile IPv4 Numbers").
///
/// A type with a layout declares its number in the file of that layout; `ExtensionCatalogue.unread` lists the other assigned types.
public struct ExtensionType: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// False for 0…127: a receiver that does not understand the type drops the whole message (RFC 5944 §1.8).
    public var isSkippable: Bool { rawValue >= 128 }

    /// One octet without a length (RFC 5944 §1.8).
    public static let padding = ExtensionType(rawValue: 0)

    /// IANA's name for the type; nil when it is unassigned.
    public var name: String? { ExtensionCatalogue.names[Int(rawValue)] }

    /// How the octets after the type octet are arranged; short for an unknown type.
    public var form: ExtensionForm { ExtensionCatalogue.forms[Int(rawValue)] }
}

extension ExtensionType: CustomStringConvertible {
    /// For example `32 Mobile-Home Authentication`.
    public var description: String { "\(rawValue) \(name ?? "unassigned")" }
}
