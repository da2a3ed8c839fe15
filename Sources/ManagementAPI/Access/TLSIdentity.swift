import Foundation
internal import NIOSSL

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
        do {
            key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        } catch {
            throw Self.failure(.key, keyFile, "a PEM file with the certificate's private key, without a passphrase")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
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

    private static func failure(_ subject: Failure.Subject, _ file: String, _ expectation: String) -> Failure {
        let problem = access(file, R_OK) == 0 ? "the file is invalid" : String(cString: strerror(errno))
        return Failure(subject: subject, description: "'\(file)': \(problem)", remedy: "expected \(expectation)")
    }
}
