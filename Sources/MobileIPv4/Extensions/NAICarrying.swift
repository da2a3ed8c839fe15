extension ExtensionType {
    /// NAI carrying (136, RFC 3846).
    public static let naiCarrying = ExtensionType(rawValue: 136)
}

/// The NAI of an agent (136, RFC 3846 §4, RFC 4857 §9.4).
public struct NAICarrying: MobileIPExtension {
    public static let type = ExtensionType.naiCarrying
    public static let name = "NAI Carrying"
    public static let form = ExtensionForm.shortWithSubtype
    public static let subtypes: [UInt8]? = [Owner.homeAgent, .homeAAA, .foreignAgent].map(\.rawValue)

    /// Sub-Type: which entity the NAI belongs to.
    public struct Owner: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The home agent.
        public static let homeAgent = Owner(rawValue: 1)
        /// The AAA server of the home domain.
        public static let homeAAA = Owner(rawValue: 2)
        /// The foreign agent.
        public static let foreignAgent = Owner(rawValue: 3)
    }

    /// The most octets of an NAI that fit the extension, where the Sub-Type takes one.
    public static let longestNAI = 254

    /// Which entity the NAI belongs to.
    public var owner: Owner
    /// At most `longestNAI` octets.
    public var nai: NetworkAccessIdentifier

    public init(owner: Owner, nai: NetworkAccessIdentifier) {
        self.owner = owner
        self.nai = nai
    }

    public var subtype: UInt8 { owner.rawValue }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        owner = Owner(rawValue: try fields.requiredSubtype())
        nai = try fields.networkAccessIdentifier(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(contentsOf: nai.octets) }
}
