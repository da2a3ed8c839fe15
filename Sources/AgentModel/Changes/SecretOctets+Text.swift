extension SecretOctets {
    /// Two hexadecimal digits for each octet, for the way to the agent and for its own state file; nowhere else.
    package var hexadecimal: String {
        withOctets { octets in
            var text = ""
            text.reserveCapacity(octets.count * 2)
            for octet in octets {
                for nibble in [octet >> 4, octet & 0xF] {
                    text.unicodeScalars.append(Unicode.Scalar(nibble < 10 ? 0x30 + nibble : 0x57 + nibble))
                }
            }
            return text
        }
    }

    /// Reads what `hexadecimal` prints, in either case; nil for anything else.
    package init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var octets: [UInt8] = []
        octets.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
            octets.append(high << 4 | low)
        }
        self.init(octets)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x37
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
