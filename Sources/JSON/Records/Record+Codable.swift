// Records as values for any JSON library, through the same declaration. JSON in other forms than the canonical one is read in this way.

extension Record {
    /// Writes every member that has a value.
    public func encode(to encoder: any Encoder) throws {
        var row = self
        var members = EncodedMembers(container: encoder.container(keyedBy: MemberKey.self))
        do throws(NotCanonical) { try row.visit(&members) } catch { throw members.error ?? error }
    }

    /// Reads every member. Absent optional members are nil; an absent member of a later version keeps the value of a blank record.
    public init(from decoder: any Decoder) throws {
        var row = Self.blank
        var members = DecodedMembers(container: try decoder.container(keyedBy: MemberKey.self))
        do throws(NotCanonical) { try row.visit(&members) } catch {
            throw members.error
                ?? DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "cannot read \(Self.typeName)"))
        }
        self = row
    }
}

private struct EncodedMembers: RecordVisitor {
    var container: KeyedEncodingContainer<MemberKey>
    var error: (any Error)?

    mutating func member<Value: RecordValue>(_ name: StaticString, _ value: inout Value) throws(NotCanonical) {
        do { try container.encode(value, forKey: MemberKey("\(name)")) } catch {
            self.error = error
            throw NotCanonical()
        }
    }

    mutating func member<Value: RecordValue>(_ name: StaticString, _ value: inout Value?) throws(NotCanonical) {
        if var value { try member(name, &value) }
    }
}

private struct DecodedMembers: RecordVisitor {
    let container: KeyedDecodingContainer<MemberKey>
    var error: (any Error)?

    private mutating func read<Value>(_ read: () throws -> Value) throws(NotCanonical) -> Value {
        do { return try read() } catch {
            self.error = error
            throw NotCanonical()
        }
    }

    mutating func member<Value: RecordValue>(_ name: StaticString, _ value: inout Value) throws(NotCanonical) {
        let container = self.container
        value = try read { try container.decode(Value.self, forKey: MemberKey("\(name)")) }
    }

    mutating func member<Value: RecordValue>(_ name: StaticString, _ value: inout Value?) throws(NotCanonical) {
        let container = self.container
        value = try read { try container.decodeIfPresent(Value.self, forKey: MemberKey("\(name)")) }
    }

    mutating func member<Value: RecordValue>(
        _ name: StaticString, _ value: inout Value, since _: Int
    ) throws(NotCanonical) {
        var sent: Value?
        try member(name, &sent)
        if let sent { value = sent }
    }

    mutating func refuse(_ name: StaticString, _ reason: String) throws(NotCanonical) {
        error = DecodingError.dataCorruptedError(
            forKey: MemberKey("\(name)"), in: container, debugDescription: reason)
        throw NotCanonical()
    }
}
