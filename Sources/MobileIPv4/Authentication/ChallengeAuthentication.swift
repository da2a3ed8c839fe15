internal import Crypto

/// The CHAP-style MN-AAA authenticator, selected by SPI 2 (RFC 4721 §8): MD5(first octet of the challenge ‖ key ‖ MD5(covered octets) ‖
/// last 237 octets of the challenge).
public enum ChallengeAuthentication {
    /// Length of the authenticator in octets.
    public static let authenticatorLength = 16
    private static let tailLength = 237

    /// True when `located` carries the right authenticator for the challenge at `challenge` in the same datagram, that is, the data of
    /// extension 132. Takes the same time for every wrong authenticator of the right length.
    public static func verify(
        _ located: LocatedAuthentication, challenge: Range<Int>, in datagram: RawSpan, key: AuthenticationKey
    ) -> Bool {
        guard located.authenticator.count == authenticatorLength, located.end <= datagram.byteCount,
            challenge.upperBound <= datagram.byteCount, !challenge.isEmpty
        else { return false }
        return datagram.withUnsafeBytes { octets in
            let given = UnsafeRawBufferPointer(rebasing: octets[located.authenticator])
            let covered = UnsafeRawBufferPointer(rebasing: octets[..<located.authenticator.lowerBound])
            let challenge = UnsafeRawBufferPointer(rebasing: octets[challenge])
            return authenticator(over: covered, challenge: challenge, key: key).withUnsafeBytes { constantTimeEqual($0, given) }
        }
    }

    /// Appends an MN-AAA extension with SPI 2 that covers everything in `octets` so far.
    ///
    /// - Parameter challenge: the data of the challenge extension (132), at least one octet.
    public static func appendExtension(challenge: [UInt8], key: AuthenticationKey, to octets: inout [UInt8]) {
        octets.appendAuthenticationHeader(
            .generalizedAuthentication, subtype: .mobileAAA, authenticatorLength: authenticatorLength, spi: .chap)
        let digest = octets.withUnsafeBytes { covered in
            challenge.withUnsafeBytes { authenticator(over: covered, challenge: $0, key: key) }
        }
        octets.append(contentsOf: digest)
    }

    private static func authenticator(
        over covered: UnsafeRawBufferPointer, challenge: UnsafeRawBufferPointer, key: AuthenticationKey
    ) -> Insecure.MD5.Digest {
        var inner = Insecure.MD5()
        inner.update(bufferPointer: covered)
        var outer = Insecure.MD5()
        outer.update(bufferPointer: UnsafeRawBufferPointer(rebasing: challenge.prefix(1)))
        key.secret.withUnsafeBytes { outer.update(bufferPointer: $0) }
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        outer.update(bufferPointer: UnsafeRawBufferPointer(rebasing: challenge.suffix(tailLength)))
        return outer.finalize()
    }
}
