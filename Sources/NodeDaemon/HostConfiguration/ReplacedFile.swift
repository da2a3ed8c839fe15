import Foundation
import Persistence

/// A small file of the system that is replaced whole, by another one with the same owner and mode.
struct ReplacedFile: Hashable, Sendable {
    struct Contents: Hashable, Sendable {
        var bytes: [UInt8]
        var owner = geteuid()
        var group = getegid()
        /// The permissions.
        var mode: mode_t = 0o644
    }

    let path: String

    /// Largest size in bytes.
    private static let sizeLimit = 65_536

    /// Why what is at the path cannot be replaced, and what to do; nil for a file, and for nothing.
    var obstacle: String? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return nil
        case S_IFLNK:
            return "it is a symbolic link, so another program maintains it; set the mode to resolvectl, or name a regular file"
        default: return "it is not a regular file; name one"
        }
    }

    /// What the file holds; nil if there is none.
    func contents() throws(HostConfigurationError) -> Contents? {
        if let obstacle { throw HostConfigurationError("cannot use '\(path)': \(obstacle)") }
        switch BoundedFile.read(path, limit: Self.sizeLimit) {
        case .success(let (bytes, status)):
            return Contents(bytes: bytes, owner: status.st_uid, group: status.st_gid, mode: status.st_mode & 0o777)
        case .failure(let problem):
            if problem.code == ENOENT { return nil }
            throw HostConfigurationError("cannot read '\(path)': \(problem.description)")
        }
    }

    /// Replaces the file. After a crash, even of the machine, either the old or the new contents are there; after an error, the old
    /// ones.
    func replace(with contents: Contents) throws(HostConfigurationError) {
        // In the same folder, because a file can only be renamed within a file system.
        let temporary = path + ".mip-node.new"
        // A leftover from a crash may have another mode.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("replace", errno) }
        var code = Self.fill(descriptor, with: contents)
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, rename(temporary, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(temporary)
            throw failure("replace", code)
        }
        synchronizeFolder()
    }

    /// Removes the file, if there is one.
    func remove() throws(HostConfigurationError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", errno) }
        synchronizeFolder()
    }

    /// Renames the file, replacing another one.
    func move(to other: String) throws(HostConfigurationError) {
        guard rename(path, other) == 0 else { throw failure("rename", errno) }
        synchronizeFolder()
    }

    /// Returns 0 or an error number.
    private static func fill(_ descriptor: CInt, with contents: Contents) -> CInt {
        var rest = contents.bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return errno }
            rest = rest.dropFirst(count)
        }
        // Once it has another owner, its mode may be out of reach.
        guard fchmod(descriptor, contents.mode) == 0 else { return errno }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return errno }
        if status.st_uid != contents.owner || status.st_gid != contents.group {
            guard fchown(descriptor, contents.owner, contents.group) == 0 else { return errno }
        }
        return fsync(descriptor) == 0 ? 0 : errno
    }

    /// Makes a rename as durable as contents. If the folder cannot be synchronised, the file is in place nevertheless.
    private func synchronizeFolder() {
        let descriptor = open(path.parentFolder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func failure(_ verb: String, _ code: CInt) -> HostConfigurationError {
        let remedy =
            switch code {
            case EACCES, EPERM:
                "the node's user needs permission to create files in '\(path.parentFolder)' and to set their owner"
            case EROFS: "let the node write in '\(path.parentFolder)', for example with ReadWritePaths= in its systemd unit"
            case EBUSY: "it is a mount point, as in containers and network namespaces; name another file"
            case ENOENT, ENOTDIR: "create the folder '\(path.parentFolder)', or name another file"
            case ENOSPC, EDQUOT: "make room on the disk"
            default: "check the disk, or set the mode to off"
            }
        return HostConfigurationError("cannot \(verb) '\(path)': \(String(cString: strerror(code))); \(remedy)")
    }
}
