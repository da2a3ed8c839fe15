import AgentControl
import ManagementCore
import NIOCore

/// Writes rows as JSON objects straight into a buffer, with all their members or a choice of them.
///
/// Foundation's encoder builds each value as a tree before it writes it; for a million rows that is most of the time. Members come in the
/// order in which a row encodes them. Use from one task.
final class RowEncoder {
    fileprivate var text = JSONText()
    private let fields: Set<String>?
    private var canonical: CanonicalWriter

    /// - Parameter fields: the members wanted of each row; nil for all.
    init(fields: Set<String>? = nil) {
        self.fields = fields
        canonical = CanonicalWriter(members: fields)
    }

    /// Octets written and not taken yet.
    var count: Int { text.buffer.readableBytes }

    /// Takes what was written.
    func take() -> ByteBuffer {
        defer { text.buffer.clear() }
        return text.buffer
    }

    /// Writes what stands between rows.
    func separate(_ separator: StaticString) { text.write(separator) }

    /// Writes one row of a collection. A record of which there may be a million writes itself, without an encoder between.
    func write<Record>(_ row: Resource<Record>) throws {
        guard let record = row.record as? any CanonicalRow else { return try encode(row) }
        canonical.removeAll()
        canonical.write(record) { writer in
            var (agent, timeRemaining) = (row.agent, row.timeRemaining)
            writer.member("agent", &agent)
            writer.member("timeRemaining", &timeRemaining)
        }
        text.buffer.writeBytes(canonical.octets)
    }

    /// Writes one row. What a row that cannot be encoded has written is taken back.
    func write(_ row: some Encodable) throws { try encode(row) }

    private func encode(_ row: some Encodable) throws {
        let start = text.buffer.writerIndex
        do {
            let slot = Slot(self, fields: fields)
            try row.encode(to: slot)
            slot.finish()
        } catch {
            text.buffer.moveWriterIndex(to: start)
            throw error
        }
    }
}

/// The place of one value. It becomes an object, an array or a scalar by what is asked of it first; asked for a container again, it goes
/// on with the one it is.
private final class Slot: Encoder {
    enum Form { case empty, object, array, scalar }

    let target: RowEncoder
    let fields: Set<String>?
    var form = Form.empty
    var members = 0
    /// A container inside that is still open; writing on closes it.
    var open: Slot?

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ target: RowEncoder, fields: Set<String>? = nil) {
        self.target = target
        self.fields = fields
    }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
        begin(.object)
        return KeyedEncodingContainer(ObjectContainer<Key>(slot: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        begin(.array)
        return ArrayContainer(slot: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { ScalarContainer(slot: self) }

    private func begin(_ wanted: Form) {
        guard form == .empty else { return }
        form = wanted
        target.text.write(wanted == .object ? "{" : "[")
    }

    /// Closes what is open; a value that wrote nothing is null.
    func finish() {
        closeOpen()
        switch form {
        case .empty: target.text.write("null")
        case .object: target.text.write("}")
        case .array: target.text.write("]")
        case .scalar: break
        }
    }

    private func closeOpen() {
        open?.finish()
        open = nil
    }

    /// Prepares the next member of an object; false when it is not wanted.
    func member(_ name: String) -> Bool {
        if let fields, !fields.contains(name) { return false }
        element()
        target.text.write(quoted: name)
        target.text.write(":")
        return true
    }

    /// Prepares the next element of an array.
    func element() {
        closeOpen()
        if members > 0 { target.text.write(",") }
        members += 1
    }

    func encode(_ value: some Encodable) throws {
        let slot = Slot(target)
        try value.encode(to: slot)
        slot.finish()
    }

    /// The place of a member that is written piece by piece; one that is not wanted is written to nowhere.
    func nested(_ name: String) -> Slot { member(name) ? nested() : Slot(RowEncoder()) }

    func nested() -> Slot {
        let slot = Slot(target)
        open = slot
        return slot
    }
}

private struct ObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    var codingPath: [any CodingKey] { [] }

    private func put(_ key: Key, _ write: () throws -> Void) rethrows { if slot.member(key.stringValue) { try write() } }

    func encodeNil(forKey key: Key) throws { put(key) { slot.target.text.write("null") } }
    func encode(_ value: Bool, forKey key: Key) throws { put(key) { slot.target.text.write(value ? "true" : "false") } }
    func encode(_ value: String, forKey key: Key) throws { put(key) { slot.target.text.write(quoted: value) } }
    func encode(_ value: Double, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: Float, forKey key: Key) throws { put(key) { slot.target.text.write(Double(value)) } }
    func encode(_ value: Int, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: Int8, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: Int16, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: Int32, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: Int64, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: UInt, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: UInt8, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: UInt16, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: UInt32, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: UInt64, forKey key: Key) throws { put(key) { slot.target.text.write(value) } }
    func encode(_ value: some Encodable, forKey key: Key) throws { try put(key) { try slot.encode(value) } }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
        slot.nested(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        slot.nested(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { slot.nested() }
    func superEncoder(forKey key: Key) -> any Encoder { slot.nested(key.stringValue) }
}

private struct ArrayContainer: UnkeyedEncodingContainer {
    let slot: Slot
    var codingPath: [any CodingKey] { [] }
    var count: Int { slot.members }

    private func put(_ write: () throws -> Void) rethrows {
        slot.element()
        try write()
    }

    func encodeNil() throws { put { slot.target.text.write("null") } }
    func encode(_ value: Bool) throws { put { slot.target.text.write(value ? "true" : "false") } }
    func encode(_ value: String) throws { put { slot.target.text.write(quoted: value) } }
    func encode(_ value: Double) throws { put { slot.target.text.write(value) } }
    func encode(_ value: Int) throws { put { slot.target.text.write(value) } }
    func encode(_ value: UInt64) throws { put { slot.target.text.write(value) } }
    func encode(_ value: some Encodable) throws { try put { try slot.encode(value) } }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
        slot.element()
        return slot.nested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.element()
        return slot.nested().unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        slot.element()
        return slot.nested()
    }
}

private struct ScalarContainer: SingleValueEncodingContainer {
    let slot: Slot
    var codingPath: [any CodingKey] { [] }

    private func put(_ write: () -> Void) {
        slot.form = .scalar
        write()
    }

    func encodeNil() throws { put { slot.target.text.write("null") } }
    func encode(_ value: Bool) throws { put { slot.target.text.write(value ? "true" : "false") } }
    func encode(_ value: String) throws { put { slot.target.text.write(quoted: value) } }
    func encode(_ value: Double) throws { put { slot.target.text.write(value) } }
    func encode(_ value: Float) throws { put { slot.target.text.write(Double(value)) } }
    func encode(_ value: Int) throws { put { slot.target.text.write(value) } }
    func encode(_ value: Int8) throws { put { slot.target.text.write(value) } }
    func encode(_ value: Int16) throws { put { slot.target.text.write(value) } }
    func encode(_ value: Int32) throws { put { slot.target.text.write(value) } }
    func encode(_ value: Int64) throws { put { slot.target.text.write(value) } }
    func encode(_ value: UInt) throws { put { slot.target.text.write(value) } }
    func encode(_ value: UInt8) throws { put { slot.target.text.write(value) } }
    func encode(_ value: UInt16) throws { put { slot.target.text.write(value) } }
    func encode(_ value: UInt32) throws { put { slot.target.text.write(value) } }
    func encode(_ value: UInt64) throws { put { slot.target.text.write(value) } }
    /// The same place, so that a value that is only another one in disguise writes itself here.
    func encode(_ value: some Encodable) throws { try value.encode(to: slot) }
}
