/// Changes that are made together or not at all, in order.
package struct StoreBatch: Sendable {
    /// The changes as a journal stores them (`ChangeReader` reads them).
    private(set) var encoded: [UInt8] = []

    package init() {}

    /// Whether the batch changes nothing.
    package var isEmpty: Bool { encoded.isEmpty }

    /// What the batch occupies, in bytes. A store refuses a batch of more than 64 MiB.
    package var byteCount: Int { encoded.count }

    /// Stores a record, or replaces the one with this key.
    ///
    /// - Parameter key: At most `Int64.max`.
    package mutating func put(_ table: StoredTable, _ key: UInt64, _ value: [UInt8]) {
        append(table.rawValue, key)
        encoded.append(littleEndian: UInt32(value.count))
        encoded.append(contentsOf: value)
    }

    /// Removes the record with this key, if there is one.
    ///
    /// - Parameter key: At most `Int64.max`.
    package mutating func remove(_ table: StoredTable, _ key: UInt64) {
        append(table.rawValue | Self.removal, key)
    }

    /// Marks the table's number of a removal.
    static let removal: UInt8 = 0x80

    private mutating func append(_ tag: UInt8, _ key: UInt64) {
        precondition(key <= UInt64(Int64.max), "keys of a state store have 63 bits")
        encoded.append(tag)
        encoded.append(littleEndian: key)
    }
}

extension [UInt8] {
    mutating func append<T: FixedWidthInteger>(littleEndian value: T) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

extension RawSpan {
    /// The integer at an offset, least significant byte first. The caller has checked that it lies within the bytes.
    func littleEndian<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: T.Type = T.self) -> T {
        T(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
    }
}
