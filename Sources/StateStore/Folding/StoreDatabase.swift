import Foundation
import GRDB
import GRDBSQLite

/// The SQLite database of a store: everything that the journal had up to some file.
///
/// One table for each `StoredTable`, with rows in the order of their keys, and one row about the journal. Only one process has it
/// open, so the index of its write-ahead log is in memory.
final class StoreDatabase: Sendable {
    /// `MIPS`, in the database's header.
    static let applicationIdentifier: Int32 = 0x4D49_5053
    static let version: Int32 = 1

    let path: String
    private let queue: DatabaseQueue

    /// Creates a database with the changes of a batch. All of it is on disk on return.
    static func create(_ path: String, _ batch: StoreBatch) throws {
        let queue = try DatabaseQueue(path: path, configuration: Configuration())
        try queue.inDatabase { db in
            try db.inTransaction(.exclusive) {
                for table in StoredTable.allCases {
                    try db.execute(sql: "CREATE TABLE \(table) (key INTEGER PRIMARY KEY, value BLOB NOT NULL)")
                }
                try db.execute(
                    sql: """
                        CREATE TABLE journal (
                            row INTEGER PRIMARY KEY CHECK (row = 0), high INTEGER NOT NULL, low INTEGER NOT NULL,
                            folded INTEGER NOT NULL, sequence INTEGER NOT NULL, begun INTEGER NOT NULL)
                        """)
                let identity = StoreIdentity()
                try db.execute(
                    sql: "INSERT INTO journal VALUES (0, ?, ?, 0, 0, 0)",
                    arguments: [Int64(bitPattern: identity.high), Int64(bitPattern: identity.low)])
                try db.execute(sql: "PRAGMA application_id = \(applicationIdentifier)")
                try db.execute(sql: "PRAGMA user_version = \(version)")
                let changes = try LatestChanges(batch)
                for table in StoredTable.allCases {
                    try apply(changes.changes(of: table)[...], of: changes, to: table, db)
                }
                return .commit
            }
            try db.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try queue.close()
    }

    /// - Throws: `StoreFailure` if it is locked, damaged, or of another version.
    init(_ path: String) throws(StoreFailure) {
        self.path = path
        var configuration = Configuration()
        configuration.label = "state-store"
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA synchronous = NORMAL;
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA cache_size = -8192;
                    PRAGMA cell_size_check = ON;
                    """)
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { db in
                let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                guard version <= Self.version else {
                    throw StoreFailure(
                        .newerVersion,
                        "state store '\(path)' was written by a newer version of this program (format \(version), this program "
                            + "reads \(Self.version)); nothing was changed: install that version, or \(StoreFailure.restore)"
                    )
                }
                try Self.check(db, path)
            }
        } catch {
            throw StoreFailure("open", path, error)
        }
    }

    /// The size in bytes up to which reading every page delays the start only a little.
    private static let quickCheckLimit = 4 << 20

    private static func check(_ db: Database, _ path: String) throws {
        let size = (try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0) * (try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0)
        guard size <= quickCheckLimit else { return }
        guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT)
        }
    }

    /// What the database knows of the journal.
    func position() throws(StoreFailure) -> RecoveredJournal.Position {
        try access("read") { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT high, low, folded, sequence, begun FROM journal") else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
            let numbers = try (0..<5).map { column in
                // All but the identity are counts.
                guard let number = Int64.fromDatabaseValue(row[column]), column < 2 || (0..<Int64.max).contains(number) else {
                    throw DatabaseError(resultCode: .SQLITE_CORRUPT)
                }
                return UInt64(bitPattern: number)
            }
            return RecoveredJournal.Position(
                store: StoreIdentity(high: numbers[0], low: numbers[1]), folded: numbers[2], sequence: numbers[3],
                begun: numbers[4])
        }
    }

    /// Records that the journal has reached a file.
    func begin(_ number: UInt64) throws(StoreFailure) {
        try access("write") { db in
            try db.execute(sql: "UPDATE journal SET begun = ?", arguments: [Int64(bitPattern: number)])
        }
    }

    func close() throws(StoreFailure) {
        do { try queue.close() } catch { throw StoreFailure("close", path, error) }
    }

    /// Runs a function on the connection, one at a time, on the caller's thread.
    ///
    /// - Parameter verb: What fails if it throws, such as `read`.
    func access<Result>(_ verb: String, _ body: (Database) throws -> Result) throws(StoreFailure) -> Result {
        do { return try queue.inDatabase(body) } catch { throw StoreFailure(verb, path, error) }
    }
}
