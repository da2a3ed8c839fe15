import Glibc

/// Makes the database of a store under another name, and puts it at the store's path when it is complete and on disk.
enum NewStore {
    /// The ends of the names of files that SQLite makes beside a database, and applies to it when it opens it.
    static let logSuffixes = ["-wal", "-journal"]

    /// - Throws: `StoreFailure` if a file of an earlier database is beside the path, which SQLite would apply to this one.
    static func put(at path: String, _ batch: StoreBatch) throws(StoreFailure) {
        var status = stat()
        for log in logSuffixes.map({ path + $0 }) where lstat(log, &status) == 0 {
            throw StoreFailure(
                .damaged,
                "cannot create state store '\(path)': '\(log)' exists, which has changes of another database; nothing was changed: "
                    + "restore the store's files from a backup, or move '\(log)' aside too")
        }
        let temporary = path + JournalPlace.unfinished
        for suffix in [""] + logSuffixes { unlink(temporary + suffix) }
        let new = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard new >= 0 else { throw StoreFailure("cannot create", path, code: errno) }
        // The process may run with a umask that takes permissions away from the owner too.
        fchmod(new, 0o600)
        close(new)
        var isComplete = false
        defer { if !isComplete { for suffix in [""] + logSuffixes { unlink(temporary + suffix) } } }
        do {
            try StoreDatabase.create(temporary, batch)
        } catch {
            throw StoreFailure("create", path, error)
        }
        guard rename(temporary, path) == 0 else { throw StoreFailure("cannot create", path, code: errno) }
        isComplete = true
        let code = JournalPlace(store: path).synchronizeFolder()
        guard code == 0 else { throw StoreFailure("cannot make durable", path, code: code) }
    }
}
