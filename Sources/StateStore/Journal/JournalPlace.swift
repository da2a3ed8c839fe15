import Foundation
import Persistence

/// The names of a store's journal files: `PATH-changes.N`.
struct JournalPlace: Sendable {
    /// The end of the name of a file that is not complete.
    static let unfinished = ".new"

    /// The path of the store.
    let store: String

    private var prefix: String { store + "-changes." }

    func path(of number: UInt64) -> String { prefix + "\(number)" }

    /// The numbers of the files, in order.
    func numbers() throws(StoreFailure) -> [UInt64] {
        try names().compactMap { name in UInt64(name).flatMap { "\($0)" == name ? $0 : nil } }.sorted()
    }

    /// Removes what a crash left: incomplete files, and files whose changes are in the database.
    ///
    /// - Parameter number: That of the last file whose changes are in the database.
    func removeLeftovers(through number: UInt64) throws(StoreFailure) {
        for name in try names() where name.hasSuffix(Self.unfinished) { unlink(prefix + name) }
        for old in try numbers() where old <= number { remove(old) }
    }

    /// Removes a file whose changes are in the database.
    func remove(_ number: UInt64) { unlink(path(of: number)) }

    /// Makes names that appeared in the folder durable. Returns 0 or the `errno`.
    func synchronizeFolder() -> CInt {
        let descriptor = open(store.parentFolder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        // The folder is writable but not readable: no stronger guarantee is possible.
        guard descriptor >= 0 else { return errno == EACCES ? 0 : errno }
        defer { close(descriptor) }
        // Some file systems do not support synchronising a folder.
        return fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno
    }

    /// What follows the common beginning in the names of the files.
    private func names() throws(StoreFailure) -> [String] {
        let start = prefix.split(separator: "/").last.map(String.init) ?? prefix
        let folder = store.parentFolder
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(start) }
                .map { String($0.dropFirst(start.count)) }
        } catch {
            var status = stat()
            let code = stat(folder, &status) == 0 ? EACCES : errno
            throw StoreFailure("cannot read", "folder of the state store", folder, code: code)
        }
    }
}
