/// Appends JSON (RFC 8259) to bytes, without white space.
@usableFromInline package enum JSONText {
    /// Appends text that is already JSON.
    package static func append(_ json: StaticString, to bytes: inout [UInt8]) {
        json.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    package static func append(_ value: Bool, to bytes: inout [UInt8]) { append(value ? "true" : "false", to: &bytes) }

    @inlinable package static func append(_ number: Int64, to bytes: inout [UInt8]) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        append(number.magnitude, to: &bytes)
    }

    @inlinable package static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        guard number >= 10 else { return bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = digits.count
        var rest = number
        while rest > 0 {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        for index in first..<digits.count { bytes.append(digits[index]) }
    }

    /// The shortest text that reads back as the same number; whole numbers that fit into 64 bits with all their digits, as those of the
    /// integer types. JSON has neither infinity nor NaN: they become null.
    package static func append(_ number: Double, to bytes: inout [UInt8]) {
        if let whole = Int64(exactly: number) { return append(whole, to: &bytes) }
        if let whole = UInt64(exactly: number) { return append(whole, to: &bytes) }
        guard number.isFinite else { return append("null", to: &bytes) }
        bytes.append(contentsOf: "\(number)".utf8)
    }

    /// A JSON string of UTF-8, in quotes. The only escapes are those that RFC 8259 §7 requires: `\"`, `\\`, and for characters below 0x20
    /// the short forms `\b`, `\t`, `\n`, `\f` and `\r`, otherwise `\u00` and two lower-case hexadecimal digits.
    @inlinable package static func append(quoted text: some Collection<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        if text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes.append(contentsOf: text)
        } else {
            for byte in text { append(escaped: byte, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A JSON string, in quotes.
    package static func append(quoted text: String, to bytes: inout [UInt8]) { append(quoted: text.utf8, to: &bytes) }

    @usableFromInline package static func append(escaped byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"", to: &bytes)
        case UInt8(ascii: "\\"): append("\\\\", to: &bytes)
        case 0x08: append("\\b", to: &bytes)
        case 0x09: append("\\t", to: &bytes)
        case 0x0A: append("\\n", to: &bytes)
        case 0x0C: append("\\f", to: &bytes)
        case 0x0D: append("\\r", to: &bytes)
        case ..<0x20:
            append("\\u00", to: &bytes)
            let low = byte & 0xF
            bytes.append(UInt8(ascii: "0") + byte >> 4)
            bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        default: bytes.append(byte)
        }
    }
}

extension JSONValue {
    /// Appends the text of the value.
    package func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: JSONText.append("null", to: &bytes)
        case .bool(let value): JSONText.append(value, to: &bytes)
        case .integer(let value): JSONText.append(value, to: &bytes)
        case .unsigned(let value): JSONText.append(value, to: &bytes)
        case .number(let value): JSONText.append(value, to: &bytes)
        case .string(let value): JSONText.append(quoted: value, to: &bytes)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object): object.write(to: &bytes)
        }
    }

    /// The text of the value in UTF-8.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    /// The text of the value.
    package var json: String { String(decoding: bytes, as: UTF8.self) }
}

extension JSONObject {
    /// Appends the text of the object.
    package func write(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            JSONText.append(quoted: member.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            member.value.write(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}
