/// The 16 flag bits of a Mobility Agent Advertisement extension as sent on the wire (RFC 5944 §2.1.1; T RFC 3024, U RFC 3519, X RFC 3543, I
/// RFC 4857).
public struct AdvertisementFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// R: registration required, even with a co-located care-of address.
    public static let registrationRequired = AdvertisementFlags(rawValue: 0x8000)
    /// B: busy, no more registrations are accepted.
    public static let busy = AdvertisementFlags(rawValue: 0x4000)
    /// H: home agent service.
    public static let homeAgent = AdvertisementFlags(rawValue: 0x2000)
    /// F: foreign agent service.
    public static let foreignAgent = AdvertisementFlags(rawValue: 0x1000)
    /// M: minimal encapsulation.
    public static let minEnc = AdvertisementFlags(rawValue: 0x0800)
    /// G: GRE.
    public static let gre = AdvertisementFlags(rawValue: 0x0400)
    /// r: reserved, formerly V.
    public static let vjCompression = AdvertisementFlags(rawValue: 0x0200)
    /// T: reverse tunnelling.
    public static let reverseTunnel = AdvertisementFlags(rawValue: 0x0100)
    /// U: UDP tunnelling.
    public static let udpTunnel = AdvertisementFlags(rawValue: 0x0080)
    /// X: registration revocation.
    public static let revocation = AdvertisementFlags(rawValue: 0x0040)
    /// I: regional registration.
    public static let regionalRegistration = AdvertisementFlags(rawValue: 0x0020)

    /// Every flag with its label (the one in `mnAdvFlags` of MIP-MIB where that has one), in wire order from the most significant bit.
    public static let labels: [(flag: AdvertisementFlags, label: String)] = [
        (.registrationRequired, "regRequired"), (.busy, "busy"), (.homeAgent, "homeAgent"), (.foreignAgent, "foreignAgent"),
        (.minEnc, "minEnc"), (.gre, "gre"), (.vjCompression, "vjCompression"), (.reverseTunnel, "reverseTunnel"),
        (.udpTunnel, "udpTunnel"), (.revocation, "revocation"), (.regionalRegistration, "regionalRegistration"),
    ]
}

extension AdvertisementFlags: CustomStringConvertible, Codable {
    /// The set flags as letters in the wire order `RBHFMGVTUXI`; `-` when none is set.
    public var description: String {
        let letters = zip("RBHFMGVTUXI", Self.labels).filter { contains($0.1.flag) }.map(\.0)
        return letters.isEmpty ? "-" : String(letters)
    }

    /// A JSON array of labels; always an array. Reserved bits are not encoded.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var flags = AdvertisementFlags()
        while !container.isAtEnd {
            let label = try container.decode(String.self)
            guard let known = Self.labels.first(where: { $0.label == label }) else {
                throw Swift.DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription:
                        "'\(label)' is invalid; expected an advertisement flag: \(Self.labels.map(\.label).joined(separator: ", "))"
                )
            }
            flags.insert(known.flag)
        }
        self = flags
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for (flag, label) in Self.labels where contains(flag) { try container.encode(label) }
    }
}
