package import MobileIPv4

/// What is worth a warning about a key that is valid.
package enum KeyStrength {
    /// The length of keys in bytes that RFC 5944 §5.1 expects by default: 128 bits.
    package static let expectedLength = 16

    /// What is remarkable about a key that was read from hexadecimal digits, to follow its name, and what to do; nil if nothing is. Neither
    /// text contains the key.
    ///
    /// - Parameter digits: The length of the text, or 0 if the key was not read from text.
    package static func warning(about key: AuthenticationKey, digits: Int) -> (problem: String, remedy: String)? {
        guard key.count < expectedLength else { return nil }
        if digits == expectedLength {
            return (
                "(not shown) is read as \(key.count) bytes in hexadecimal; read as text, its \(digits) characters would be \(digits) bytes",
                "expected \(expectedLength) bytes or more (RFC 5944 §5.1): write a text as \(2 * digits) hexadecimal digits"
            )
        }
        return (
            "has \(key.count) \(key.count == 1 ? "byte" : "bytes")", "expected \(expectedLength) or more (RFC 5944 §5.1)"
        )
    }

    /// The opposite, for keys whose characters are the key: text that looks like the hexadecimal digits of a key. As text it is long enough
    /// from 16 characters on, but as digits it would be another key of half the length.
    ///
    /// - Parameter text: The key.
    package static func warning(aboutText text: String) -> (problem: String, remedy: String)? {
        let count = text.utf8.count
        if count >= expectedLength, count % 2 == 0, Hexadecimal.octets(text) != nil {
            return (
                "(not shown) is read as \(count) characters; read as hexadecimal digits, it would be \(count / 2) bytes",
                "add --hex if that was meant"
            )
        }
        guard count < expectedLength else { return nil }
        return ("has \(count) \(count == 1 ? "byte" : "bytes")", "expected \(expectedLength) or more (RFC 5944 §5.1)")
    }
}
