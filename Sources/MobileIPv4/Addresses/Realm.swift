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
        octets = text.utf8.map(ASCIICase.small)
    }

    /// Nil for an identifier without a realm.
    public init?(of nai: NetworkAccessIdentifier) {
        let octets = nai.octets
        guard let start = nai.realmStart, start < octets.count else { return nil }
        self.octets = octets[start...].map(ASCIICase.small)
    }
}

extension Realm: TextCodable, CustomStringConvertible {
    /// The realm in small letters.
    public var description: String { String(decoding: octets, as: UTF8.self) }

    /// The expected form of the text.
    public static var textForm: String { "a realm such as example.net" }
}
