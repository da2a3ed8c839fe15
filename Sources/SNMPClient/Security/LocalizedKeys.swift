import Crypto
import Foundation
import _CryptoExtras

/// A user's keys for one engine (RFC 3414 §2.6), and the operations with them.
struct LocalizedKeys: Sendable {
    private let hash: AuthenticationProtocol
    private let authenticationKey: [UInt8]
    /// 16 octets; nil without privacy.
    private let privacyKey: [UInt8]?

    init(authentication: (protocol: AuthenticationProtocol, password: String), privacyPassword: String?, engineID: [UInt8]) {
        hash = authentication.protocol
        authenticationKey = Self.localized(authentication.password, hash, engineID)
        privacyKey = privacyPassword.map { Array(Self.localized($0, authentication.protocol, engineID).prefix(16)) }
    }

    /// The length of an authenticator on the wire in octets.
    var codeLength: Int { Self.codeLength(hash) }

    static func codeLength(_ hash: AuthenticationProtocol) -> Int { hash == .sha1 ? 12 : 24 }

    /// The first octets of the HMAC over a whole message whose authenticator is zero.
    func code(for message: [UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: authenticationKey)
        switch hash {
        case .sha1: return Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key).prefix(codeLength))
        case .sha256: return Array(HMAC<SHA256>.authenticationCode(for: message, using: key).prefix(codeLength))
        }
    }

    /// AES-128 in CFB mode. The initialization vector consists of the engine's boots and time and the salt of the message (RFC 3826
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
