/// Conversion between octets and hexadecimal digits, two per octet.
package enum Hexadecimal {
    /// The value of an ASCII digit in either case; nil for anything else.
    package static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The lower-case ASCII digit of the lower four bits.
    package static func digit(_ nibble: UInt8) -> UInt8 {
        let value = nibble & 0xF
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Two lower-case digits for each octet.
    package static func text(_ octets: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: octets.count * 2) { digits in
            var next = 0
            for octet in octets {
                digits[next] = digit(octet >> 4)
                digits[next + 1] = digit(octet)
                next += 2
            }
            return next
        }
    }

    /// Parses pairs of digits in either case; nil for anything else. An empty string gives an empty array.
    ///
    /// - Parameter allowsPrefix: whether the digits may start with `0x`.
    package static func octets(_ text: some StringProtocol, allowsPrefix: Bool = false) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count / 2)
        var high: UInt8?
        let hasPrefix = allowsPrefix && text.utf8.starts(with: "0x".utf8)
        for digit in text.utf8.dropFirst(hasPrefix ? 2 : 0) {
            guard let value = value(of: digit) else { return nil }
            if let first = high {
                octets.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? octets : nil
    }
}
