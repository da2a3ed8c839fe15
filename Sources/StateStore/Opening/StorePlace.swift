import Foundation
import Persistence
import Synchronization

/// The path of a store, locked so that nobody else opens the store while this value exists.
///
/// The lock is that of flock(2): SQLite's own end when any descriptor of the file is closed in this process.
final class StorePlace: Sendable {
    /// The path without symbolic links, so that the journal is found whichever way leads to the store.
    let path: String
    private let descriptor: CInt
    private let isReleased = Atomic(false)

    private init(path: String, descriptor: CInt) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { release() }

    /// Ends the lock. May be called again.
    func release() {
        if !isReleased.exchange(true, ordering: .relaxed) { close(descriptor) }
    }

    /// Takes the lock; creates the store if nothing is at the path, or an empty file.
    ///
    /// - Throws: `StoreFailure` if the path cannot be used. Nothing was changed then, except that an empty file may have been
    ///   created.
    static func claim(_ path: String) throws(StoreFailure) -> StorePlace {
        // Another process may replace the file that was opened, as this function does itself with an empty one.
        for _ in 0..<10 {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
            guard descriptor >= 0 else { throw StoreFailure("cannot open", path, code: errno) }
            let place = StorePlace(path: resolved(path), descriptor: descriptor)
            let status = try place.lock()
            guard place.isCurrent(status) else { continue }
            if status.st_size > 0 {
                try place.checkFormat()
                try place.checkLogs()
                return place
            }
            try place.create()
        }
        throw replaced(path)
    }

    /// Takes the lock of a file of any format; nil if nothing is at the path.
    static func lockExisting(_ path: String) throws(StoreFailure) -> StorePlace? {
        for _ in 0..<10 {
            let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 || errno != ENOENT else { return nil }
            guard descriptor >= 0 else { throw StoreFailure("cannot open", path, code: errno) }
            let place = StorePlace(path: resolved(path), descriptor: descriptor)
            if place.isCurrent(try place.lock()) { return place }
        }
        throw replaced(path)
    }

    /// Calls the body with the descriptor of the locked file.
    func withDescriptor<Result>(_ body: (CInt) -> Result) -> Result { body(descriptor) }

    private static func replaced(_ path: String) -> StoreFailure {
        StoreFailure(.inUse, "cannot open state store '\(path)': another program keeps replacing it; stop that program")
    }

    private static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    /// How often the lock is tried again, and after how many microseconds.
    private static let lockAttempts = 10
    private static let lockInterval: useconds_t = 20_000

    private func lock() throws(StoreFailure) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StoreFailure("cannot open", path, code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StoreFailure(
                .notAStore, "cannot open state store '\(path)': it is not a regular file; choose another path")
        }
        if let (problem, remedy) = FileTrust.problem(status, path: path, what: "it") {
            throw StoreFailure(.permission, "cannot use state store '\(path)': \(problem); \(remedy)")
        }
        var attempts = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            // A process that is ending, or one that was forked and has not yet begun its program, has the lock for a moment.
            case EWOULDBLOCK where attempts < Self.lockAttempts:
                attempts += 1
                usleep(Self.lockInterval)
            case EWOULDBLOCK:
                throw StoreFailure(
                    .inUse,
                    "state store '\(path)' is in use by another process; stop that process, or give each agent a store of its own"
                )
            case let code: throw StoreFailure("cannot lock", path, code: code)
            }
        }
        // Its size may have changed before it was locked.
        guard fstat(descriptor, &status) == 0 else { throw StoreFailure("cannot open", path, code: errno) }
        return status
    }

    /// Whether the path still leads to the file that is locked.
    private func isCurrent(_ locked: stat) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_ino == locked.st_ino && status.st_dev == locked.st_dev
    }

    /// Checks the first bytes before SQLite gets the file, which would change one that is not a database.
    private func checkFormat() throws(StoreFailure) {
        var header = [UInt8](repeating: 0, count: 100)
        let count = header.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw StoreFailure("cannot read", path, code: errno) }
        let identifier = header[68..<72].reduce(0) { $0 << 8 | Int32(bitPattern: UInt32($1)) }
        guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)),
            identifier == StoreDatabase.applicationIdentifier
        else {
            throw StoreFailure(
                .notAStore,
                "'\(path)' was not written as a state store; nothing was changed: move it aside, with '\(path)-wal' "
                    + "if that exists, to start with an empty store, "
                    + "or choose another path")
        }
    }

    /// Checks the files that SQLite applies to the database when it opens it.
    private func checkLogs() throws(StoreFailure) {
        for log in NewStore.logSuffixes.map({ path + $0 }) {
            var status = stat()
            guard lstat(log, &status) == 0 else { continue }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw StoreFailure(
                    .damaged, "cannot use '\(log)', a file of the state store: it is not a regular file; \(StoreFailure.restore)")
            }
            if let (problem, remedy) = FileTrust.problem(status, path: log, what: "it") {
                throw StoreFailure(.permission, "cannot use '\(log)', a file of the state store: \(problem); \(remedy)")
            }
        }
    }

    /// Puts a complete database without records in the place of the empty file.
    private func create() throws(StoreFailure) {
        let journal = JournalPlace(store: path)
        if let number = try journal.numbers().first {
            throw StoreFailure(
                .damaged,
                "state store '\(path)' is empty or missing, but its file '\(journal.path(of: number))' exists; "
                    + "nothing was changed: \(StoreFailure.restore)")
        }
        try NewStore.put(at: path, StoreBatch())
    }
}
