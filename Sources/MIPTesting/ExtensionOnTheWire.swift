/// An extension as bytes, and how a message that carries it is handled: written from the RFCs' texts, without the product's tables.
public struct ExtensionOnTheWire: Sendable, CustomStringConvertible {
    /// What a role does with a message because of an extension in it.
    public enum Treatment: String, Sendable {
        /// The role acts on it, by the rules of the extension.
        case acted
        /// The whole message is dropped.
        case discarded
        /// The extension is skipped.
        case skipped
    }

    /// The type byte.
    public let type: UInt8
    /// Nil for a type without Sub-Types.
    public let subtype: UInt8?
    /// Header and data.
    public let octets: [UInt8]

    /// As `36/1` or `131`.
    public var description: String { subtype.map { "\(type)/\($0)" } ?? "\(type)" }

    /// Types with a length of two bytes in messages to port 434: RFC 4721 §5, RFC 3115 §2.1, RFC 3957 §6, RFC 5563, RFC 6245 §3,
    /// RFC 6521 §5, RFC 4064 §3.1, RFC 4433 §4, RFC 7629 §4.
    public static let longTypes: Set<UInt8> = [36, 38, 40, 41, 42, 43, 47, 48, 50, 127, 139, 154]

    /// The Sub-Types that are distinguished: every one that an RFC defines, and one that no RFC does.
    public static let subtypes: [UInt8: [UInt8]] = [
        36: [1, 2, 3, 4, 9], 40: [1, 7, 9], 41: [1, 9], 42: [1, 7, 9], 43: [1, 9], 44: [0, 9], 45: [0, 9], 47: [1, 9],
        48: [0, 9],
        136: [1, 2, 3, 9], 139: [1, 2, 9], 144: [0, 9], 145: [1, 2, 9], 147: [1, 2, 3, 4, 9], 148: [0, 1, 2, 9],
        152: [1, 2, 3, 9],
    ]

    /// Twelve bytes of data that are also valid text; 139 has an address, 141 its only valid length, 144 and 44 the layout of RFC 3519
    /// §3.1.
    init(type: UInt8, subtype: UInt8?) {
        self.type = type
        self.subtype = subtype
        let data: [UInt8] =
            switch type {
            case 44, 144: [0, 0, 0, 0, 0]
            case 45: [68]
            case 139: [192, 0, 2, 77]
            case 141: [0, 1, 1, 2, 3, 4, 5, 6, 7, 8]
            default: Array(repeating: UInt8(ascii: "a"), count: 12)
            }
        if type == 0 {
            octets = [0]
        } else if Self.longTypes.contains(type) {
            octets = [type, subtype ?? 0, 0, UInt8(data.count)] + data
        } else {
            let body = (subtype.map { [$0] } ?? []) + data
            octets = [type, UInt8(body.count)] + body
        }
    }

    /// All 256 types; those with Sub-Types once for each Sub-Type.
    public static let all: [ExtensionOnTheWire] = (UInt8.min...UInt8.max).flatMap { type in
        subtypes[type].map { $0.map { ExtensionOnTheWire(type: type, subtype: $0) } }
            ?? [ExtensionOnTheWire(type: type, subtype: nil)]
    }

    /// How RFC 5944 §1.8 handles it for a receiver that acts on these types, given as `36/1` or `131`.
    public func treatment(acting understood: Set<String>) -> Treatment {
        if type == 0 || understood.contains(description) { return .acted }
        return type < 128 ? .discarded : .skipped
    }
}
