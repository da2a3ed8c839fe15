import Foundation
internal import NIOSSL
import Persistence

/// The certificate that the API presents, and its key.
public struct TLSIdentity: Sendable {
    let configuration: TLSConfiguration

    /// Why a certificate or key cannot be used.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The file that is at fault.
        public enum Subject: Sendable { case certificate, key }

        /// The file that is at fault.
        public let subject: Subject
        /// What is wrong.
        public let description: String
        /// What is expected.
        public let remedy: String
    }

    /// - Parameters:
    ///   - certificateFile: PEM, the server's certificate first, then its intermediate certificates.
    ///   - keyFile: PEM, the private key of the first certificate.
    /// - Throws: `Failure` when a file cannot be read or does not hold what it should, or when the key does not match the certificate.
    public init(certificateFile: String, keyFile: String) throws(Failure) {
        let chain: [NIOSSLCertificate]
        do {
            chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
        } catch {
            throw Self.failure(.certificate, certificateFile, "a file of PEM certificates, the server's own first")
        }
        guard !chain.isEmpty else {
            throw Self.failure(.certificate, certificateFile, "a file of PEM certificates, the server's own first")
        }
        let key: NIOSSLPrivateKey
        let text: Data
        switch FileTrust.read(secret: keyFile, limit: Self.maximumKey, what: "the key file") {
        case .success(let data): text = data
        case .failure(let problem):
            throw Failure(subject: .key, description: "'\(keyFile)': \(problem.text)", remedy: problem.remedy)
        }
        do {
            key = try NIOSSLPrivateKey(bytes: Array(text), format: .pem)
        } catch {
            throw Self.failure(.key, keyFile, "a PEM file with the certificate's private key, without a passphrase")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuiteValues = Self.cipherSuites
        configuration.applicationProtocols = ["http/1.1"]
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw Failure(
                subject: .key, description: "the key in '\(keyFile)' does not match the certificate in '\(certificateFile)'",
                remedy: "expected the private key for that certificate")
        }
        self.configuration = configuration
    }

    /// Maximum size of a key file in bytes.
    private static let maximumKey = 65_536

    /// The suites of TLS 1.2 with forward secrecy and authenticated encryption, all that RFC 9325 §4.2 recommends. Those of 1.3 have both.
    private static let cipherSuites: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    ]

    private static func failure(_ subject: Failure.Subject, _ file: String, _ expectation: String) -> Failure {
        let problem = access(file, R_OK) == 0 ? "the file is invalid" : String(cString: strerror(errno))
        return Failure(subject: subject, description: "'\(file)': \(problem)", remedy: "expected \(expectation)")
    }
}
