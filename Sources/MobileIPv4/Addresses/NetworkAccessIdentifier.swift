/// A Network Access Identifier `user@realm` (RFC 2794, syntax of RFC 7542) as it travels in extension 131: 1 to 255 octets
/// of UTF-8, compared octet by octet.
public struct NetworkAccessIdentifier: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The identifier as text.
    public let value: String

    /// Nil when the text is empty, longer than 255 octets, or has a control character.
    public init?(_ text: String) {
        guard (1...255).contains(text.utf8.count),
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        value = text
    }

    /// The octets of extension 131; nil when they are not 1…255 octets of well-formed UTF-8 without control characters.
    public init?(octets: some Collection<UInt8>) {
        guard let text = String(validating: octets, as: UTF8.self) else { return nil }
        self.init(text)
    }

    /// The octets of extension 131.
    public var octets: String.UTF8View { value.utf8 }
    public var description: String { value }

    // Text compares equal when it is canonically equivalent; identifiers do only when they are the same octets.
    public static func == (a: Self, b: Self) -> Bool { a.value.utf8.elementsEqual(b.value.utf8) }

    public func hash(into hasher: inout Hasher) {
        if value.utf8.withContiguousStorageIfAvailable({ hasher.combine(bytes: UnsafeRawBufferPointer($0)) }) == nil {
            for octet in value.utf8 { hasher.combine(octet) }
        }
        hasher.combine(0xFF as UInt8)
    }

    public static func < (a: Self, b: Self) -> Bool { a.value.utf8.lexicographicallyPrecedes(b.value.utf8) }
}

extension NetworkAccessIdentifier: TextCodable {
    /// The form of its text.
    public static var textForm: String { "a network access identifier of 1 to 255 octets such as alice@example.net" }
}
