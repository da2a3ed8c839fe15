/// Reads values in the canonical form from a text. Whatever is not in that form throws, wherever it stands; nothing is trusted.
package struct CanonicalReader {
    private let octets: [UInt8]
    /// The next octet to read.
    private(set) var position = 0
    /// Whether the object under way has had no member yet.
    private var isFirst = true

    init(_ octets: [UInt8]) { self.octets = octets }

    var isAtEnd: Bool { position == octets.count }

    /// Exactly this text.
    mutating func expect(_ text: StaticString) throws(NotCanonical) {
        guard take(text) else { throw NotCanonical() }
    }

    /// Takes this text when it comes next.
    mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard octets.count - position >= count, isNext(text, at: position) else { return false }
        position += count
        return true
    }

    /// Takes this octet when it comes next.
    mutating func take(_ octet: UInt8) -> Bool {
        guard position < octets.count, octets[position] == octet else { return false }
        position += 1
        return true
    }

    private func isNext(_ text: StaticString, at start: Int) -> Bool {
        text.withUTF8Buffer { buffer in
            for index in buffer.indices where octets[start + index] != buffer[index] { return false }
            return true
        }
    }

    /// A whole record.
    mutating func row<Row: CanonicalRow>(_: Row.Type = Row.self) throws(NotCanonical) -> Row {
        var row = Row.blank
        let outer = isFirst
        try expect("{")
        isFirst = true
        try row.visit(&self)
        try expect("}")
        isFirst = outer
        return row
    }

    /// A number without sign, fraction and exponent that fits.
    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type = Number.self) throws(NotCanonical) -> Number
    {
        let start = position
        var value: Number = 0
        while position < octets.count {
            let digit = octets[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            let (scaled, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = scaled.addingReportingOverflow(Number(digit))
            guard !overflows, !overflowsToo else { throw NotCanonical() }
            value = sum
            position += 1
        }
        let digits = position - start
        guard digits == 1 || digits > 1 && octets[start] != UInt8(ascii: "0") else { throw NotCanonical() }
        return value
    }

    /// A number of 32 bits that may be below zero.
    mutating func signedNumber() throws(NotCanonical) -> Int32 {
        let isNegative = take(UInt8(ascii: "-"))
        let magnitude = Int64(try number(UInt32.self))
        guard let value = Int32(exactly: isNegative ? -magnitude : magnitude), !(isNegative && value == 0) else {
            throw NotCanonical()
        }
        return value
    }

    /// What `read` makes of the octets of a string without escapes; nil is no such value.
    mutating func string<Value>(_ read: (Span<UInt8>) -> Value?) throws(NotCanonical) -> Value {
        guard take(UInt8(ascii: "\"")) else { throw NotCanonical() }
        var end = position
        while end < octets.count, octets[end] != UInt8(ascii: "\"") {
            guard octets[end] >= 0x20, octets[end] != UInt8(ascii: "\\") else { throw NotCanonical() }
            end += 1
        }
        guard end < octets.count, let value = read(octets.span.extracting(position..<end)) else { throw NotCanonical() }
        position = end + 1
        return value
    }

    /// The octets of the next JSON value, whatever its form, as far as brackets and quotes tell.
    mutating func value() throws(NotCanonical) -> ArraySlice<UInt8> {
        let start = position
        var depth = 0
        while position < octets.count {
            let octet = octets[position]
            switch octet {
            case UInt8(ascii: "\""):
                position += 1
                while position < octets.count, octets[position] != UInt8(ascii: "\"") {
                    position += octets[position] == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { throw NotCanonical() }
            case UInt8(ascii: ",") where depth == 0: throw NotCanonical()
            default: break
            }
            position += 1
            if depth == 0, octet == UInt8(ascii: "}") || octet == UInt8(ascii: "]") || octet == UInt8(ascii: "\"") {
                guard position <= octets.count else { throw NotCanonical() }
                return octets[start..<position]
            }
        }
        throw NotCanonical()
    }

    /// Goes back to where a value began that has to be read otherwise.
    mutating func goBack(to position: Int) {
        self.position = position
        isFirst = true
    }

    /// True when the next member has this name, which is then read.
    private mutating func takeName(_ name: StaticString) -> Bool {
        var start = position
        if !isFirst {
            guard start < octets.count, octets[start] == UInt8(ascii: ",") else { return false }
            start += 1
        }
        let end = start + 1 + name.utf8CodeUnitCount
        guard end + 1 < octets.count, octets[start] == UInt8(ascii: "\""), isNext(name, at: start + 1),
            octets[end] == UInt8(ascii: "\""), octets[end + 1] == UInt8(ascii: ":")
        else { return false }
        position = end + 2
        isFirst = false
        return true
    }
}

extension CanonicalReader: CanonicalText {
    package mutating func member<Value: CanonicalValue>(_ name: StaticString, _ value: inout Value) throws(NotCanonical) {
        guard takeName(name) else { throw NotCanonical() }
        value = try Value(from: &self)
    }

    package mutating func member<Value: CanonicalValue>(_ name: StaticString, _ value: inout Value?) throws(NotCanonical) {
        value = takeName(name) ? try Value(from: &self) : nil
    }
}
