import Crypto

extension NetworkAccessIdentifier {
    /// The longest identifier that a MipEntityIdentifier of MIP-MIB takes whole, in octets.
    package static let unabbreviatedLength = 64

    /// What stands for an identifier of more than 64 octets where MIP-MIB wants a MipEntityIdentifier: its first 55 octets, a tilde, and the
    /// first eight hexadecimal digits of the SHA-256 hash of the whole, so that two that begin alike stay apart. Nil for a shorter one.
    package var abbreviation: [UInt8]? {
        guard octets.count > Self.unabbreviatedLength else { return nil }
        let hash = SHA256.hash(data: Array(octets)).prefix(4)
        return octets.prefix(55) + [UInt8(ascii: "~")] + hash.flatMap { [Hexadecimal.digit($0 >> 4), Hexadecimal.digit($0)] }
    }
}
