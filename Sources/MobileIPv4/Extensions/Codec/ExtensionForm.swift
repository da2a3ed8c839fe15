/// How the octets after an extension's type octet are arranged (RFC 5944 §1.8 to §1.10). Nothing on the wire shows the form. It is a
/// property of the type and does not follow from the type's range: 44 and 46 are short, 139 and 154 are long.
public enum ExtensionForm: Hashable, Sendable {
    /// The type octet only.
    case padding
    /// Type, Length (one octet), data.
    case short
    /// Type, Length (one octet), Sub-Type, data; the Length covers the Sub-Type.
    case shortWithSubtype
    /// Type, Sub-Type, Length (two octets), data.
    case long
    /// Long according to RFC 4433, but in practice also sent short with a Sub-Type; the octets show which form it is (139).
    case longOrShort
    /// Short; a Length of 2 means 10, since RFC 4857 §9.3 prints 2 (141).
    case replayProtectionStyle

    var hasSubtypeInData: Bool { self == .shortWithSubtype || self == .longOrShort }
}
