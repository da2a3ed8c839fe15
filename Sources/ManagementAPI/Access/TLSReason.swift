/// Why TLS failed, in BoringSSL's words and without the source files that its errors name.
enum TLSReason {
    /// The mark before the name of an error, such as `SSL routines:OPENSSL_internal:KEY_VALUES_MISMATCH`.
    private static let mark = "OPENSSL_internal:"

    static func text(of error: any Error) -> String {
        let text = "\(error)"
        guard let start = text.firstRange(of: mark)?.upperBound else {
            return text.split(separator: "\n").first.map(String.init) ?? "unknown error"
        }
        let name = text[start...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        return name.lowercased().replacing("_", with: " ")
    }
}
