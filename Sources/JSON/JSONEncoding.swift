/// Writes values of any type as JSON directly to bytes, with all their members or a selection.
///
/// Members are written in the order in which a value encodes them. Foundation's encoder builds a tree of each value before writing it,
/// which for a million rows takes most of the time. Use from one task.
package final class JSONByteEncoder {
    private let sink = JSONTextSink()
    private let fields: Set<String>?

    /// - Parameter fields: The members to write of each value that is an object; nil for all.
    package init(fields: Set<String>? = nil) { self.fields = fields }

    /// Bytes written and not yet taken.
    package var count: Int { sink.bytes.count }

    /// Passes on what was written and starts again, keeping the memory.
    package func take<Taken>(_ body: ([UInt8]) -> Taken) -> Taken {
        defer { sink.bytes.removeAll(keepingCapacity: true) }
        return body(sink.bytes)
    }

    /// Writes text that is already JSON, or the separators between values.
    package func write(json: StaticString) { JSONText.append(json, to: &sink.bytes) }

    /// Writes text that is already JSON.
    package func write(json: [UInt8]) { sink.bytes.append(contentsOf: json) }

    /// Writes one value. If the value cannot be encoded, what it has written is removed.
    package func write(_ value: some Encodable) throws {
        let start = sink.bytes.count
        do {
            let slot = Slot(sink, fields: fields)
            try value.encode(to: slot)
            slot.finish()
        } catch {
            sink.bytes.removeSubrange(start...)
            throw error
        }
    }
}

extension JSONValue {
    /// The JSON of a value.
    package init(encoding value: some Encodable) throws {
        let sink = JSONValueSink()
        let slot = Slot(sink)
        try value.encode(to: slot)
        slot.finish()
        self = sink.value
    }
}

extension JSONObject {
    /// The JSON of a record.
    ///
    /// - Throws: `EncodingError` if the value does not encode as an object.
    package init(encoding value: some Encodable) throws {
        guard case .object(let object) = try JSONValue(encoding: value) else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "this is not a JSON object"))
        }
        self = object
    }
}

/// The place of one value. The first request decides whether it becomes an object, an array or a scalar; a further request for a container
/// continues with the same one.
private final class Slot: Encoder {
    enum Form { case empty, object, array, scalar }

    let sink: any JSONSink
    let fields: Set<String>?
    var form = Form.empty
    var members = 0
    /// A nested container that is still open; further writing closes it.
    var open: Slot?

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ sink: any JSONSink, fields: Set<String>? = nil) {
        self.sink = sink
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
        if wanted == .object { sink.beginObject() } else { sink.beginArray() }
    }

    /// Closes what is open. A value that wrote nothing is null.
    func finish() {
        closeOpen()
        switch form {
        case .empty: sink.writeNull()
        case .object: sink.endObject()
        case .array: sink.endArray()
        case .scalar: break
        }
    }

    private func closeOpen() {
        open?.finish()
        open = nil
    }

    /// Prepares the next member of an object. Returns false if it is not wanted.
    func member(_ name: String) -> Bool {
        if let fields, !fields.contains(name) { return false }
        closeOpen()
        sink.beginMember(name, isFirst: members == 0)
        members += 1
        return true
    }

    /// Prepares the next element of an array.
    func element() {
        closeOpen()
        sink.beginElement(isFirst: members == 0)
        members += 1
    }

    func encode(_ value: some Encodable) throws {
        let slot = Slot(sink)
        try value.encode(to: slot)
        slot.finish()
    }

    /// The place of a member that is written piece by piece. A member that is not wanted is discarded.
    func nested(_ name: String) -> Slot { member(name) ? nested() : Slot(sink.nowhere()) }

    func nested() -> Slot {
        let slot = Slot(sink)
        open = slot
        return slot
    }
}

private struct ObjectContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    var codingPath: [any CodingKey] { [] }

    private func put(_ key: Key, _ write: () throws -> Void) rethrows { if slot.member(key.stringValue) { try write() } }

    func encodeNil(forKey key: Key) throws { put(key) { slot.sink.writeNull() } }
    func encode(_ value: Bool, forKey key: Key) throws { put(key) { slot.sink.write(value) } }
    func encode(_ value: String, forKey key: Key) throws { put(key) { slot.sink.write(value) } }
    func encode(_ value: Double, forKey key: Key) throws { put(key) { slot.sink.write(value) } }
    func encode(_ value: Float, forKey key: Key) throws { put(key) { slot.sink.write(Double(value)) } }
    func encode(_ value: Int, forKey key: Key) throws { put(key) { slot.sink.write(Int64(value)) } }
    func encode(_ value: Int8, forKey key: Key) throws { put(key) { slot.sink.write(Int64(value)) } }
    func encode(_ value: Int16, forKey key: Key) throws { put(key) { slot.sink.write(Int64(value)) } }
    func encode(_ value: Int32, forKey key: Key) throws { put(key) { slot.sink.write(Int64(value)) } }
    func encode(_ value: Int64, forKey key: Key) throws { put(key) { slot.sink.write(value) } }
    func encode(_ value: UInt, forKey key: Key) throws { put(key) { slot.sink.write(UInt64(value)) } }
    func encode(_ value: UInt8, forKey key: Key) throws { put(key) { slot.sink.write(UInt64(value)) } }
    func encode(_ value: UInt16, forKey key: Key) throws { put(key) { slot.sink.write(UInt64(value)) } }
    func encode(_ value: UInt32, forKey key: Key) throws { put(key) { slot.sink.write(UInt64(value)) } }
    func encode(_ value: UInt64, forKey key: Key) throws { put(key) { slot.sink.write(value) } }
    func encode(_ value: some Encodable, forKey key: Key) throws { try put(key) { try slot.encode(value) } }

    func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
        slot.nested(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        slot.nested(key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { slot.nested("super") }
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

    func encodeNil() throws { put { slot.sink.writeNull() } }
    func encode(_ value: Bool) throws { put { slot.sink.write(value) } }
    func encode(_ value: String) throws { put { slot.sink.write(value) } }
    func encode(_ value: Double) throws { put { slot.sink.write(value) } }
    func encode(_ value: Int) throws { put { slot.sink.write(Int64(value)) } }
    func encode(_ value: UInt64) throws { put { slot.sink.write(value) } }
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

    func encodeNil() throws { put { slot.sink.writeNull() } }
    func encode(_ value: Bool) throws { put { slot.sink.write(value) } }
    func encode(_ value: String) throws { put { slot.sink.write(value) } }
    func encode(_ value: Double) throws { put { slot.sink.write(value) } }
    func encode(_ value: Float) throws { put { slot.sink.write(Double(value)) } }
    func encode(_ value: Int) throws { put { slot.sink.write(Int64(value)) } }
    func encode(_ value: Int8) throws { put { slot.sink.write(Int64(value)) } }
    func encode(_ value: Int16) throws { put { slot.sink.write(Int64(value)) } }
    func encode(_ value: Int32) throws { put { slot.sink.write(Int64(value)) } }
    func encode(_ value: Int64) throws { put { slot.sink.write(value) } }
    func encode(_ value: UInt) throws { put { slot.sink.write(UInt64(value)) } }
    func encode(_ value: UInt8) throws { put { slot.sink.write(UInt64(value)) } }
    func encode(_ value: UInt16) throws { put { slot.sink.write(UInt64(value)) } }
    func encode(_ value: UInt32) throws { put { slot.sink.write(UInt64(value)) } }
    func encode(_ value: UInt64) throws { put { slot.sink.write(value) } }
    /// The same place, so that a value that merely wraps another one writes itself here.
    func encode(_ value: some Encodable) throws { try value.encode(to: slot) }
}
