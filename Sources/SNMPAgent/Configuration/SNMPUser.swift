/// A user of SNMPv3 (RFC 3414). No description of it shows its passphrases.
public struct SNMPUser: Sendable {
    /// Authentication protocols, as net-snmp spells them.
    public enum Authentication: String, Sendable, CaseIterable {
        case sha = "SHA"
        case sha224 = "SHA-224"
        case sha256 = "SHA-256"
        case sha384 = "SHA-384"
        case sha512 = "SHA-512"
    }

    /// Privacy protocols, as net-snmp spells them.
    public enum Privacy: String, Sendable, CaseIterable {
        case aes = "AES"
        case aes192 = "AES-192"
        case aes256 = "AES-256"
    }

    /// securityName.
    public var name: String
    /// Whether it may write.
    public var access: StandaloneConfiguration.Access
    /// Its authentication; nil for noAuthNoPriv.
    public var authentication: (protocol: Authentication, passphrase: Passphrase)?
    /// Its privacy; nil for authNoPriv. Requires authentication.
    public var privacy: (protocol: Privacy, passphrase: Passphrase)?

    public init(
        name: String, access: StandaloneConfiguration.Access = .readOnly,
        authentication: (protocol: Authentication, passphrase: Passphrase)? = nil,
        privacy: (protocol: Privacy, passphrase: Passphrase)? = nil
    ) {
        self.name = name
        self.access = access
        self.authentication = authentication
        self.privacy = privacy
    }

    /// The minimum securityLevel for requests of this user, as spelled in VACM lines of net-snmp.
    var level: String { privacy != nil ? "priv" : authentication != nil ? "auth" : "noauth" }
}

/// A passphrase that no description shows.
public struct Passphrase: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself.
    let value: String

    /// - Parameter value: at least 8 characters (RFC 3414 §11.2), none of them a control character; nil otherwise.
    public init?(_ value: String) {
        guard value.unicodeScalars.count >= 8, value.utf8.count <= 255,
            value.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
        else { return nil }
        self.value = value
    }

    public var description: String { "(not shown)" }
    public var debugDescription: String { description }
    /// Does not show the text either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
