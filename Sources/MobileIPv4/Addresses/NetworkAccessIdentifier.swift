/// A Network Access Identifier `user@realm` (RFC 2794, syntax of RFC 7542) as carried in extension 131: 1 to 255 octets of UTF-8.
///
/// Two identifiers are equal if they differ at most in the case of ASCII letters of the realm, which is a domain name; user parts
/// are compared exactly. `octets` are as the sender wrote them: equal identifiers may have different ones.
public struct NetworkAccessIdentifier: Sendable {
    /// The case is determined once. It takes no room beside the reference, since an agent has a million identifiers.
    private enum Storage: Sendable {
        /// The realm has no capital letter: comparisons use the octets as they are.
        case plain([UInt8])
        /// The realm has capital letters, which comparisons read as small ones.
        case capitals([UInt8])
    }

    private let storage: Storage

    /// Nil when the text is empty, is longer than 255 octets, or contains a control character.
    public init?(_ text: String) {
        guard Self.isIdentifier(text) else { return nil }
        storage = Self.storage(of: Array(text.utf8))
    }

    /// The octets of extension 131; nil when they are not 1…255 octets of well-formed UTF-8 without control characters.
    public init?(octets: some Collection<UInt8>) {
        guard (1...255).contains(octets.count) else { return nil }
        // Nearly all identifiers are ASCII, which can be verified without decoding them to a string.
        if !octets.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            guard let text = String(validating: octets, as: UTF8.self), Self.isIdentifier(text) else { return nil }
        }
        storage = Self.storage(of: Array(octets))
    }

    private static func isIdentifier(_ text: String) -> Bool {
        (1...255).contains(text.utf8.count) && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private static func storage(of octets: [UInt8]) -> Storage {
        var hasCapitals = false
        for octet in octets.reversed() {
            if octet == UInt8(ascii: "@") { return hasCapitals ? .capitals(octets) : .plain(octets) }
            if ASCIICase.isCapital(octet) { hasCapitals = true }
        }
        return .plain(octets)
    }

    /// The octets of extension 131, as they were given. Copies of an identifier share their storage.
    public var octets: [UInt8] {
        switch storage {
        case .plain(let octets), .capitals(let octets): octets
        }
    }

    /// Where the realm begins in `octets`: after the last `@`. Nil for an identifier without an `@`; the realm may be empty.
    package var realmStart: Int? { octets.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } }

    /// The octets with the capital letters of the realm made small: what equality, hash and order depend on, and hence also what an
    /// index in the order of identifiers is made of.
    package var comparedOctets: [UInt8] {
        switch storage {
        case .plain(let octets): return octets
        case .capitals(var octets):
            for index in (realmStart ?? octets.count)..<octets.count { octets[index] = ASCIICase.small(octets[index]) }
            return octets
        }
    }

    /// The identifier as text.
    public var value: String { String(decoding: octets, as: UTF8.self) }
}

extension NetworkAccessIdentifier: Hashable {
    public static func == (a: Self, b: Self) -> Bool {
        if case .plain(let left) = a.storage, case .plain(let right) = b.storage { return left == right }
        return a.octets.count == b.octets.count && a.comparedOctets == b.comparedOctets
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(comparedOctets) }
}

extension NetworkAccessIdentifier: Comparable {
    /// The order of the octets, with the realm in small letters.
    public static func < (a: Self, b: Self) -> Bool { a.comparedOctets.lexicographicallyPrecedes(b.comparedOctets) }
}

extension NetworkAccessIdentifier: TextCodable, CustomStringConvertible {
    public var description: String { value }

    /// The expected form of the text.
    public static var textForm: String { "a network access identifier of 1 to 255 bytes such as alice@example.net" }
}
