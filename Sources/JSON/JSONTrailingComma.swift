/// Finds a comma that no member or element follows, which is not JSON (RFC 8259 §4, §5), but which `JSONDecoder` accepts.
package enum JSONTrailingComma {
    /// Whether the text has one.
    ///
    /// - Parameter json: text in UTF-8 that `JSONDecoder` accepts. For any other text the result is not defined.
    package static func isIn(_ json: some Collection<UInt8>) -> Bool {
        var (isInString, isEscaped, followsComma) = (false, false, false)
        for byte in json {
            if isInString {
                if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): continue
            case UInt8(ascii: "}") where followsComma, UInt8(ascii: "]") where followsComma: return true
            case UInt8(ascii: "\""): isInString = true
            default: break
            }
            followsComma = byte == UInt8(ascii: ",")
        }
        return false
    }
}
