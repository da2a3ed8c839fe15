/// The text is JSON but not in the canonical form, so the canonical reader cannot read it.
public struct NotCanonical: Error {
    public init() {}
}

/// A record whose shape is declared once: `visit` names every member, and code that needs the members visits them.
///
/// The canonical form of a record is one JSON object with its members in the order of `visit`, without white space and escapes, and
/// without members that are nil. It is one of the forms that the interface description allows, and the one our agents write. It is read
/// and written many times faster than general JSON, in which all other forms are read.
public protocol Record: RecordValue {
    /// Its name in the interface description.
    static var typeName: String { get }

    /// A record into which members can be read.
    static var blank: Self { get }

    /// Names every member in order: `visitor` writes its value, reads a new one, or records its name and form.
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
        // A writer accepts every value.
        do throws(NotCanonical) { try row.visit(&writer) } catch { assertionFailure("cannot write a record") }
    }
}

/// Code that visits the members of a record: a writer, a reader, or a recorder of its shape.
public protocol RecordVisitor {
    /// A member that is always present.
    mutating func member(_ name: StaticString, _ value: inout some RecordValue) throws(NotCanonical)

    /// A member that is omitted if it is nil.
    mutating func member(_ name: StaticString, _ value: inout (some RecordValue)?) throws(NotCanonical)

    /// A member first introduced by a later version of the vocabulary. If it is not sent, the value of a blank record stays.
    mutating func member(_ name: StaticString, _ value: inout some RecordValue, since version: Int) throws(NotCanonical)

    /// A member first introduced by a later version of the vocabulary, omitted if it is nil.
    mutating func member(_ name: StaticString, _ value: inout (some RecordValue)?, since version: Int) throws(NotCanonical)

    /// Ends the visit because the record cannot hold the value read for this member.
    mutating func refuse(_ name: StaticString, _ reason: String) throws(NotCanonical)
}

extension RecordVisitor {
    // Only visitors that read or describe a record look at the version.

    @inlinable public mutating func member(
        _ name: StaticString, _ value: inout some RecordValue, since version: Int
    ) throws(NotCanonical) { try member(name, &value) }

    @inlinable public mutating func member(
        _ name: StaticString, _ value: inout (some RecordValue)?, since version: Int
    ) throws(NotCanonical) { try member(name, &value) }

    /// The error message comes from another reader.
    public mutating func refuse(_: StaticString, _: String) throws(NotCanonical) { throw NotCanonical() }
}

/// The value of a member.
public protocol RecordValue: Sendable, Codable {
    /// What its JSON looks like.
    static var form: ValueForm { get }

    init(from reader: inout CanonicalReader) throws(NotCanonical)
    func write(to writer: inout CanonicalWriter)
}
