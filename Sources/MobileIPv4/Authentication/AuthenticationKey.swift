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
        guard let octets = Hexadecimal.octets(hexadecimal, allowsPrefix: true), !octets.isEmpty else { return nil }
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
