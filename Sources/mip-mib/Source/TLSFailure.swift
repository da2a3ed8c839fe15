import NIOSSL

/// Describes why a TLS connection failed, in words for an operator instead of those of the library, which name its source files.
enum TLSFailure {
    /// What happened, and what to do about it; nil if the error is not about TLS.
    ///
    /// - Parameter caFile: the file with the trusted certificates, if one is set.
    static func cause(_ error: any Error, caFile: String?) -> DaemonFailure? {
        let text = "\(error)"
        let reason = text.firstMatch(of: /OPENSSL_internal:([A-Z0-9_]+)/).map { String($0.1) }
        // The error may be inside another one, about one of the host's addresses. Some errors of the library print only their case.
        let isOwn = error is NIOSSLError || error is BoringSSLError || text.contains("NIOSSL")
        let isAboutFile = text.contains("noSuchFilesystemObject") || text.contains("failedToLoadCertificate")
        guard isOwn || isAboutFile || reason != nil else { return nil }
        let setting = "check MIP_MIB_CA_FILE, or caFile: in the configuration file"
        if text.contains("noSuchFilesystemObject") {
            return DaemonFailure(.tls, "cannot open the file '\(caFile ?? "")' with trusted certificates", setting)
        }
        if text.contains("failedToLoadCertificate") || ["NO_START_LINE", "NO_CERTIFICATE_OR_CRL_FOUND"].contains(reason) {
            return DaemonFailure(.tls, "the file '\(caFile ?? "")' has no certificate in PEM form", setting)
        }
        if text.contains("failedToValidateHostname") || text.contains("HOSTNAME_MISMATCH") {
            return DaemonFailure(
                .tls, "its certificate is for another name", "use a name from the certificate in the URL")
        }
        if text.contains("uncleanShutdown") {
            return DaemonFailure(.other, "the TLS connection ended early", "see the log of mip-mibd, or of a proxy in between")
        }
        switch reason {
        case "CERTIFICATE_VERIFY_FAILED"?:
            if let caFile {
                return DaemonFailure(
                    .tls, "its certificate is not signed by an authority in '\(caFile)'",
                    "set MIP_MIB_CA_FILE, or caFile: in the configuration file, to a file with the certificate of its authority")
            }
            return DaemonFailure(
                .tls, "its certificate is not from a trusted authority",
                "set MIP_MIB_CA_FILE to a file with the certificate of its authority")
        case "WRONG_VERSION_NUMBER"?, "HTTP_REQUEST"?:
            return DaemonFailure(
                .tls, "it does not answer with TLS", "use http:// instead of https://, or the port that has TLS")
        default:
            return DaemonFailure(
                .tls, "the TLS handshake failed" + (reason.map { " (\($0))" } ?? ""), "see the log of mip-mibd")
        }
    }
}
