/// A Network Access Identifier `user@realm` (RFC 2794, syntax of RFC 7542) as carried in extension 131: 1 to 255 octets
/// of UTF-8, compared octet by octet.
public struct NetworkAccessIdentifier: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The octets of extension 131. Copies of an identifier share their storage.
    public let octets: [UInt8]

    /// Nil when the text is empty, is longer than 255 octets, or contains a control character.
    public init?(_ text: String) {
        guard Self.isIdentifier(text) else { return nil }
        octets = Array(text.utf8)
    }

    /// The octets of extension 131; nil when they are not 1…255 octets of well-formed UTF-8 without control characters.
    public init?(octets: some Collection<UInt8>) {
        guard (1...255).contains(octets.count) else { return nil }
        // Nearly all identifiers are ASCII, which can be verified without decoding them to a string.
        if !octets.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            guard let text = String(validating: octets, as: UTF8.self), Self.isIdentifier(text) else { return nil }
        }
        self.octets = Array(octets)
    }

    private static func isIdentifier(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// The identifier as text.
    public var value: String { String(decoding: octets, as: UTF8.self) }

    public var description: String { value }

    public static func < (a: Self, b: Self) -> Bool { a.octets.lexicographicallyPrecedes(b.octets) }
}

extension NetworkAccessIdentifier: TextCodable {
    /// The expected form of the text.
    public static var textForm: String { "a network access identifier of 1 to 255 bytes such as alice@example.net" }
}
