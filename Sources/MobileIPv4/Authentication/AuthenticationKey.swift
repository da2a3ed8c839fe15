internal import Crypto

/// The secret of a mobility security association: any octets, at least one (RFC 5944 §5.1).
///
/// It can be used but not looked at: every printed form is `<key>`, it has no Codable form, and comparing takes the same time
/// wherever two keys differ.
public struct AuthenticationKey: Sendable, Equatable {
    let secret: SymmetricKey

    /// The key made of these octets. An empty key is taken as it is; whoever reads configuration refuses it.
    public init(octets: [UInt8]) { secret = SymmetricKey(data: octets) }

    /// Reads pairs of hexadecimal digits, at least one, with or without a leading `0x`; nil for anything else.
    public init?(hexadecimal: String) {
        var digits = hexadecimal.utf8[...]
        if digits.starts(with: "0x".utf8) { digits = digits.dropFirst(2) }
        guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
        var octets: [UInt8] = []
        octets.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
            default: return nil
            }
            if let first = high {
                octets.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        self.init(octets: octets)
    }

    /// Length of the key in octets.
    public var count: Int { secret.bitCount / 8 }

    public static func == (a: Self, b: Self) -> Bool { a.secret == b.secret }
}

extension AuthenticationKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<key>" }
    public var debugDescription: String { "<key>" }
    /// Nothing: no dump shows a key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
