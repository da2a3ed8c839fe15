/// Appends values in the canonical form to a text.
public struct CanonicalWriter {
    /// UTF-8.
    @usableFromInline var text: [UInt8] = []
    /// Whether no member of the current object has been written yet.
    @usableFromInline var isFirst = true
    /// The number of objects around the next member.
    @usableFromInline var depth = 0
    /// The members to write of the outermost objects; nil for all.
    @usableFromInline let wanted: Set<String>?

    /// - Parameter wanted: The members to write of records not nested in another one; nil for all.
    public init(members wanted: Set<String>? = nil) { self.wanted = wanted }

    /// What has been written so far, in UTF-8.
    public var octets: [UInt8] { text }

    /// Starts over, keeping the memory.
    public mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        isFirst = true
        depth = 0
    }

    /// Writes a complete record as an object.
    @inlinable public mutating func write(_ row: some Record) {
        let outer = open()
        row.writeMembers(to: &self)
        close(outer)
    }

    /// Writes a complete record as an object.
    ///
    /// - Parameter more: Writes members of the same object after the record's own.
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

    /// Writes the text literally, including its quotes.
    @inlinable public mutating func literal(_ literal: StaticString) {
        literal.withUTF8Buffer { text.append(contentsOf: $0) }
    }

    /// Writes text that is already JSON.
    @inlinable public mutating func write(json: some Sequence<UInt8>) { text.append(contentsOf: json) }

    /// Writes one byte of text that is already JSON.
    @inlinable public mutating func write(_ octet: UInt8) { text.append(octet) }

    /// Writes a number.
    @inlinable public mutating func write(_ number: UInt64) {
        JSONText.append(number, to: &text)
    }

    /// Writes a number that may be negative.
    @inlinable public mutating func write(_ number: Int64) {
        JSONText.append(number, to: &text)
    }

    /// Writes a JSON string; `appendText` appends text that needs no escapes.
    @inlinable public mutating func writeString(_ appendText: (inout [UInt8]) -> Void) {
        text.append(UInt8(ascii: "\""))
        appendText(&text)
        text.append(UInt8(ascii: "\""))
    }

    /// Writes a JSON string with any text (RFC 8259 §7).
    @inlinable public mutating func write(_ string: String) { write(text: string.utf8) }

    /// Writes a JSON string with any UTF-8.
    ///
    /// The loop is inlinable so that calling modules specialise it for each kind of text. How a byte that needs an escape is written is up
    /// to `JSONText`.
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

    /// Writes a member's name. Returns false and writes nothing if the member is not wanted.
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
