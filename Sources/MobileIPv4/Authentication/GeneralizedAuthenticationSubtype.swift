/// Which pair of entities a generalized authentication extension (36) authenticates (IANA "Generalized MN-AAA … Sub-Types").
public struct GeneralizedAuthenticationSubtype: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Mobile node to its AAA server (RFC 4721).
    public static let mobileAAA = GeneralizedAuthenticationSubtype(rawValue: 1)
    /// Foreign agent to foreign agent (RFC 4857).
    public static let foreignForeign = GeneralizedAuthenticationSubtype(rawValue: 2)
    /// Mobile node to gateway foreign agent (RFC 4857).
    public static let mobileGatewayForeign = GeneralizedAuthenticationSubtype(rawValue: 3)
    /// Mobile node to previous access router (RFC 4988).
    public static let mobilePreviousAccessRouter = GeneralizedAuthenticationSubtype(rawValue: 4)
}
