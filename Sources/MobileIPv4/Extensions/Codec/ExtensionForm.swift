/// How the octets after the type octet of an extension are arranged (RFC 5944 §1.8 to §1.10). Nothing on the wire shows it; it belongs to
/// the type, and is not a matter of the type's range: 44 and 46 are short, 139 and 154 are long.
public enum ExtensionForm: Hashable, Sendable {
    /// The type octet is all there is.
    case padding
    /// Type, Length (one octet), data.
    case short
    /// Type, Length (one octet), Sub-Type, data; the Length covers the Sub-Type.
    case shortWithSubtype
    /// Type, Sub-Type, Length (two octets), data.
    case long
    /// Long by RFC 4433, short with a Sub-Type in the wild; the octets show which (139).
    case longOrShort
    /// Short; a Length of 2 stands for 10, as RFC 4857 §9.3 prints it (141).
    case replayProtectionStyle

    var hasSubtypeInData: Bool { self == .shortWithSubtype || self == .longOrShort }
}
