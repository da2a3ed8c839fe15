/// The type octet of an extension to a registration message (IANA "Mobile IPv4 Numbers").
public struct ExtensionType: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// False for 0…127: a receiver that does not know the type drops the whole message (RFC 5944 §1.8).
    public var isSkippable: Bool { rawValue >= 128 }
}
