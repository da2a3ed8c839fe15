extension RecordValue where Self: FixedWidthInteger & UnsignedInteger {
    public static var form: ValueForm { .whole(isSigned: false) }
    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) { self = try reader.number() }
    @inlinable public func write(to writer: inout CanonicalWriter) { writer.write(UInt64(self)) }
}

extension UInt8: RecordValue {}
extension UInt16: RecordValue {}
extension UInt32: RecordValue {}
extension UInt64: RecordValue {}

extension RecordValue where Self: FixedWidthInteger & SignedInteger {
    public static var form: ValueForm { .whole(isSigned: true) }
    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) { self = try reader.signedNumber() }
    @inlinable public func write(to writer: inout CanonicalWriter) { writer.write(Int64(self)) }
}

extension Int32: RecordValue {}

/// A count or a number of seconds; never negative.
extension Int: RecordValue {
    public static var form: ValueForm { .whole(isSigned: false) }
}

extension Bool: RecordValue {
    public static var form: ValueForm { .truth }
    public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        if reader.take("true") {
            self = true
        } else {
            try reader.expect("false")
            self = false
        }
    }
    public func write(to writer: inout CanonicalWriter) { writer.literal(self ? "true" : "false") }
}

extension String: RecordValue {
    public static var form: ValueForm { .text(.any) }
    public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in text.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) } }
    }
    public func write(to writer: inout CanonicalWriter) { writer.write(text: utf8) }
}

extension Array: RecordValue where Element: RecordValue {
    public static var form: ValueForm { .list(Element.form) }

    public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self.init()
        try reader.expect("[")
        if reader.take("]") { return }
        repeat { append(try Element(from: &reader)) } while reader.take(",")
        try reader.expect("]")
    }

    public func write(to writer: inout CanonicalWriter) {
        writer.literal("[")
        for index in indices {
            if index > startIndex { writer.literal(",") }
            self[index].write(to: &writer)
        }
        writer.literal("]")
    }
}

/// An enumeration. Its JSON is a string, the name of the case in the interface description.
public protocol RecordWord: RecordValue, CaseIterable, RawRepresentable<String> {
    /// What an unknown word reads as where a word is required: the word that claims least. Nil if a row has no meaning without the word,
    /// so that the row is left out.
    static var standIn: Self? { get }
    /// Whether the interface description has the enumeration as a type.
    static var isClosed: Bool { get }
}

extension RecordWord {
    public static var standIn: Self? { nil }
    public static var isClosed: Bool { false }

    /// Its words, in order.
    public static var wordList: WordList {
        WordList("\(Self.self)", allCases.map(\.rawValue), unknown: standIn?.rawValue, isClosed: isClosed)
    }

    public static var form: ValueForm { .words(wordList) }

    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        self = try reader.string { text in Self.allCases.first { text.spells($0.rawValue) } }
    }

    @inlinable public func write(to writer: inout CanonicalWriter) { writer.write(rawValue) }
}

/// A set of flags. Its JSON is a list of labels in wire order.
public protocol RecordFlags: RecordValue, OptionSet where RawValue: FixedWidthInteger & UnsignedInteger, Element == Self {
    /// The flags from the most significant on, with their names in the interface description.
    static var labels: [(flag: Self, label: String)] { get }
}

extension RecordFlags {
    public static var form: ValueForm { .list(.words(WordList("\(Self.self)", labels.map(\.label)))) }

    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) {
        try reader.expect("[")
        var flags = Self()
        if reader.take("]") {
            self = flags
            return
        }
        repeat {
            let flag = try reader.string { text in Self.labels.first { text.spells($0.label) }?.flag }
            // Each flag once and in order, as they are written.
            guard flags.isEmpty || flag.rawValue < flags.rawValue & (0 &- flags.rawValue) else { throw NotCanonical() }
            flags.insert(flag)
        } while reader.take(",")
        try reader.expect("]")
        self = flags
    }

    @inlinable public func write(to writer: inout CanonicalWriter) {
        writer.literal("[")
        var isFirst = true
        if !isEmpty {
            for (flag, label) in Self.labels where contains(flag) {
                if !isFirst { writer.literal(",") }
                isFirst = false
                writer.write(label)
            }
        }
        writer.literal("]")
    }
}

extension Span<UInt8> {
    /// Whether these bytes are this text.
    @inlinable public func spells(_ text: String) -> Bool {
        let octets = text.utf8
        guard octets.count == count else { return false }
        var index = 0
        for octet in octets {
            guard self[index] == octet else { return false }
            index += 1
        }
        return true
    }
}
