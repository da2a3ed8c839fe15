/// Whole numbers in text that people write: decimal digits without a sign and without a leading zero.
///
/// Some programs read `0400` as octal, others as decimal, so it is refused rather than read as what was perhaps not meant.
package enum DecimalNumber {
    /// The value of the text; nil for anything else, and for a number that does not fit.
    package static func parse<Number: FixedWidthInteger>(_ text: some StringProtocol, as type: Number.Type = Number.self)
        -> Number?
    {
        guard let first = text.utf8.first, isDigit(first) else { return nil }
        guard first != UInt8(ascii: "0") || text.utf8.count == 1 else { return nil }
        return Number(text)
    }

    /// The text with each number that is not in this form replaced by what was perhaps meant, read as decimal and as octal. Nil if all
    /// numbers are in this form, or for a text of more than 64 bytes.
    ///
    /// Digits after a decimal point or directly after a letter, as in a name or in the hexadecimal digits of an address, are not a number.
    package static func meanings(of text: String) -> (decimal: String, octal: String?)? {
        let bytes = Array(text.utf8)
        guard bytes.count <= 64 else { return nil }
        // Four parts are an address, not a fraction.
        let isFraction = bytes.count { $0 == UInt8(ascii: ".") } < 3
        var (decimal, octal): (String, String?) = ("", "")
        // What has been copied to both, and whether anything was replaced.
        var (copied, isReplaced) = (0, false)
        var start = 0
        while start < bytes.count {
            guard isDigit(bytes[start]) else {
                start += 1
                continue
            }
            let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
            defer { start = end }
            let before = start > 0 ? bytes[start - 1] : 0
            let digits = bytes[start..<end]
            let hasSign = before == UInt8(ascii: "+")
            let isLong = digits.count > 1 && digits.first == UInt8(ascii: "0")
            guard hasSign || isLong, !isLetter(before), !(isFraction && before == UInt8(ascii: ".")) else { continue }
            isReplaced = true
            let unchanged = String(decoding: bytes[copied..<(hasSign ? start - 1 : start)], as: UTF8.self)
            let significant = digits.drop { $0 == UInt8(ascii: "0") }
            let number = significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
            decimal += unchanged + number
            // The octal reading is that of the whole text, so each number in it needs one.
            let meant: String? = isLong ? UInt64(number, radix: 8).map { "\($0)" } : number
            octal = octal.flatMap { text in meant.map { text + unchanged + $0 } }
            copied = end
        }
        guard isReplaced else { return nil }
        let rest = String(decoding: bytes[copied...], as: UTF8.self)
        decimal += rest
        octal = octal.map { $0 + rest }
        return (decimal, octal == decimal ? nil : octal)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
