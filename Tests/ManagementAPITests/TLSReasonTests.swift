import Testing

@testable import ManagementAPI

@Suite("Why TLS failed")
struct TLSReasonTests {
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    @Test(
        "The reason is BoringSSL's own, without its numbers and without the source files of the build",
        arguments: [
            (
                "sslError([Error: 185073780 error:0b000074:X.509 certificate routines:OPENSSL_internal:KEY_VALUES_MISMATCH at "
                    + "/build/swift-nio-ssl/Sources/CNIOBoringSSL/crypto/x509/x509_cmp.cc:279])", "key values mismatch"
            ),
            ("error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER", "wrong version number"),
            ("out of memory\nin /build/x.cc", "out of memory"), ("", "unknown error"),
        ])
    func text(description: String, expected: String) {
        #expect(TLSReason.text(of: Failure(description: description)) == expected)
    }
}
