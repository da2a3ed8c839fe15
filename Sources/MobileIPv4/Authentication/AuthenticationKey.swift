internal import Crypto

/// The secret of a mobility security association: any octets, at least one (RFC 5944 §5.1).
///
/// It can be used but not read: every printed form is `<key>`, it is not Codable, and a comparison takes the same time wherever two keys
/// differ.
public struct AuthenticationKey: Sendable, Equatable {
    let secret: SymmetricKey

    /// A key of these octets. An empty key is accepted here; the code that reads configuration rejects it.
    public init(octets: [UInt8]) { secret = SymmetricKey(data: octets) }

    /// Parses pairs of hexadecimal digits, at least one pair, with or without a leading `0x`. Returns nil for anything else.
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
    /// Empty, so that no dump shows the key.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
