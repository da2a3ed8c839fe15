import JSON

/// Appends values in the canonical form to a text.
package struct CanonicalWriter {
    /// The text so far, UTF-8.
    package private(set) var octets: [UInt8] = []
    /// Whether the object under way has no member yet.
    private var isFirst = true
    /// Objects around the next member.
    private var depth = 0
    /// The members wanted of the outermost objects; nil for all.
    private let wanted: Set<String>?

    /// - Parameter wanted: the members to write of records that stand in no other; nil for all.
    package init(members wanted: Set<String>? = nil) { self.wanted = wanted }

    /// Starts over; the memory stays.
    package mutating func removeAll() {
        octets.removeAll(keepingCapacity: true)
        isFirst = true
        depth = 0
    }

    /// A whole record as an object.
    mutating func write(_ row: some CanonicalRow) {
        let outer = open()
        row.writeMembers(to: &self)
        close(outer)
    }

    /// A whole record as an object.
    ///
    /// - Parameter more: writes members of the same object that follow the record's own.
    package mutating func write(_ row: any CanonicalRow, _ more: (inout CanonicalWriter) -> Void) {
        let outer = open()
        row.writeMembers(to: &self)
        more(&self)
        close(outer)
    }

    private mutating func open() -> Bool {
        defer { isFirst = true }
        octets.append(UInt8(ascii: "{"))
        depth += 1
        return isFirst
    }

    private mutating func close(_ wasFirst: Bool) {
        depth -= 1
        octets.append(UInt8(ascii: "}"))
        isFirst = wasFirst
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
    ///
    /// The loop is here, since the compiler makes one for each kind of text only within a module; what an octet that needs an escape looks
    /// like is `JSONText`'s to say.
    mutating func write(text: some Sequence<UInt8>) {
        octets.append(UInt8(ascii: "\""))
        for octet in text {
            if octet >= 0x20 && octet != UInt8(ascii: "\"") && octet != UInt8(ascii: "\\") {
                octets.append(octet)
            } else {
                JSONText.append(escaped: octet, to: &octets)
            }
        }
        octets.append(UInt8(ascii: "\""))
    }

    /// False when the member is not wanted, and nothing was written.
    private mutating func name(_ name: StaticString) -> Bool {
        if let wanted, depth == 1, !wanted.contains("\(name)") { return false }
        if !isFirst { octets.append(UInt8(ascii: ",")) }
        isFirst = false
        octets.append(UInt8(ascii: "\""))
        literal(name)
        octets.append(UInt8(ascii: "\""))
        octets.append(UInt8(ascii: ":"))
        return true
    }
}

extension CanonicalWriter: CanonicalText {
    package mutating func member(_ name: StaticString, _ value: inout some CanonicalValue) {
        guard self.name(name) else { return }
        value.write(to: &self)
    }

    package mutating func member(_ name: StaticString, _ value: inout (some CanonicalValue)?) {
        guard let value, self.name(name) else { return }
        value.write(to: &self)
    }
}
