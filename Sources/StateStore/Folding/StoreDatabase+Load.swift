import GRDB
import GRDBSQLite

extension StoreDatabase {
    /// Every record: those of the database, and over them the changes of the journal.
    ///
    /// - Throws: `StoreFailure`, or what `body` throws.
    func load(with changes: LatestChanges?, _ body: (StoredTable, UInt64, RawSpan) throws -> Void) throws {
        var thrown: (any Error)?
        try access("read") { db in
            do {
                for table in StoredTable.allCases {
                    try load(table, db, changes) { key, value in
                        do { try body(table, key, value.bytes) } catch {
                            thrown = error
                            throw error
                        }
                    }
                }
            } catch  where thrown != nil {
                // It is not an error of the database.
            }
        }
        if let thrown { throw thrown }
    }

    private func load(
        _ table: StoredTable, _ db: Database, _ changes: LatestChanges?, _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let changed = changes?.changes(of: table) ?? []
        var next = 0
        /// Passes on the changes of keys below a limit, and of the limit itself. Returns whether there was one of that.
        func passChanges(to limit: UInt64) throws -> Bool {
            while next < changed.count, changed[next].key <= limit {
                let change = changed[next]
                next += 1
                try changes?.withValue(of: change) { if let value = $0 { try body(change.key, value) } }
                if change.key == limit { return true }
            }
            return false
        }
        // The rows are not read as values of GRDB, which costs three times as much.
        let prepared = try db.makeStatement(sql: "SELECT key, value FROM \(table) ORDER BY key")
        defer { withExtendedLifetime(prepared) {} }
        let statement = prepared.sqliteStatement
        rows: while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                guard let key = UInt64(exactly: sqlite3_column_int64(statement, 0)) else {
                    throw DatabaseError(resultCode: .SQLITE_CORRUPT)
                }
                if try passChanges(to: key) { continue rows }
                let value = UnsafeRawBufferPointer(
                    start: sqlite3_column_blob(statement, 1), count: Int(sqlite3_column_bytes(statement, 1)))
                try body(key, value)
            case SQLITE_DONE:
                _ = try passChanges(to: .max)
                return
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }
}
