/// Appends values in the canonical form to a text.
struct CanonicalWriter {
    /// The text so far, UTF-8.
    private(set) var octets: [UInt8] = []
    /// Whether the object under way has no member yet.
    private var isFirst = true

    /// Starts over; the memory stays.
    mutating func removeAll() {
        octets.removeAll(keepingCapacity: true)
        isFirst = true
    }

    /// A whole record as an object.
    mutating func write(_ row: some CanonicalRow) {
        var row = row
        let outer = isFirst
        octets.append(UInt8(ascii: "{"))
        isFirst = true
        // A writer takes every value.
        do throws(NotCanonical) { try row.visit(&self) } catch { assertionFailure("a record could not be written") }
        octets.append(UInt8(ascii: "}"))
        isFirst = outer
    }

    /// The text as it is, quotes and all.
    mutating func literal(_ text: StaticString) {
        text.withUTF8Buffer { octets.append(contentsOf: $0) }
    }

    /// Text that is JSON already.
    mutating func write(json: some Sequence<UInt8>) { octets.append(contentsOf: json) }

    mutating func write(_ octet: UInt8) { octets.append(octet) }

    mutating func write(_ number: UInt64) {
        guard number >= 10 else { return octets.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = digits.count
        var rest = number
        while rest > 0 {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        for index in first..<digits.count { octets.append(digits[index]) }
    }

    mutating func write(_ number: Int64) {
        if number < 0 { octets.append(UInt8(ascii: "-")) }
        write(UInt64(number.magnitude))
    }

    /// A JSON string; `appendText` appends what needs no escapes.
    mutating func writeString(_ appendText: (inout [UInt8]) -> Void) {
        octets.append(UInt8(ascii: "\""))
        appendText(&octets)
        octets.append(UInt8(ascii: "\""))
    }

    /// A JSON string of any text (RFC 8259 §7).
    mutating func write(_ text: String) { write(text: text.utf8) }

    /// A JSON string of any UTF-8.
    mutating func write(text: some Sequence<UInt8>) {
        octets.append(UInt8(ascii: "\""))
        for octet in text {
            switch octet {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                octets.append(UInt8(ascii: "\\"))
                octets.append(octet)
            case 0..<0x20:
                literal("\\u00")
                for digit in [octet >> 4, octet & 0xF] {
                    octets.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
                }
            default: octets.append(octet)
            }
        }
        octets.append(UInt8(ascii: "\""))
    }

    private mutating func name(_ name: StaticString) {
        if !isFirst { octets.append(UInt8(ascii: ",")) }
        isFirst = false
        octets.append(UInt8(ascii: "\""))
        literal(name)
        octets.append(UInt8(ascii: "\""))
        octets.append(UInt8(ascii: ":"))
    }
}

extension CanonicalWriter: CanonicalText {
    mutating func member(_ name: StaticString, _ value: inout some CanonicalValue) {
        self.name(name)
        value.write(to: &self)
    }

    mutating func member(_ name: StaticString, _ value: inout (some CanonicalValue)?) {
        guard let value else { return }
        self.name(name)
        value.write(to: &self)
    }
}
