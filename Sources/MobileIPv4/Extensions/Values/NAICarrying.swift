/// The NAI of an agent (136, RFC 3846 §4, RFC 4857 §9.4).
public struct NAICarrying: Hashable, Sendable {
    /// Sub-Type: whose NAI it is.
    public struct Owner: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The home agent's.
        public static let homeAgent = Owner(rawValue: 1)
        /// That of the AAA server at home.
        public static let homeAAA = Owner(rawValue: 2)
        /// The foreign agent's.
        public static let foreignAgent = Owner(rawValue: 3)
    }

    /// Whose NAI it is.
    public var owner: Owner
    /// At most 254 octets fit beside the owner.
    public var nai: NetworkAccessIdentifier

    public init(owner: Owner, nai: NetworkAccessIdentifier) {
        self.owner = owner
        self.nai = nai
    }
}
