import Foundation
import GRDB
import GRDBSQLite

extension StoreDatabase {
    /// How many changes a transaction makes at most.
    private static let transactionSize = 2048
    /// Size of the write-ahead log in bytes beyond which it is emptied between transactions.
    private static let logLimit = 16 << 20

    /// Makes changes, and records that all files up to a number are in the database. On return everything is on disk.
    ///
    /// Several transactions keep the write-ahead log small. What a crash leaves of them does no harm: the journal files are applied
    /// again.
    ///
    /// - Parameters:
    ///   - sequence: That of the last batch in these files; nil if they have no batch.
    ///   - reached: Number of a file that exists, or is in the database.
    func fold(_ changes: LatestChanges, through number: UInt64, sequence: UInt64?, reached: UInt64) throws(StoreFailure) {
        do throws(StoreFailure) {
            try write(changes, through: number, sequence: sequence, reached: reached)
        } catch {
            // Otherwise the write-ahead log grows with each attempt, which makes a full disk worse.
            try? access("write") { try Self.checkpoint($0) }
            throw error
        }
    }

    private func write(
        _ changes: LatestChanges, through number: UInt64, sequence: UInt64?, reached: UInt64
    ) throws(StoreFailure) {
        for table in StoredTable.allCases {
            var rest = changes.changes(of: table)[...]
            while !rest.isEmpty {
                let part = rest.prefix(Self.transactionSize)
                rest = rest.dropFirst(part.count)
                try access("write") { db in
                    try db.inTransaction(.immediate) {
                        try Self.apply(part, of: changes, to: table, db)
                        return .commit
                    }
                    if Self.logSize(path) > Self.logLimit { try Self.checkpoint(db) }
                }
            }
        }
        try access("write") { db in
            try db.execute(
                sql: "UPDATE journal SET folded = ?, sequence = ifnull(?, sequence), begun = max(begun, ?)",
                arguments: [Int64(bitPattern: number), sequence.map { Int64(bitPattern: $0) }, Int64(bitPattern: reached)])
            try Self.checkpoint(db)
        }
    }

    static func apply(
        _ part: ArraySlice<LatestChanges.Change>, of changes: LatestChanges, to table: StoredTable, _ db: Database
    ) throws {
        let put = try db.cachedStatement(sql: "INSERT OR REPLACE INTO \(table) VALUES (?, ?)").sqliteStatement
        let remove = try db.cachedStatement(sql: "DELETE FROM \(table) WHERE key = ?").sqliteStatement
        for change in part {
            let code = changes.withValue(of: change) { value in
                let statement = value == nil ? remove : put
                defer { sqlite3_reset(statement) }
                sqlite3_bind_int64(statement, 1, Int64(change.key))
                // Without a destructor the value is not copied; it outlives the step.
                if let value {
                    if value.isEmpty {
                        sqlite3_bind_zeroblob(statement, 2, 0)
                    } else {
                        sqlite3_bind_blob(statement, 2, value.baseAddress, CInt(value.count), nil)
                    }
                }
                return sqlite3_step(statement)
            }
            guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        }
    }

    /// Moves the write-ahead log into the database, makes that durable, and empties the log.
    private static func checkpoint(_ db: Database) throws {
        let code = sqlite3_wal_checkpoint_v2(db.sqliteConnection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    private static func logSize(_ path: String) -> Int {
        var status = stat()
        return stat(path + "-wal", &status) == 0 ? Int(status.st_size) : 0
    }
}
