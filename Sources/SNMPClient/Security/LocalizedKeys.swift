import Crypto
import Foundation
import _CryptoExtras

/// A user's keys for one engine (RFC 3414 §2.6), and the operations with them.
struct LocalizedKeys: Sendable {
    private let hash: AuthenticationProtocol
    private let authenticationKey: [UInt8]
    /// Nil without privacy.
    private let privacyKey: [UInt8]?

    init(
        authentication: (protocol: AuthenticationProtocol, password: String), privacyPassword: String?,
        privacy: PrivacyProtocol = .aes128, engineID: [UInt8]
    ) {
        hash = authentication.protocol
        authenticationKey = Self.localized(authentication.password, hash, engineID)
        privacyKey = privacyPassword.map {
            Self.extended(Self.localized($0, authentication.protocol, engineID), authentication.protocol, privacy.keyLength)
        }
    }

    /// The length of an authenticator on the wire in octets.
    var codeLength: Int { Self.codeLength(hash) }

    static func codeLength(_ hash: AuthenticationProtocol) -> Int {
        switch hash {
        case .sha1: 12
        case .sha256: 24
        case .sha384: 32
        case .sha512: 48
        }
    }

    /// The first octets of the HMAC over a whole message whose authenticator is zero.
    func code(for message: [UInt8]) -> [UInt8] {
        func code<Hash: HashFunction>(_: Hash.Type) -> [UInt8] {
            let key = SymmetricKey(data: authenticationKey)
            return Array(HMAC<Hash>.authenticationCode(for: message, using: key).prefix(codeLength))
        }
        switch hash {
        case .sha1: return code(Insecure.SHA1.self)
        case .sha256: return code(SHA256.self)
        case .sha384: return code(SHA384.self)
        case .sha512: return code(SHA512.self)
        }
    }

    /// A localized key with as many octets as a cipher needs. One that is too short is followed by its own hash, and that by the hash of
    /// both, as long as necessary (draft-blumenthal-aes-usm-04 §3.1.2.1).
    static func extended(_ key: [UInt8], _ hash: AuthenticationProtocol, _ length: Int) -> [UInt8] {
        var key = key
        while !key.isEmpty, key.count < length {
            switch hash {
            case .sha1: key += Insecure.SHA1.hash(data: key)
            case .sha256: key += SHA256.hash(data: key)
            case .sha384: key += SHA384.hash(data: key)
            case .sha512: key += SHA512.hash(data: key)
            }
        }
        return Array(key.prefix(length))
    }

    /// AES in CFB mode. The initialization vector consists of the engine's boots and time and the salt of the message (RFC 3826
    /// §3.1.2).
    func encrypt(_ octets: [UInt8], boots: Int32, time: Int32, salt: [UInt8]) throws -> [UInt8] {
        guard let privacyKey else { return octets }
        let vector = try AES._CFB.IV(ivBytes: Self.bigEndian(boots) + Self.bigEndian(time) + salt)
        return Array(try AES._CFB.encrypt(octets, using: SymmetricKey(data: privacyKey), iv: vector))
    }

    func decrypt(_ octets: [UInt8], boots: Int32, time: Int32, salt: [UInt8]) throws -> [UInt8] {
        guard let privacyKey else { return octets }
        let vector = try AES._CFB.IV(ivBytes: Self.bigEndian(boots) + Self.bigEndian(time) + salt)
        return Array(try AES._CFB.decrypt(octets, using: SymmetricKey(data: privacyKey), iv: vector))
    }

    private static func bigEndian(_ value: Int32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - $0 * 8)) }
    }

    static func localized(_ password: String, _ hash: AuthenticationProtocol, _ engineID: [UInt8]) -> [UInt8] {
        switch hash {
        case .sha1: localized(password, Insecure.SHA1(), Insecure.SHA1(), engineID)
        case .sha256: localized(password, SHA256(), SHA256(), engineID)
        case .sha384: localized(password, SHA384(), SHA384(), engineID)
        case .sha512: localized(password, SHA512(), SHA512(), engineID)
        }
    }

    /// Hashes a mebibyte of the repeated password, then that hash twice with the engine's identifier in between (RFC 3414 §A.2).
    private static func localized<Hash: HashFunction>(
        _ password: String, _ first: Hash, _ second: Hash, _ engineID: [UInt8]
    ) -> [UInt8] {
        let octets = Array(password.utf8)
        guard !octets.isEmpty else { return [] }
        var (first, second) = (first, second)
        // 64 copies are a whole number of blocks for any password length; the last piece is truncated.
        let piece = Array((0..<64).map { _ in octets }.joined())
        var rest = 1 << 20
        while rest > 0 {
            first.update(data: rest >= piece.count ? piece[...] : piece.prefix(rest))
            rest -= min(rest, piece.count)
        }
        let key = Array(first.finalize())
        second.update(data: key + engineID + key)
        return Array(second.finalize())
    }
}
