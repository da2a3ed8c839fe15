/// Reads values in the canonical form from a text. Throws at anything not in that form, wherever it occurs; nothing is trusted.
public struct CanonicalReader {
    @usableFromInline let octets: [UInt8]
    /// The next byte to read.
    @usableFromInline var next = 0
    /// Whether no member of the current object has been read yet.
    @usableFromInline var isFirst = true

    public init(_ octets: [UInt8]) { self.octets = octets }

    /// How many bytes have been read.
    public var position: Int { next }

    /// Whether everything has been read.
    public var isAtEnd: Bool { next == octets.count }

    /// Reads exactly this text.
    @inlinable public mutating func expect(_ text: StaticString) throws(NotCanonical) {
        guard take(text) else { throw NotCanonical() }
    }

    /// Reads this text if it comes next.
    @inlinable public mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard octets.count - next >= count, isNext(text, at: next) else { return false }
        next += count
        return true
    }

    /// Reads this byte if it comes next.
    @inlinable public mutating func take(_ octet: UInt8) -> Bool {
        guard next < octets.count, octets[next] == octet else { return false }
        next += 1
        return true
    }

    /// Reads this text and the byte after it, if both come next.
    @inlinable public mutating func take(_ text: String, followedBy end: UInt8) -> Bool {
        var place = next
        for octet in text.utf8 {
            guard place < octets.count, octets[place] == octet else { return false }
            place += 1
        }
        guard place < octets.count, octets[place] == end else { return false }
        next = place + 1
        return true
    }

    @inlinable func isNext(_ text: StaticString, at start: Int) -> Bool {
        text.withUTF8Buffer { buffer in
            for index in buffer.indices where octets[start + index] != buffer[index] { return false }
            return true
        }
    }

    /// Reads a complete record.
    @inlinable public mutating func row<Row: Record>(_: Row.Type = Row.self) throws(NotCanonical) -> Row {
        var row = Row.blank
        let outer = isFirst
        try expect("{")
        isFirst = true
        try row.visit(&self)
        try expect("}")
        isFirst = outer
        return row
    }

    /// Reads a number without sign, fraction or exponent that fits the type.
    @inlinable public mutating func number<Number: FixedWidthInteger & UnsignedInteger>(
        _: Number.Type = Number.self
    ) throws(NotCanonical) -> Number {
        let start = next
        var value: Number = 0
        while next < octets.count {
            let digit = octets[next] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            let (scaled, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = scaled.addingReportingOverflow(Number(digit))
            guard !overflows, !overflowsToo else { throw NotCanonical() }
            value = sum
            next += 1
        }
        let digits = next - start
        guard digits == 1 || digits > 1 && octets[start] != UInt8(ascii: "0") else { throw NotCanonical() }
        return value
    }

    /// Reads a number that may be negative, if it fits the type.
    public mutating func signedNumber<Number: FixedWidthInteger & SignedInteger>() throws(NotCanonical) -> Number {
        let isNegative = take(UInt8(ascii: "-"))
        guard let magnitude = Int64(exactly: try number(UInt64.self)),
            let value = Number(exactly: isNegative ? -magnitude : magnitude), !(isNegative && value == 0)
        else { throw NotCanonical() }
        return value
    }

    /// The result of `read` for the bytes of a string without escapes; nil means that the value is invalid.
    @inlinable public mutating func string<Value>(_ read: (Span<UInt8>) -> Value?) throws(NotCanonical) -> Value {
        guard take(UInt8(ascii: "\"")) else { throw NotCanonical() }
        var end = next
        while end < octets.count, octets[end] != UInt8(ascii: "\"") {
            guard octets[end] >= 0x20, octets[end] != UInt8(ascii: "\\") else { throw NotCanonical() }
            end += 1
        }
        guard end < octets.count, let value = read(octets.span.extracting(next..<end)) else { throw NotCanonical() }
        next = end + 1
        return value
    }

    /// The bytes of the next JSON value in any form, as delimited by brackets and quotes.
    public mutating func value() throws(NotCanonical) -> ArraySlice<UInt8> {
        let start = next
        var depth = 0
        while next < octets.count {
            let octet = octets[next]
            switch octet {
            case UInt8(ascii: "\""):
                next += 1
                while next < octets.count, octets[next] != UInt8(ascii: "\"") {
                    next += octets[next] == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { throw NotCanonical() }
            case UInt8(ascii: ",") where depth == 0: throw NotCanonical()
            default: break
            }
            next += 1
            if depth == 0, octet == UInt8(ascii: "}") || octet == UInt8(ascii: "]") || octet == UInt8(ascii: "\"") {
                guard next <= octets.count else { throw NotCanonical() }
                return octets[start..<next]
            }
        }
        throw NotCanonical()
    }

    /// Returns to the start of a value that has to be read in another way.
    public mutating func goBack(to position: Int) {
        next = position
        isFirst = true
    }

    /// If the next member has this name, reads the name and returns true.
    @inlinable mutating func takeName(_ name: StaticString) -> Bool {
        var start = next
        if !isFirst {
            guard start < octets.count, octets[start] == UInt8(ascii: ",") else { return false }
            start += 1
        }
        let end = start + 1 + name.utf8CodeUnitCount
        guard end + 1 < octets.count, octets[start] == UInt8(ascii: "\""), isNext(name, at: start + 1),
            octets[end] == UInt8(ascii: "\""), octets[end + 1] == UInt8(ascii: ":")
        else { return false }
        next = end + 2
        isFirst = false
        return true
    }
}

extension CanonicalReader: RecordVisitor {
    @inlinable public mutating func member<Value: RecordValue>(
        _ name: StaticString, _ value: inout Value
    ) throws(NotCanonical) {
        guard takeName(name) else { throw NotCanonical() }
        value = try Value(from: &self)
    }

    @inlinable public mutating func member<Value: RecordValue>(
        _ name: StaticString, _ value: inout Value?
    ) throws(NotCanonical) {
        value = takeName(name) ? try Value(from: &self) : nil
    }

    @inlinable public mutating func member<Value: RecordValue>(
        _ name: StaticString, _ value: inout Value, since version: Int
    ) throws(NotCanonical) {
        if takeName(name) { value = try Value(from: &self) }
    }
}
