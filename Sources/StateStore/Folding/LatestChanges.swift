/// The last change of each key in some journal files.
struct LatestChanges: Sendable {
    struct Change: Sendable {
        let key: UInt64
        /// Position among all changes of the files.
        let order: UInt32
        /// Which of the files has the value.
        let file: UInt32
        /// Where the value is in the file; nil if the record is removed.
        let value: Range<Int>?
    }

    private let files: [[UInt8]]
    /// By table, in the order of the keys.
    private var tables: [[Change]] = Array(repeating: [], count: StoredTable.allCases.count)
    /// How many changes there were, replaced ones included.
    private var count: UInt32 = 0

    var isEmpty: Bool { tables.allSatisfy(\.isEmpty) }

    /// - Throws: `StoreFailure` if a batch is not one, though its checksum is right.
    init(_ files: [JournalContents], _ place: JournalPlace) throws(StoreFailure) {
        self.files = files.map(\.bytes)
        for (index, file) in files.enumerated() {
            for batch in file.batches {
                do {
                    try add(batch, of: index)
                } catch {
                    throw .damaged(place.path(of: file.header.number), at: batch.lowerBound)
                }
            }
        }
        for index in tables.indices { Self.keepLatest(&tables[index]) }
    }

    /// The last changes of one batch.
    init(_ batch: StoreBatch) throws(ChangeReader.Invalid) {
        files = [batch.encoded]
        try add(0..<batch.byteCount, of: 0)
        for index in tables.indices { Self.keepLatest(&tables[index]) }
    }

    private mutating func add(_ batch: Range<Int>, of file: Int) throws(ChangeReader.Invalid) {
        var reader = ChangeReader(batch)
        let bytes = files[file]
        while let change = try reader.next(bytes.span.bytes) {
            tables[Self.index(change.table)].append(
                Change(key: change.key, order: count, file: UInt32(file), value: change.value))
            count += 1
        }
    }

    /// The last changes of a table, in the order of the keys.
    func changes(of table: StoredTable) -> [Change] { tables[Self.index(table)] }

    /// Calls the body with the value of a change; with nil if it removes the record.
    func withValue<Result>(of change: Change, _ body: (UnsafeRawBufferPointer?) throws -> Result) rethrows -> Result {
        guard let value = change.value else { return try body(nil) }
        return try files[Int(change.file)].withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[value])) }
    }

    private static func index(_ table: StoredTable) -> Int { Int(table.rawValue) - 1 }

    private static func keepLatest(_ changes: inout [Change]) {
        changes.sort { $0.key != $1.key ? $0.key < $1.key : $0.order < $1.order }
        var kept = 0
        for index in changes.indices {
            let isLast = index + 1 == changes.count || changes[index + 1].key != changes[index].key
            guard isLast else { continue }
            changes[kept] = changes[index]
            kept += 1
        }
        changes.removeSubrange(kept...)
    }
}
