internal import Crypto
internal import MobileIPv4

/// A bearer token (RFC 6750) as the server knows it: by the SHA-256 of its text, never by the text itself.
///
/// A token is 32 random bytes, so a plain hash is enough to protect it: there is nothing to guess, and checking a token costs next to
/// nothing.
public struct AccessToken: Hashable, Sendable {
    /// Who uses the token; the audit records this name.
    public let name: String
    /// What it allows.
    public let role: AccessRole
    private let digest: [UInt8]

    private static let prefix = "sha256:"

    /// - Parameter hash: `sha256:` and 64 hexadecimal digits, as `mip-mibd token` prints it.
    /// - Returns: nil when the hash is not in this form.
    public init?(name: String, role: AccessRole, hash: String) {
        guard hash.hasPrefix(Self.prefix) else { return nil }
        guard let bytes = Hexadecimal.octets(hash.dropFirst(Self.prefix.count)), bytes.count == 32 else { return nil }
        (self.name, self.role, digest) = (name, role, bytes)
    }

    /// Creates a new token.
    ///
    /// - Returns: the text to give to its user, which is stored nowhere else, and the token that the server keeps.
    public static func make(name: String, role: AccessRole) -> (text: String, token: AccessToken) {
        var random = SystemRandomNumberGenerator()
        let text = Hexadecimal.text((0..<32).map { _ in UInt8.random(in: 0 ... .max, using: &random) })
        return (text, AccessToken(name: name, role: role, digest: Array(SHA256.hash(data: Array(text.utf8)))))
    }

    private init(name: String, role: AccessRole, digest: [UInt8]) {
        (self.name, self.role, self.digest) = (name, role, digest)
    }

    /// The form in which the configuration file holds the token.
    public var hash: String { Self.prefix + Hexadecimal.text(digest) }

    /// The one of `tokens` that has this text.
    ///
    /// Takes the same time whichever token matches and however much of its text is right.
    static func find(_ text: String, among tokens: [AccessToken]) -> AccessToken? {
        let hash = SHA256.hash(data: Array(text.utf8))
        var found: AccessToken?
        for token in tokens where hash == token.digest { found = token }
        return found
    }
}
