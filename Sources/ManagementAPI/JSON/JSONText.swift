import NIOCore

/// JSON being written, octet by octet, with nothing kept of what was written before.
struct JSONText {
    var buffer = ByteBuffer()

    mutating func write(_ text: StaticString) { buffer.writeStaticString(text) }

    mutating func write(_ number: some FixedWidthInteger) {
        buffer.writeString(String(number))
    }

    /// Numbers that JSON has no form for become null.
    mutating func write(_ number: Double) {
        if number.isFinite { buffer.writeString("\(number)") } else { write("null") }
    }

    /// A string in quotes, with what must be escaped escaped.
    mutating func write(quoted text: String) {
        write("\"")
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            buffer.writeString(text)
        } else {
            for octet in text.utf8 { writeEscaped(octet) }
        }
        write("\"")
    }

    private mutating func writeEscaped(_ octet: UInt8) {
        switch octet {
        case UInt8(ascii: "\""): write("\\\"")
        case UInt8(ascii: "\\"): write("\\\\")
        case UInt8(ascii: "\n"): write("\\n")
        case UInt8(ascii: "\t"): write("\\t")
        case UInt8(ascii: "\r"): write("\\r")
        case 0..<0x20:
            let digits = String(octet, radix: 16)
            buffer.writeString("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        default: buffer.writeInteger(octet)
        }
    }
}
