import Foundation

/// Walks through a JSON text (RFC 8259) value by value without decoding it.
struct JSONScanner {
    typealias NotJSON = VocabularyFilter.NotJSON

    private let octets: ArraySlice<UInt8>
    private var position: Int

    init(_ octets: ArraySlice<UInt8>) {
        self.octets = octets
        position = octets.startIndex
    }

    var isAtEnd: Bool { position == octets.endIndex }

    /// The next byte; 0 at the end.
    var next: UInt8 { position < octets.endIndex ? octets[position] : 0 }

    /// Skips white space.
    mutating func space() {
        while next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
    }

    private mutating func take(_ octet: UInt8) -> Bool {
        guard next == octet, !isAtEnd else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ octet: UInt8) throws(NotJSON) {
        guard take(octet) else { throw NotJSON() }
    }

    /// The text of the next value, whatever it is.
    mutating func value() throws(NotJSON) -> ArraySlice<UInt8> {
        space()
        let start = position
        try skip()
        return octets[start..<position]
    }

    /// The next value, a string: its raw text, and its content.
    mutating func string() throws(NotJSON) -> (raw: ArraySlice<UInt8>, text: String) {
        let start = position
        let hasEscapes = try skipString()
        let raw = octets[start..<position]
        let text =
            hasEscapes
            ? try? JSONDecoder().decode(String.self, from: Data(raw))
            : String(validating: raw.dropFirst().dropLast(), as: UTF8.self)
        // Text that is not valid Unicode cannot be a word or name of ours; its raw bytes represent it.
        return (raw, text ?? String(decoding: raw.dropFirst().dropLast(), as: UTF8.self))
    }

    // MARK: - Lists and objects

    /// Begins a list or an object. Returns whether it has any elements.
    mutating func open(_ opening: UInt8, _ closing: UInt8) throws(NotJSON) -> Bool {
        try expect(opening)
        space()
        return !take(closing)
    }

    /// Continues after a value in a list or an object. Returns false if it was the last one; the closing bracket has then been read.
    mutating func continues(_ closing: UInt8) throws(NotJSON) -> Bool {
        space()
        if take(UInt8(ascii: ",")) { return true }
        try expect(closing)
        return false
    }

    /// The name of the next member; also reads the colon after it.
    mutating func name() throws(NotJSON) -> (raw: ArraySlice<UInt8>, text: String) {
        space()
        let name = try string()
        space()
        try expect(UInt8(ascii: ":"))
        return name
    }

    // MARK: - Whole values

    /// Skips one value, however deeply nested. What nobody reads needs no limit besides that of the frame.
    private mutating func skip() throws(NotJSON) {
        var closings: [UInt8] = []
        repeat {
            if try begins(&closings) { continue }
            while let closing = closings.last {
                if try continues(closing) {
                    if closing == UInt8(ascii: "}") { try skipName() }
                    break
                }
                closings.removeLast()
            }
        } while !closings.isEmpty
    }

    /// Skips a value without parts, or enters a list or an object with parts. Returns true if a part comes next.
    private mutating func begins(_ closings: inout [UInt8]) throws(NotJSON) -> Bool {
        space()
        switch next {
        case UInt8(ascii: "{"):
            guard try open(UInt8(ascii: "{"), UInt8(ascii: "}")) else { return false }
            closings.append(UInt8(ascii: "}"))
            try skipName()
            return true
        case UInt8(ascii: "["):
            guard try open(UInt8(ascii: "["), UInt8(ascii: "]")) else { return false }
            closings.append(UInt8(ascii: "]"))
            return true
        case UInt8(ascii: "\""): _ = try skipString()
        case UInt8(ascii: "t"): try skip("true")
        case UInt8(ascii: "f"): try skip("false")
        case UInt8(ascii: "n"): try skip("null")
        default: try skipNumber()
        }
        return false
    }

    private mutating func skipName() throws(NotJSON) {
        space()
        _ = try skipString()
        space()
        try expect(UInt8(ascii: ":"))
    }

    private mutating func skip(_ word: StaticString) throws(NotJSON) {
        for index in 0..<word.utf8CodeUnitCount { try expect(word.withUTF8Buffer { $0[index] }) }
    }

    private mutating func skipDigits() throws(NotJSON) {
        let start = position
        while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { position += 1 }
        guard position > start else { throw NotJSON() }
    }

    private mutating func skipNumber() throws(NotJSON) {
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try skipDigits() }
        if take(UInt8(ascii: ".")) { try skipDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            try skipDigits()
        }
    }

    /// Skips a string. Returns whether it has escapes.
    private mutating func skipString() throws(NotJSON) -> Bool {
        try expect(UInt8(ascii: "\""))
        var hasEscapes = false
        while !take(UInt8(ascii: "\"")) {
            guard next >= 0x20 else { throw NotJSON() }
            if take(UInt8(ascii: "\\")) {
                hasEscapes = true
                guard #""\/bfnrtu"#.utf8.contains(next) else { throw NotJSON() }
            }
            position += 1
        }
        return hasEscapes
    }
}
