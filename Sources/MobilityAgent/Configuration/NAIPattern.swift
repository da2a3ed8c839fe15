public import MobileIPv4

/// Which network access identifiers are meant: one, written as `alice@example.net`, or all of a realm, written as `@example.net`.
public enum NAIPattern: Hashable, Sendable {
    /// This identifier.
    case identifier(NetworkAccessIdentifier)
    /// Every identifier of this realm.
    case realm(Realm)

    /// Whether an identifier is meant.
    public func matches(_ nai: NetworkAccessIdentifier) -> Bool {
        switch self {
        case .identifier(let identifier): identifier == nai
        case .realm(let realm): Realm(of: nai) == realm
        }
    }
}

extension NAIPattern: TextCodable, CustomStringConvertible {
    /// Parses an identifier, or `@` and a realm. Returns nil for anything else.
    public init?(_ description: String) {
        if description.first == "@" {
            guard let realm = Realm(String(description.dropFirst())) else { return nil }
            self = .realm(realm)
        } else {
            guard let identifier = NetworkAccessIdentifier(description) else { return nil }
            self = .identifier(identifier)
        }
    }

    public var description: String {
        switch self {
        case .identifier(let identifier): identifier.description
        case .realm(let realm): "@\(realm)"
        }
    }

    /// The expected form of the text.
    public static var textForm: String {
        "a network access identifier such as alice@example.net, or a realm with @ before it such as @example.net"
    }
}
