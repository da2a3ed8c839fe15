/// The authentication protocol for requests, spelt as net-snmp and the daemons' configuration do. HMAC-128-SHA-224 is missing, because the
/// cryptographic library does not have it.
public enum AuthenticationProtocol: String, Hashable, Sendable, CaseIterable {
    /// HMAC-SHA-96 (RFC 3414 §7).
    case sha1 = "SHA"
    /// HMAC-192-SHA-256 (RFC 7860).
    case sha256 = "SHA-256"
    /// HMAC-256-SHA-384 (RFC 7860).
    case sha384 = "SHA-384"
    /// HMAC-384-SHA-512 (RFC 7860).
    case sha512 = "SHA-512"

    /// The protocol with this name, or with the name that earlier versions of `mip-mib` had for it: sha1 and sha256.
    public init?(word: String) {
        switch word {
        case "sha1": self = .sha1
        case "sha256": self = .sha256
        default: self.init(rawValue: word)
        }
    }
}

/// The privacy protocol for requests, spelt as net-snmp and the daemons' configuration do.
public enum PrivacyProtocol: String, Hashable, Sendable, CaseIterable {
    /// AES with 128 bits (RFC 3826).
    case aes128 = "AES"
    /// AES with 192 bits; no RFC, but the draft that net-snmp follows (draft-blumenthal-aes-usm-04).
    case aes192 = "AES-192"
    /// AES with 256 bits, by the same draft.
    case aes256 = "AES-256"

    /// The length of its keys in octets.
    var keyLength: Int {
        switch self {
        case .aes128: 16
        case .aes192: 24
        case .aes256: 32
        }
    }
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
    /// Password for privacy; nil for authNoPriv. Requires `authentication`.
    public var privacyPassword: String?
    /// The protocol that the password is for.
    public var privacyProtocol: PrivacyProtocol
    /// contextName
    public var context: String

    public init(
        name: String, authentication: (protocol: AuthenticationProtocol, password: String)? = nil,
        privacyPassword: String? = nil, privacyProtocol: PrivacyProtocol = .aes128, context: String = ""
    ) {
        self.name = name
        self.authentication = authentication
        self.privacyPassword = privacyPassword
        self.privacyProtocol = privacyProtocol
        self.context = context
    }
}
