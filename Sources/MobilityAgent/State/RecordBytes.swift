import AgentModel
import MobileIPv4

/// A record of the state store is damaged or of a version that this program does not know.
public struct UnreadableRecord: Error {
    init() {}
}

/// Writes a record of the state store: integers in network byte order, or seven bits a byte, the lowest first, where they are mostly small.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func put(_ value: some FixedWidthInteger & UnsignedInteger) {
        var shift = value.bitWidth
        while shift > 0 {
            shift -= 8
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    mutating func put(small value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func put(_ address: IPv4Address) { put(address.rawValue) }
    mutating func put(_ identification: Identification) { put(identification.rawValue) }

    mutating func put(_ range: IdentificationRange) {
        put(range.first)
        put(range.last)
    }

    mutating func put(text: String) {
        var text = text
        text.withUTF8 { utf8 in
            put(small: UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    /// Six bytes: milliseconds since 1970, within some thousand years.
    mutating func put(_ time: Timestamp) {
        put(UInt16(truncatingIfNeeded: time.milliseconds >> 32))
        put(UInt32(truncatingIfNeeded: time.milliseconds))
    }
}

/// Reads a record of the state store. Whatever the bytes are, it never reads beyond the record.
struct RecordReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func byte() throws(UnreadableRecord) -> UInt8 {
        guard position < bytes.count else { throw UnreadableRecord() }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func number<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type) throws(UnreadableRecord) -> Value {
        var value: Value = 0
        for _ in 0..<(Value.bitWidth / 8) { value = value << 8 | Value(try byte()) }
        return value
    }

    mutating func small() throws(UnreadableRecord) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        throw UnreadableRecord()
    }

    mutating func small<Value: FixedWidthInteger>(_ type: Value.Type) throws(UnreadableRecord) -> Value {
        guard let value = Value(exactly: try small()) else { throw UnreadableRecord() }
        return value
    }

    /// A count that has room to grow.
    mutating func count() throws(UnreadableRecord) -> UInt64 { UInt64(try small(Int64.self)) }

    mutating func address() throws(UnreadableRecord) -> IPv4Address { IPv4Address(rawValue: try number(UInt32.self)) }

    mutating func identification() throws(UnreadableRecord) -> Identification {
        Identification(rawValue: try number(UInt64.self))
    }

    mutating func identificationRange() throws(UnreadableRecord) -> IdentificationRange {
        let first = try identification()
        return IdentificationRange(from: first, to: try identification())
    }

    mutating func text() throws(UnreadableRecord) -> String {
        let count = try small(Int.self)
        guard count >= 0, count <= bytes.count - position,
            let text = String(validating: bytes[position..<position + count], as: UTF8.self)
        else { throw UnreadableRecord() }
        position += count
        return text
    }

    mutating func time() throws(UnreadableRecord) -> Timestamp {
        let high = Int16(bitPattern: try number(UInt16.self))
        return Timestamp(milliseconds: Int64(high) << 32 | Int64(try number(UInt32.self)))
    }
}
