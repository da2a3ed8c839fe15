/// The Lifetime field of requests and replies, in seconds (RFC 5944 §3.3).
public struct RegistrationLifetime: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// 0: a request for deregistration.
    public static let deregistration = RegistrationLifetime(rawValue: 0)
    /// 0xffff: never expires.
    public static let infinity = RegistrationLifetime(rawValue: .max)

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
