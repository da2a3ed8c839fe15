import Glibc

/// An open journal file. Its descriptor is closed with the last reference.
final class JournalFile: Sendable {
    let header: JournalHeader
    let path: String
    let descriptor: CInt

    var number: UInt64 { header.number }

    private init(header: JournalHeader, path: String, descriptor: CInt) {
        self.header = header
        self.path = path
        self.descriptor = descriptor
    }

    /// A file that does not exist, for a journal whose next file could not be created: nothing can be written to it.
    static func missing(_ header: JournalHeader, _ place: JournalPlace) -> JournalFile {
        JournalFile(header: header, path: place.path(of: header.number), descriptor: -1)
    }

    deinit { close(descriptor) }

    /// Creates a file with a header and frames. It appears under its name when all of it is on disk, so no file has half a header.
    static func create(
        _ header: JournalHeader, frames: [UInt8] = [], place: JournalPlace, calls: FileCalls
    ) throws(StoreFailure) -> JournalFile {
        let path = place.path(of: header.number)
        let temporary = path + JournalPlace.unfinished
        // A leftover may have another mode.
        unlink(temporary)
        let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw StoreFailure("cannot create", "file of the state store", path, code: errno) }
        let file = JournalFile(header: header, path: path, descriptor: descriptor)
        // The process may run with a umask that takes permissions away from the owner too.
        var code = fchmod(descriptor, 0o600) == 0 ? 0 : errno
        if code == 0 { code = calls.writeAll(header.encoded + frames, to: descriptor, at: 0) }
        if code == 0 { code = calls.synchronize(descriptor) }
        if code == 0, rename(temporary, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(temporary)
            throw StoreFailure("cannot write", "file of the state store", path, code: code)
        }
        code = place.synchronizeFolder()
        guard code == 0 else {
            // The caller makes another file under the same number.
            unlink(path)
            throw StoreFailure("cannot make durable", "file of the state store", path, code: code)
        }
        return file
    }
}
