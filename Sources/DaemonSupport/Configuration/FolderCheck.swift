import Foundation

/// What is at a path, and whether this process can create files there. Nothing is changed.
enum FolderCheck {
    enum Kind {
        case file(stat)
        case folder, socket, other
        /// A link to a path at which nothing is.
        case danglingLink
    }

    /// What is at the path; nil if nothing is, or if this user may not know.
    static func kind(of path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return isDanglingLink(path) ? .danglingLink : nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file(status)
        case S_IFDIR: .folder
        case S_IFSOCK: .socket
        default: .other
        }
    }

    private static func isDanglingLink(_ path: String) -> Bool {
        var status = stat()
        return errno == ENOENT && lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Whether this user may not know what is at the path.
    static func isHidden(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) != 0 && errno == EACCES
    }

    /// Why this process cannot create files in an existing folder; nil if it can.
    static func problem(writingTo folder: String) -> String? {
        guard case .folder? = kind(of: folder) else { return "\(quoted(folder)) is not a folder" }
        guard faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0 else {
            return "cannot create files in \(quoted(folder)): \(cause(errno))"
        }
        if let real = realpath(folder, nil) {
            defer { free(real) }
            let path = String(cString: real)
            // Root passes the check above there.
            if ["/proc", "/sys"].contains(where: { path == $0 || path.hasPrefix($0 + "/") }) {
                return "cannot create files in \(quoted(folder)), whose files are the kernel's"
            }
        }
        // A file without a name, which ends when it is closed: it shows what permissions do not, such as a folder that is immutable.
        let unnamed: CInt = 0o20_000_000
        let descriptor = open(folder, O_WRONLY | O_CLOEXEC | O_DIRECTORY | unnamed, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return nil
        }
        let code = errno
        // Not every file system has such files.
        return [EOPNOTSUPP, EISDIR, EINVAL, ENOENT].contains(code)
            ? nil : "cannot create files in \(quoted(folder)): \(cause(code))"
    }

    /// Whether every user can remove and replace files in the folder: it is writable by all and not sticky as /tmp is.
    static func isOpenToAll(_ folder: String) -> Bool {
        var status = stat()
        guard stat(folder, &status) == 0 else { return false }
        return status.st_mode & 0o002 != 0 && status.st_mode & 0o1000 == 0
    }

    private static func cause(_ code: CInt) -> String { String(cString: strerror(code)) }
}
