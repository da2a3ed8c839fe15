import Glibc

/// Why a store cannot be opened, or why changes are not kept, in one sentence for operators. Never includes contents.
package struct StoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Kind: Hashable, Sendable {
        /// Another process, or another part of this one, has the store open.
        case inUse
        /// The file at the path was not written as a state store.
        case notAStore
        /// A newer version of the program has written the store.
        case newerVersion
        /// The contents are damaged, or a part is missing.
        case damaged
        /// The folder, or a file that was there, is missing.
        case missing
        /// Permission is missing, or the permissions of a file are too wide.
        case permission
        case readOnly
        case noSpace
        /// More is waiting to be written than the store accepts.
        case overloaded
        /// The store is closed.
        case closed
        /// Any other error of the operating system.
        case system
    }

    package let kind: Kind
    package let description: String

    /// - Parameter description: One sentence: what failed, on which path, why, what to do.
    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// What to do about a store whose contents cannot be used.
    static let restore =
        "restore the store's files from a backup, or move all of them aside (also those with -wal and "
        + "-changes in their names) to start with an empty store"

    /// A failed system call on the file at the store's path.
    init(_ action: String, _ path: String, code: CInt) { self.init(action, "state store", path, code: code) }

    /// A failed system call.
    ///
    /// - Parameters:
    ///   - action: What could not be done, such as `cannot write`.
    ///   - what: The object, such as `state store`.
    ///   - code: The `errno`.
    package init(_ action: String, _ what: String, _ path: String, code: CInt) {
        let remedy: String
        switch code {
        case ENOENT, ENOTDIR:
            kind = .missing
            remedy = "create the folder or choose another path"
        case EACCES, EPERM:
            kind = .permission
            remedy = "the daemon's user needs permission to read and write the file and its folder"
        case EROFS:
            kind = .readOnly
            remedy = "make the file system writable or choose another path"
        case ENOSPC, EDQUOT, EFBIG:
            kind = .noSpace
            remedy = "make space on its file system"
        case EISDIR:
            kind = .notAStore
            remedy = "choose the path of a file"
        case EIO:
            kind = .system
            remedy = "check the disk"
        default:
            kind = .system
            remedy = "see the system's log"
        }
        description = "\(action) \(what) '\(path)': \(String(cString: strerror(code))); \(remedy)"
    }
}
