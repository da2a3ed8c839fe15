package import Foundation

/// A file in which a daemon keeps what must outlive it: always whole, and readable by its owner alone.
package struct StateFile: Hashable, Sendable {
    /// Why the file cannot be used, in words for the operator. Never what is in it.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        package init(_ description: String) { self.description = description }

        fileprivate init(_ path: String, _ verb: String, _ code: CInt) {
            description =
                "the state file '\(path)' cannot be \(verb): \(String(cString: strerror(code)))"
                + (code == EACCES ? "; the daemon's user needs the right to do so" : "")
        }
    }

    /// Path of the file.
    package let path: String

    package init(path: String) { self.path = path }

    /// What the file holds; nil when there is none.
    package func read() throws(Failure) -> Data? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT { return nil }
            throw Failure(path, "read", code)
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        defer { close(descriptor) }
        do {
            return try handle.readToEnd() ?? Data()
        } catch {
            throw Failure(path, "read", Self.code(of: error))
        }
    }

    /// Replaces the file whole. After a crash, of the machine too, either the old or the new one is there; after an error the old one.
    package func write(_ contents: Data) throws(Failure) {
        // In the same folder, since a file is renamed within one file system only.
        let temporary = path + ".new"
        // One that a crash has left behind may have another mode.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(path, "written", errno) }
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
            throw Failure(path, "written", code)
        }
        try synchronizeFolder()
    }

    /// Puts the file beside itself as `PATH.unreadable`, in the place of an earlier one, so that writing loses nothing of it.
    package func moveAside() throws(Failure) {
        guard rename(path, path + ".unreadable") == 0 || errno == ENOENT else { throw Failure(path, "moved aside", errno) }
    }

    /// Makes the new name as durable as the contents: a folder has its own place on the disk.
    private func synchronizeFolder() throws(Failure) {
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // A folder that may be written but not listed: the file is there, and this is as sure as it gets.
            if errno == EACCES { return }
            throw Failure(path, "made durable", errno)
        }
        defer { close(descriptor) }
        // Some file systems have nothing to synchronise for a folder.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw Failure(path, "made durable", errno) }
    }

    /// The `errno` of an error of Foundation.
    private static func code(of error: any Error) -> CInt {
        if let posix = error as? POSIXError { return posix.code.rawValue }
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        guard let underlying, underlying.domain == NSPOSIXErrorDomain else { return EIO }
        return CInt(truncatingIfNeeded: underlying.code)
    }
}
