/// The authentication protocol for requests.
public enum AuthenticationProtocol: String, Hashable, Sendable, CaseIterable {
    /// HMAC-SHA-96 (RFC 3414 §7).
    case sha1
    /// HMAC-192-SHA-256 (RFC 7860).
    case sha256
}

/// The credentials of a request.
public enum Credentials: Sendable {
    /// A community of SNMPv2c, which is sent in the clear.
    case community(String)
    /// A user of SNMPv3.
    case user(SecurityUser)
}

/// A user of SNMPv3's user-based security model (RFC 3414).
public struct SecurityUser: Sendable {
    /// msgUserName
    public var name: String
    /// The hash and the password; nil for noAuthNoPriv.
    public var authentication: (protocol: AuthenticationProtocol, password: String)?
    /// Password for AES-128 (RFC 3826); nil for authNoPriv. Requires `authentication`.
    public var privacyPassword: String?
    /// contextName
    public var context: String

    public init(
        name: String, authentication: (protocol: AuthenticationProtocol, password: String)? = nil,
        privacyPassword: String? = nil, context: String = ""
    ) {
        self.name = name
        self.authentication = authentication
        self.privacyPassword = privacyPassword
        self.context = context
    }
}
