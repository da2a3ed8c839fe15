internal import Crypto
internal import MobileIPv4

/// A bearer token (RFC 6750) as the server knows it: by the SHA-256 of its text, never by the text.
///
/// A token is 32 random bytes, so a plain hash keeps it: there is nothing to guess, and checking one costs next to nothing.
public struct AccessToken: Hashable, Sendable {
    /// Who uses it, as the audit names them.
    public let name: String
    /// What it allows.
    public let role: AccessRole
    private let digest: [UInt8]

    private static let prefix = "sha256:"

    /// - Parameter hash: `sha256:` and 64 hexadecimal digits, as `mip-mibd token` prints it.
    /// - Returns: nil when the hash is written in another way.
    public init?(name: String, role: AccessRole, hash: String) {
        guard hash.hasPrefix(Self.prefix) else { return nil }
        guard let octets = Hexadecimal.octets(hash.dropFirst(Self.prefix.count)), octets.count == 32 else { return nil }
        (self.name, self.role, digest) = (name, role, octets)
    }

    /// A new token.
    ///
    /// - Returns: the text to give to its user, which is nowhere else, and what the server keeps.
    public static func make(name: String, role: AccessRole) -> (text: String, token: AccessToken) {
        var random = SystemRandomNumberGenerator()
        let text = Hexadecimal.text((0..<32).map { _ in UInt8.random(in: 0 ... .max, using: &random) })
        return (text, AccessToken(name: name, role: role, digest: Array(SHA256.hash(data: Array(text.utf8)))))
    }

    private init(name: String, role: AccessRole, digest: [UInt8]) {
        (self.name, self.role, self.digest) = (name, role, digest)
    }

    /// What stands in the configuration file for the token.
    public var hash: String { Self.prefix + Hexadecimal.text(digest) }

    /// The one of `tokens` that has this text. Takes the same time whichever it is and whatever the text has in common with it.
    static func find(_ text: String, among tokens: [AccessToken]) -> AccessToken? {
        let hash = SHA256.hash(data: Array(text.utf8))
        var found: AccessToken?
        for token in tokens where hash == token.digest { found = token }
        return found
    }
}
