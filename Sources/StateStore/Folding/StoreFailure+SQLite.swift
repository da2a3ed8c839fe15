import GRDB

extension StoreFailure {
    /// An error of GRDB or SQLite; a `StoreFailure` stays as it is.
    ///
    /// - Parameter verb: What could not be done with the store, such as `open`.
    init(_ verb: String, _ path: String, _ error: any Error) {
        if let failure = error as? StoreFailure {
            self = failure
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.system, "cannot \(verb) state store '\(path)': \(error)")
            return
        }
        let what = "cannot \(verb) state store '\(path)'"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .inUse,
                "state store '\(path)' is in use by another process; stop that process, or give each agent a store of its own")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .damaged,
                "state store '\(path)' is damaged: \(StoreFailure.restore)")
        case .SQLITE_FULL: self.init(.noSpace, "\(what): no space left; make space on its file system")
        case .SQLITE_READONLY:
            self.init(.readOnly, "\(what): it is read-only; make the file system writable or choose another path")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(
                .permission,
                "\(what): permission is missing; the daemon's user needs permission to read and write the file and its folder")
        case .SQLITE_NOMEM: self.init(.system, "\(what): not enough memory")
        default: self.init(.system, "\(what): \(error.message ?? "SQLite error"); check the disk and the system's log")
        }
    }
}
