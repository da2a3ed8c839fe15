public import MobileIPv4

/// The realm of a network access identifier: what follows its last `@` (RFC 7542 §2.2). Realms are domain names, so that ASCII
/// letters are compared without regard to case. A realm does not include its subdomains.
public struct Realm: Hashable, Sendable {
    private let octets: [UInt8]

    /// Nil when the text is empty, is longer than 253 bytes, or contains an `@`, white space or a control character.
    public init?(_ text: String) {
        guard (1...253).contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({
                $0 != "@" && !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            })
        else { return nil }
        octets = Self.lowercased(text.utf8)
    }

    /// Nil for an identifier without a realm.
    public init?(of nai: NetworkAccessIdentifier) {
        guard let at = nai.octets.lastIndex(of: UInt8(ascii: "@")), at + 1 < nai.octets.count else { return nil }
        octets = Self.lowercased(nai.octets[(at + 1)...])
    }

    private static func lowercased(_ octets: some Collection<UInt8>) -> [UInt8] {
        octets.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}

extension Realm: CustomStringConvertible {
    /// The realm in small letters.
    public var description: String { String(decoding: octets, as: UTF8.self) }
}
