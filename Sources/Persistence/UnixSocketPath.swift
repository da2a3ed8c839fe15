import Foundation
import Glibc
import Synchronization

/// The path of a daemon's Unix socket: who may take it, and when its file may be removed.
///
/// A file that a killed daemon left behind is replaced. The socket of a running program is not, and neither is a file that is not a socket.
package final class UnixSocketPath: Sendable {
    /// Why a path cannot be used.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package enum Kind: Hashable, Sendable {
            /// The path is longer than `limit`, or empty.
            case invalidPath
            /// A running program answers at the path, or is too busy to.
            case inUse
            /// The path belongs to something that is not a socket.
            case notASocket
            /// The system refused a call.
            case refused
        }

        package let kind: Kind
        /// One sentence about the path that says what to do.
        package let description: String
    }

    /// Maximum length of the path of a Unix socket, in bytes (`sun_path` in unix(7), without its final NUL).
    package static let limit = 107

    package let path: String
    /// The file made by `open`.
    private let made = Mutex<FileIdentity?>(nil)

    /// - Throws: `invalidPath` for a path that no Unix socket can have.
    package init(_ path: String) throws(Problem) {
        let length = path.utf8.count
        guard (1...Self.limit).contains(length), !path.utf8.contains(0) else {
            throw Problem(
                kind: .invalidPath,
                description: "the path has \(length) bytes; a Unix socket's has 1 to \(Self.limit). Choose another path")
        }
        self.path = path
    }

    /// Makes the path free to bind: removes a socket on which nothing listens, and creates the folder if only that is missing.
    ///
    /// - Throws: `inUse` if a running program has the socket, `notASocket` for any other file.
    package func claim() throws(Problem) {
        SocketFolder.create(forSocketAt: path)
        var status = stat()
        guard lstat(path, &status) == 0 else {
            // Any other obstacle is reported when the socket is bound.
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw Problem(
                kind: .notASocket, description: "there is a file that is not a socket; remove it or choose another path")
        }
        switch Self.connect(to: path) {
        case ECONNREFUSED: break
        case ENOENT: return
        case 0, EAGAIN, EINPROGRESS:
            throw Problem(
                kind: .inUse, description: "it is in use by a running program; stop that program or choose another path")
        case let code: throw Self.refused(code)
        }
        guard unlink(path) == 0 || errno == ENOENT else { throw Self.refused(errno) }
    }

    /// Claims the path and listens on a socket of its own there, with mode 0660. Returns the descriptor, which the caller closes.
    ///
    /// - Parameter backlog: How many connections may wait to be accepted.
    package func open(backlog: CInt = 64) throws(Problem) -> CInt {
        try claim()
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.refused(errno) }
        var status = stat()
        guard Self.call(Glibc.bind, descriptor, path) == 0, chmod(path, 0o660) == 0, lstat(path, &status) == 0,
            listen(descriptor, backlog) == 0
        else {
            let code = errno
            close(descriptor)
            if code == EADDRINUSE {
                throw Problem(
                    kind: .inUse, description: "it is in use by a running program; stop that program or choose another path")
            }
            throw Self.refused(code)
        }
        made.withLock { $0 = FileIdentity(status) }
        return descriptor
    }

    /// Removes the socket's file after its socket was closed, unless the path belongs to somebody else by now: to another file than the one
    /// that `open` made, or, if another library bound the socket, to anything but a socket on which nothing listens.
    package func release() {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
        let made = made.withLock { made in
            defer { made = nil }
            return made
        }
        let isOurs = made.map { $0 == FileIdentity(status) } ?? (Self.connect(to: path) == ECONNREFUSED)
        if isOurs { unlink(path) }
    }

    /// The result of connecting without waiting: 0, or the `errno`.
    package static func connect(to path: String) -> CInt {
        guard path.utf8.count <= limit else { return ENAMETOOLONG }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return call(Glibc.connect, descriptor, path) == 0 ? 0 : errno
    }

    /// Calls `bind` or `connect` with the address of the path.
    private static func call(
        _ function: (CInt, UnsafePointer<sockaddr>?, socklen_t) -> CInt, _ descriptor: CInt, _ path: String
    ) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func refused(_ code: CInt) -> Problem {
        Problem(kind: .refused, description: String(cString: strerror(code)))
    }
}
