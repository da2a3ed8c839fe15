/// Selects one mobility security association between two peers (RFC 5944 §1.6). Values 0…255 are reserved.
public struct SecurityParameterIndex: RawRepresentable, Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// False for 0…255, which IANA reserves.
    public var isAssignable: Bool { rawValue > 255 }
    /// 2: the authenticator is computed in CHAP style (RFC 4721 §8).
    public static let chap = SecurityParameterIndex(rawValue: 2)

    public var description: String { String(rawValue) }
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
