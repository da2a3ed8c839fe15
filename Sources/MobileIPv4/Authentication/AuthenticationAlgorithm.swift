/// How an authenticator is computed over the protected octets (RFC 5944 §3.5.1, §5.1).
public enum AuthenticationAlgorithm: String, Hashable, Sendable, CaseIterable, Codable {
    /// HMAC-MD5, 16 octets: the default since RFC 3344.
    case hmacMD5 = "hmac-md5"
    /// Keyed MD5 in prefix+suffix mode, 16 octets: MD5(key ‖ data ‖ key), the default of RFC 2002.
    case prefixSuffixMD5 = "prefix-suffix-md5"
    /// HMAC-SHA1, 20 octets.
    case hmacSHA1 = "hmac-sha1"
    /// HMAC-SHA256, 32 octets.
    case hmacSHA256 = "hmac-sha256"

    /// Length of the authenticator in octets.
    public var authenticatorLength: Int {
        switch self {
        case .hmacMD5, .prefixSuffixMD5: 16
        case .hmacSHA1: 20
        case .hmacSHA256: 32
        }
    }
}
