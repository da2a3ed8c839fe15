import Crypto

extension NetworkAccessIdentifier {
    /// The length in octets of the longest identifier that fits unabbreviated in a MipEntityIdentifier of MIP-MIB.
    package static let unabbreviatedLength = 64

    /// The abbreviation of an identifier longer than 64 octets where MIP-MIB requires a MipEntityIdentifier: its first 55 octets,
    /// a tilde, and the first eight hexadecimal digits of the SHA-256 hash of the whole identifier, so that two identifiers with
    /// the same beginning stay distinct. The realm is in small letters, so that equal identifiers have the same one. Nil for a
    /// shorter identifier.
    package var abbreviation: [UInt8]? {
        let octets = comparedOctets
        guard octets.count > Self.unabbreviatedLength else { return nil }
        let hash = SHA256.hash(data: octets).prefix(4)
        return octets.prefix(55) + [UInt8(ascii: "~")] + hash.flatMap { [Hexadecimal.digit($0 >> 4), Hexadecimal.digit($0)] }
    }
}
