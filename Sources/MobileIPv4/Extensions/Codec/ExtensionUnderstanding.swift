/// The extension types and Sub-Types that a role, as configured, acts on in one kind of message (RFC 5944 §1.8).
///
/// Having a layout does not make a type understood. An extension that the role does not understand drops the whole message when its type is
/// 0…127 and is skipped otherwise. An undefined Sub-Type is treated as an undefined type, and so is an extension that the role acts on only
/// in another kind of message.
public struct ExtensionUnderstanding: Sendable {
    /// What is understood of one type.
    public struct Entry: Sendable {
        let type: ExtensionType
        let mask: UInt64

        /// Every Sub-Type that the layout defines, or the whole type when it has none.
        public static func all<Extension: MobileIPExtension>(_: Extension.Type) -> Entry {
            Entry(type: Extension.type, mask: Extension.subtypes.map { mask(of: $0) } ?? whole)
        }

        /// Only these Sub-Types, each 0…62.
        public static func only<Extension: MobileIPExtension>(_: Extension.Type, subtypes: [UInt8]) -> Entry {
            Entry(type: Extension.type, mask: mask(of: subtypes))
        }

        private static func mask(of subtypes: [UInt8]) -> UInt64 { subtypes.reduce(0) { $0 | (1 << UInt64($1)) } }
    }

    private static let whole = UInt64.max
    /// For each type, one bit per Sub-Type, or `whole`; 0 for a type that is not understood.
    private var masks = [UInt64](repeating: 0, count: 256)

    /// Understands these entries and padding.
    public init(_ entries: [Entry]) {
        masks[Int(ExtensionType.padding.rawValue)] = Self.whole
        for entry in entries { masks[Int(entry.type.rawValue)] |= entry.mask }
    }

    /// True when at least one Sub-Type of the type is understood.
    public func covers(_ type: ExtensionType) -> Bool { masks[Int(type.rawValue)] != 0 }

    /// True when the extension is understood, Sub-Type included.
    public func covers(_ located: LocatedExtension) -> Bool {
        let mask = masks[Int(located.type.rawValue)]
        if mask == Self.whole { return true }
        guard let subtype = located.subtype, subtype < UInt64.bitWidth else { return false }
        return mask >> UInt64(subtype) & 1 == 1
    }
}
