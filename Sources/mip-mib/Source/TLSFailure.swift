import NIOSSL

/// Describes why a TLS connection failed, in words for an operator instead of those of the library, which name its source files.
enum TLSFailure {
    /// What happened, and what to do about it; nil if the error is not about TLS.
    ///
    /// - Parameter caFile: the file with the trusted certificates, if one is set.
    static func cause(_ error: any Error, caFile: String?) -> String? {
        let text = "\(error)"
        let reason = text.firstMatch(of: /OPENSSL_internal:([A-Z0-9_]+)/).map { String($0.1) }
        // The error may be inside another one, about one of the host's addresses.
        guard text.contains("NIOSSL") || error is BoringSSLError || reason != nil else { return nil }
        let setting = "check MIP_MIB_CA_FILE, or caFile: in the configuration file"
        if text.contains("noSuchFilesystemObject") {
            return "cannot open the file '\(caFile ?? "")' with trusted certificates; \(setting)"
        }
        if text.contains("failedToLoadCertificate") || ["NO_START_LINE", "NO_CERTIFICATE_OR_CRL_FOUND"].contains(reason) {
            return "the file '\(caFile ?? "")' has no certificate in PEM form; \(setting)"
        }
        if text.contains("failedToValidateHostname") || text.contains("HOSTNAME_MISMATCH") {
            return "its certificate is for another name; use a name from the certificate in the URL"
        }
        switch reason {
        case "CERTIFICATE_VERIFY_FAILED"?:
            return
                "its certificate is not from a trusted authority; set MIP_MIB_CA_FILE to a file with the certificate of its authority"
        case "WRONG_VERSION_NUMBER"?, "HTTP_REQUEST"?:
            return "it does not answer with TLS; use http:// instead of https://, or the port that has TLS"
        default: return "the TLS handshake failed" + (reason.map { " (\($0))" } ?? "; see the log of mip-mibd")
        }
    }
}
