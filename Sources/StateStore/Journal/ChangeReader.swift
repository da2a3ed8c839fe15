/// Reads the changes of a batch, as `StoreBatch` encodes them.
struct ChangeReader {
    /// One change; the value's bytes are a part of the batch.
    struct Change {
        let table: StoredTable
        let key: UInt64
        /// Where the value is among the bytes; nil if the record is removed.
        let value: Range<Int>?
    }

    private var offset: Int
    private let end: Int

    /// - Parameter range: Where the batch is among the bytes that `next` gets.
    init(_ range: Range<Int>) {
        offset = range.lowerBound
        end = range.upperBound
    }

    /// The next change; nil after the last one.
    ///
    /// - Throws: `Invalid` if the bytes are not a batch.
    mutating func next(_ bytes: RawSpan) throws(Invalid) -> Change? {
        guard offset < end else { return nil }
        guard end - offset >= 9 else { throw Invalid() }
        let tag: UInt8 = bytes.littleEndian(at: offset)
        let key: UInt64 = bytes.littleEndian(at: offset + 1)
        guard let table = StoredTable(rawValue: tag & ~StoreBatch.removal), key <= UInt64(Int64.max) else { throw Invalid() }
        offset += 9
        guard tag & StoreBatch.removal == 0 else { return Change(table: table, key: key, value: nil) }
        guard end - offset >= 4 else { throw Invalid() }
        let count = Int(bytes.littleEndian(at: offset, as: UInt32.self))
        offset += 4
        guard end - offset >= count else { throw Invalid() }
        defer { offset += count }
        return Change(table: table, key: key, value: offset..<offset + count)
    }

    struct Invalid: Error {}
}
