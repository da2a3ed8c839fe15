internal import Crypto

extension AuthenticationAlgorithm {
    /// True when the authenticator of `located` is the one that this algorithm computes with `key` over all octets before the extension and
    /// over its Type, Sub-Type (if it has one), Length and SPI (RFC 5944 §3.5.1, RFC 4721 §5). Takes the same time for every wrong
    /// authenticator of the right length.
    public func verify(_ located: LocatedAuthentication, in datagram: RawSpan, key: AuthenticationKey) -> Bool {
        guard located.authenticator.count == authenticatorLength, located.end <= datagram.byteCount else { return false }
        return datagram.withUnsafeBytes { octets in
            let given = UnsafeRawBufferPointer(rebasing: octets[located.authenticator])
            let covered = UnsafeRawBufferPointer(rebasing: octets[..<located.authenticator.lowerBound])
            return withAuthenticator(over: covered, key: key) { constantTimeEqual($0, given) }
        }
    }

    /// Appends an authentication extension that covers everything in `octets` so far.
    ///
    /// - Parameters:
    /// - type: 32, 33 or 34 in the short form, or 36, which uses the long form with `subtype`.
    ///   - octets: the UDP payload from its first octet.
    public func appendExtension(
        _ type: ExtensionType, subtype: GeneralizedAuthenticationSubtype = .mobileAAA, spi: SecurityParameterIndex,
        key: AuthenticationKey, to octets: inout [UInt8]
    ) {
        octets.appendAuthenticationHeader(type, subtype: subtype, authenticatorLength: authenticatorLength, spi: spi)
        let end = octets.count
        // Reserves the space first, so that the authenticator can be written while the octets before it are being read.
        octets.append(contentsOf: repeatElement(0, count: authenticatorLength))
        octets.withUnsafeMutableBytes { buffer in
            let covered = UnsafeRawBufferPointer(rebasing: buffer[..<end])
            withAuthenticator(over: covered, key: key) { buffer[end...].copyBytes(from: $0) }
        }
    }

    /// Computes the authenticator over `covered` and passes it to `body`.
    private func withAuthenticator<R>(
        over covered: UnsafeRawBufferPointer, key: AuthenticationKey, _ body: (UnsafeRawBufferPointer) -> R
    ) -> R {
        switch self {
        case .hmacMD5: hmac(Insecure.MD5.self, covered, key, body)
        case .hmacSHA1: hmac(Insecure.SHA1.self, covered, key, body)
        case .hmacSHA256: hmac(SHA256.self, covered, key, body)
        case .prefixSuffixMD5:
            key.secret.withUnsafeBytes { secret in
                var hash = Insecure.MD5()
                hash.update(bufferPointer: secret)
                hash.update(bufferPointer: covered)
                hash.update(bufferPointer: secret)
                return hash.finalize().withUnsafeBytes(body)
            }
        }
    }

    private func hmac<H: HashFunction, R>(
        _: H.Type, _ covered: UnsafeRawBufferPointer, _ key: AuthenticationKey, _ body: (UnsafeRawBufferPointer) -> R
    ) -> R {
        HMAC<H>.authenticationCode(for: covered, using: key.secret).withUnsafeBytes(body)
    }
}

/// Compares two buffers of the same length without stopping at the first difference.
func constantTimeEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count else { return false }
    var difference: UInt8 = 0
    for index in 0..<a.count { difference |= a[index] ^ b[index] }
    return difference == 0
}

extension Array where Element == UInt8 {
    /// Type, (Sub-Type,) Length and SPI of an authentication extension.
    mutating func appendAuthenticationHeader(
        _ type: ExtensionType, subtype: GeneralizedAuthenticationSubtype, authenticatorLength: Int, spi: SecurityParameterIndex
    ) {
        append(type.rawValue)
        if type.form == .long {
            append(subtype.rawValue)
            append(bigEndian: UInt16(4 + authenticatorLength))
        } else {
            append(UInt8(4 + authenticatorLength))
        }
        append(bigEndian: spi.rawValue)
    }
}
