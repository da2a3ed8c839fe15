package import Foundation

/// A file for what must survive the daemon: always complete, and readable only by its owner.
package struct StateFile: Hashable, Sendable {
    /// Why the file cannot be used, worded for the operator. Never includes the contents.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        package init(_ description: String) { self.description = description }

        fileprivate init(_ path: String, _ verb: String, _ code: CInt) {
            description =
                "cannot \(verb) state file '\(path)': \(String(cString: strerror(code)))"
                + (code == EACCES ? "; the daemon's user needs permission to do so" : "")
        }
    }

    /// Path of the file.
    package let path: String

    package init(path: String) { self.path = path }

    /// Maximum size in bytes. A million associations with their keys take a third of it.
    static let sizeLimit = 512 << 20

    /// The contents of the file; nil if it does not exist. A file that `FileTrust` does not permit is refused, because it holds keys.
    package func read() throws(Failure) -> Data? {
        switch BoundedFile.read(path, limit: Self.sizeLimit) {
        case .success(let (contents, status)):
            if let (problem, remedy) = FileTrust.problem(status, path: path, what: "it") {
                throw Failure("cannot use state file '\(path)': \(problem); \(remedy)")
            }
            return Data(contents)
        case .failure(let problem):
            if problem.code == ENOENT { return nil }
            if problem.code != 0 { throw Failure(path, "read", problem.code) }
            throw Failure("cannot read state file '\(path)': \(problem)")
        }
    }

    /// Replaces the whole file. After a crash, even of the machine, either the old or the new contents are there; after an error, the old
    /// ones.
    package func write(_ contents: Data) throws(Failure) {
        // In the same folder, because a file can only be renamed within a file system.
        let temporary = path + ".new"
        // A leftover from a crash may have another mode.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(path, "write", errno) }
        var code: CInt = 0
        do {
            try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).write(contentsOf: contents)
            if fsync(descriptor) != 0 { code = errno }
        } catch {
            code = Self.code(of: error)
        }
        if close(descriptor) != 0 && code == 0 { code = errno }
        if code == 0 && rename(temporary, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(temporary)
            throw Failure(path, "write", code)
        }
        try synchronizeFolder()
    }

    /// Renames the file to `PATH.unreadable`, replacing an earlier one, so that writing destroys none of its contents.
    package func moveAside() throws(Failure) {
        guard rename(path, path + ".unreadable") == 0 || errno == ENOENT else { throw Failure(path, "move aside", errno) }
    }

    /// Makes the rename as durable as the contents: the folder is stored separately on disk.
    private func synchronizeFolder() throws(Failure) {
        let descriptor = open(path.parentFolder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // The folder is writable but not readable: the file is in place, and no stronger guarantee is possible.
            if errno == EACCES { return }
            throw Failure(path, "synchronise", errno)
        }
        defer { close(descriptor) }
        // Some file systems do not support synchronising a folder.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw Failure(path, "synchronise", errno) }
    }

    /// The `errno` behind a Foundation error.
    private static func code(of error: any Error) -> CInt {
        if let posix = error as? POSIXError { return posix.code.rawValue }
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        guard let underlying, underlying.domain == NSPOSIXErrorDomain else { return EIO }
        return CInt(truncatingIfNeeded: underlying.code)
    }
}
