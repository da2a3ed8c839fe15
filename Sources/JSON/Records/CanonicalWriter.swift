/// Appends values in the canonical form to a text.
public struct CanonicalWriter {
    /// UTF-8.
    @usableFromInline var text: [UInt8] = []
    /// Whether the object under way has no member yet.
    @usableFromInline var isFirst = true
    /// Objects around the next member.
    @usableFromInline var depth = 0
    /// The members wanted of the outermost objects; nil for all.
    @usableFromInline let wanted: Set<String>?

    /// - Parameter wanted: the members to write of records that stand in no other; nil for all.
    public init(members wanted: Set<String>? = nil) { self.wanted = wanted }

    /// What was written so far, UTF-8.
    public var octets: [UInt8] { text }

    /// Starts over; the memory stays.
    public mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        isFirst = true
        depth = 0
    }

    /// A whole record as an object.
    @inlinable public mutating func write(_ row: some Record) {
        let outer = open()
        row.writeMembers(to: &self)
        close(outer)
    }

    /// A whole record as an object.
    ///
    /// - Parameter more: writes members of the same object that follow the record's own.
    public mutating func write(_ row: any Record, _ more: (inout CanonicalWriter) -> Void) {
        let outer = open()
        row.writeMembers(to: &self)
        more(&self)
        close(outer)
    }

    @inlinable mutating func open() -> Bool {
        defer { isFirst = true }
        text.append(UInt8(ascii: "{"))
        depth += 1
        return isFirst
    }

    @inlinable mutating func close(_ wasFirst: Bool) {
        depth -= 1
        text.append(UInt8(ascii: "}"))
        isFirst = wasFirst
    }

    /// The text as it is, quotes and all.
    @inlinable public mutating func literal(_ literal: StaticString) {
        literal.withUTF8Buffer { text.append(contentsOf: $0) }
    }

    /// Text that is JSON already.
    @inlinable public mutating func write(json: some Sequence<UInt8>) { text.append(contentsOf: json) }

    /// One byte of text that is JSON already.
    @inlinable public mutating func write(_ octet: UInt8) { text.append(octet) }

    /// A number.
    @inlinable public mutating func write(_ number: UInt64) {
        JSONText.append(number, to: &text)
    }

    /// A number that may be below zero.
    @inlinable public mutating func write(_ number: Int64) {
        JSONText.append(number, to: &text)
    }

    /// A JSON string; `appendText` appends what needs no escapes.
    @inlinable public mutating func writeString(_ appendText: (inout [UInt8]) -> Void) {
        text.append(UInt8(ascii: "\""))
        appendText(&text)
        text.append(UInt8(ascii: "\""))
    }

    /// A JSON string of any text (RFC 8259 §7).
    @inlinable public mutating func write(_ string: String) { write(text: string.utf8) }

    /// A JSON string of any UTF-8.
    ///
    /// The loop is open to the callers' modules, which make one of their own for each kind of text; what an byte that needs an escape looks
    /// like is `JSONText`'s to say.
    @inlinable public mutating func write(text octets: some Sequence<UInt8>) {
        text.append(UInt8(ascii: "\""))
        for octet in octets {
            if octet >= 0x20 && octet != UInt8(ascii: "\"") && octet != UInt8(ascii: "\\") {
                text.append(octet)
            } else {
                JSONText.append(escaped: octet, to: &text)
            }
        }
        text.append(UInt8(ascii: "\""))
    }

    /// False when the member is not wanted, and nothing was written.
    @inlinable mutating func name(_ name: StaticString) -> Bool {
        if let wanted, depth == 1, !wanted.contains("\(name)") { return false }
        if !isFirst { text.append(UInt8(ascii: ",")) }
        isFirst = false
        text.append(UInt8(ascii: "\""))
        literal(name)
        text.append(UInt8(ascii: "\""))
        text.append(UInt8(ascii: ":"))
        return true
    }
}

extension CanonicalWriter: RecordVisitor {
    @inlinable public mutating func member(_ name: StaticString, _ value: inout some RecordValue) {
        guard self.name(name) else { return }
        value.write(to: &self)
    }

    @inlinable public mutating func member(_ name: StaticString, _ value: inout (some RecordValue)?) {
        guard let value, self.name(name) else { return }
        value.write(to: &self)
    }
}
