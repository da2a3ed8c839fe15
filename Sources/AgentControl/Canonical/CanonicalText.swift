/// A text is JSON, but not the canonical form: something other than the canonical reader has to read it.
package struct NotCanonical: Error {}

/// A record of which an agent may have a million, with its canonical form: one JSON object whose members stand in the order of
/// `visit`, without white space, without escapes, members that are nil left out.
///
/// The form is one of those that the interface description allows, and the one in which our agents write. It is read and written many
/// times faster than JSON at large, in which every other form is read. The members are named once, for both directions.
package protocol CanonicalRow {
    /// A record to read the members into.
    static var blank: Self { get }

    /// Names every member in turn: `text` writes its value, or reads a new one.
    mutating func visit(_ text: inout some CanonicalText) throws(NotCanonical)

    /// Writes the members, without the braces around them.
    func writeMembers(to writer: inout CanonicalWriter)
}

extension CanonicalRow {
    package func writeMembers(to writer: inout CanonicalWriter) {
        var row = self
        // A writer takes every value.
        do throws(NotCanonical) { try row.visit(&writer) } catch { assertionFailure("a record could not be written") }
    }
}

/// One direction of the canonical form: a writer or a reader.
package protocol CanonicalText {
    /// A member that is always there.
    mutating func member(_ name: StaticString, _ value: inout some CanonicalValue) throws(NotCanonical)

    /// A member that is left out when it is nil.
    mutating func member(_ name: StaticString, _ value: inout (some CanonicalValue)?) throws(NotCanonical)
}

/// The value of a member: a number, a string, or a whole record.
package protocol CanonicalValue {
    init(from reader: inout CanonicalReader) throws(NotCanonical)
    func write(to writer: inout CanonicalWriter)
}
