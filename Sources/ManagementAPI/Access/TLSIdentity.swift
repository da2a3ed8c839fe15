import Foundation
internal import NIOSSL

/// The certificate the API shows, and its key.
public struct TLSIdentity: Sendable {
    let configuration: TLSConfiguration

    /// Why a certificate or key cannot be used.
    public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Which of the two it is about.
        public enum Subject: Sendable { case certificate, key }

        /// Which of the two it is about.
        public let subject: Subject
        /// What is wrong.
        public let description: String
        /// What is expected.
        public let remedy: String
    }

    /// - Parameters:
    ///   - certificateFile: PEM, the server's certificate first, then those that vouch for it.
    ///   - keyFile: PEM, the private key of the first certificate.
    /// - Throws: `Failure` when one cannot be read, is no such thing, or the two do not belong together.
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
                subject: .key, description: "the key in '\(keyFile)' is not that of the certificate in '\(certificateFile)'",
                remedy: "expected the key that the certificate was made with")
        }
        self.configuration = configuration
    }

    private static func failure(_ subject: Failure.Subject, _ file: String, _ expectation: String) -> Failure {
        let problem = access(file, R_OK) == 0 ? "its content is something else" : String(cString: strerror(errno))
        return Failure(subject: subject, description: "'\(file)': \(problem)", remedy: "expected \(expectation)")
    }
}
