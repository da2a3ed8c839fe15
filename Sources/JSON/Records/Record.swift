/// A text is JSON, but not the canonical form: something other than the canonical reader has to read it.
public struct NotCanonical: Error {
    public init() {}
}

/// A record with the one declaration of its shape: `visit` names every member, and whoever needs the members visits them.
///
/// The canonical form of a record is one JSON object whose members stand in the order of `visit`, without white space, without escapes,
/// members that are nil left out. It is one of those that the interface description allows, and the one in which our agents write. It is
/// read and written many times faster than JSON at large, in which every other form is read.
public protocol Record: RecordValue {
    /// What the interface description calls it.
    static var typeName: String { get }

    /// A record to read the members into.
    static var blank: Self { get }

    /// Names every member in turn: `visitor` writes its value, reads a new one, or takes down its name and form.
    mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical)

    /// Writes the members, without the braces around them.
    func writeMembers(to writer: inout CanonicalWriter)
}

extension Record {
    public static var typeName: String { "\(Self.self)" }

    public static var form: ValueForm { .record(Self.self) }

    @inlinable public init(from reader: inout CanonicalReader) throws(NotCanonical) { self = try reader.row() }

    @inlinable public func write(to writer: inout CanonicalWriter) { writer.write(self) }

    @inlinable public func writeMembers(to writer: inout CanonicalWriter) {
        var row = self
        // A writer takes every value.
        do throws(NotCanonical) { try row.visit(&writer) } catch { assertionFailure("a record could not be written") }
    }
}

/// Whoever needs the members of a record: a writer, a reader, or what takes down its shape.
public protocol RecordVisitor {
    /// A member that is always there.
    mutating func member(_ name: StaticString, _ value: inout some RecordValue) throws(NotCanonical)

    /// A member that is left out when it is nil.
    mutating func member(_ name: StaticString, _ value: inout (some RecordValue)?) throws(NotCanonical)

    /// A member that a later version of the vocabulary has first. Where it is not sent, the value of a blank record stays.
    mutating func member(_ name: StaticString, _ value: inout some RecordValue, since version: Int) throws(NotCanonical)

    /// A member that a later version of the vocabulary has first, left out when it is nil.
    mutating func member(_ name: StaticString, _ value: inout (some RecordValue)?, since version: Int) throws(NotCanonical)

    /// Ends the visit because the record cannot have the value that was read for this member.
    mutating func refuse(_ name: StaticString, _ reason: String) throws(NotCanonical)
}

extension RecordVisitor {
    // Only who reads or describes looks at the version.

    @inlinable public mutating func member(
        _ name: StaticString, _ value: inout some RecordValue, since version: Int
    ) throws(NotCanonical) { try member(name, &value) }

    @inlinable public mutating func member(
        _ name: StaticString, _ value: inout (some RecordValue)?, since version: Int
    ) throws(NotCanonical) { try member(name, &value) }

    /// Another reader finds the words for it.
    public mutating func refuse(_: StaticString, _: String) throws(NotCanonical) { throw NotCanonical() }
}

/// The value of a member.
public protocol RecordValue: Sendable, Codable {
    /// What its JSON looks like.
    static var form: ValueForm { get }

    init(from reader: inout CanonicalReader) throws(NotCanonical)
    func write(to writer: inout CanonicalWriter)
}
