/// The 16 flag bits of a Mobility Agent Advertisement extension as they travel (RFC 5944 §2.1.1; T RFC 3024, U RFC 3519,
/// X RFC 3543, I RFC 4857).
public struct AdvertisementFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// R: register even with a co-located care-of address.
    public static let registrationRequired = AdvertisementFlags(rawValue: 0x8000)
    /// B: no more registrations.
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
}
