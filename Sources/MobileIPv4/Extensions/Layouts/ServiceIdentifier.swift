import Foundation

/// The name of a service that a mobile node asks for (RFC 5446 §3): 1 to 255 bytes of UTF-8 such as `ims` or `voip.example.com`.
///
/// Two names are equal if their normal forms NFKC have the same bytes; case matters. `octets` are as the sender wrote them, since
/// an echo is an unchanged copy (RFC 5446 §4.2).
public struct ServiceIdentifier: Sendable {
    /// Takes no more room than a reference.
    private enum Storage: Sendable {
        /// The octets are in normal form.
        case normal([UInt8])
        /// They are not.
        indirect case other(octets: [UInt8], normal: [UInt8])
    }

    private static let lengths = 1...255

    private let storage: Storage

    /// The name in its normal form, which is what may be sent. Nil when the text or its normal form does not have 1…255 bytes, and
    /// when it contains a control character.
    public init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count),
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        let octets = Self.normalized(text)
        guard Self.lengths.contains(octets.count) else { return nil }
        storage = .normal(octets)
    }

    /// The octets of extension 151, which need not be in normal form. Nil when they are not 1…255 octets of well-formed UTF-8
    /// without control characters, or when their normal form is longer.
    public init?(octets: some Collection<UInt8>) {
        guard Self.lengths.contains(octets.count) else { return nil }
        // Nearly all names are ASCII, which is its own normal form.
        if octets.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            storage = .normal(Array(octets))
            return
        }
        guard let text = String(validating: octets, as: UTF8.self), let made = ServiceIdentifier(text) else { return nil }
        let normal = made.normal
        storage = normal.elementsEqual(octets) ? .normal(normal) : .other(octets: Array(octets), normal: normal)
    }

    private static func normalized(_ text: String) -> [UInt8] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
        return Array(text.precomposedStringWithCompatibilityMapping.utf8)
    }

    /// The octets of extension 151, as they were given.
    public var octets: [UInt8] {
        switch storage {
        case .normal(let octets), .other(let octets, _): octets
        }
    }

    private var normal: [UInt8] {
        switch storage {
        case .normal(let octets), .other(_, let octets): octets
        }
    }

    /// The name in its normal form, as text.
    public var value: String { String(decoding: normal, as: UTF8.self) }
}

extension ServiceIdentifier: Hashable {
    public static func == (a: Self, b: Self) -> Bool { a.normal == b.normal }

    public func hash(into hasher: inout Hasher) { hasher.combine(normal) }
}

extension ServiceIdentifier: Comparable {
    /// The order of the octets of the normal forms.
    public static func < (a: Self, b: Self) -> Bool { a.normal.lexicographicallyPrecedes(b.normal) }
}

extension ServiceIdentifier: TextCodable, CustomStringConvertible {
    public var description: String { value }

    /// The expected form of the text.
    public static var textForm: String { "the name of a service of 1 to 255 bytes such as ims" }
}
