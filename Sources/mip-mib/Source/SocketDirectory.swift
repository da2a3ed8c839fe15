import Foundation
import Persistence

/// The directory in which agents of this machine have their control sockets.
struct SocketDirectory: Sendable {
    static let standard = SocketDirectory(path: "/run/mip-mib")

    let path: String

    /// Why nobody can know which sockets are in the directory, and what to do; nil if it can be read or does not exist.
    var problem: (text: String, remedy: String)? {
        guard let directory = opendir(path) else { return Self.problem(path, errno) }
        closedir(directory)
        return nil
    }

    /// What follows from the `errno` with which opening a directory failed.
    static func problem(_ path: String, _ error: Int32) -> (text: String, remedy: String)? {
        guard error == EACCES else { return nil }
        let group = Advice.group(of: path).map { $0 == "root" ? "" : " or as a member of \($0)" } ?? ""
        return ("cannot read \(path): permission denied", "run this command as root\(group)")
    }

    /// The sockets in the directory at which a program listens, and a message for each that a program left behind: its agent is not
    /// running, and must not hide the others.
    func sockets() -> (paths: [String], leftovers: [String]) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        var (paths, leftovers): ([String], [String]) = ([], [])
        for file in files.sorted() where file.hasSuffix(".sock") {
            let socket = "\(path)/\(file)"
            switch Self.connect(to: socket) {
            case ECONNREFUSED:
                leftovers.append("nothing is listening on '\(socket)', so its agent is not running; start it, or remove the file")
            // It vanished after the directory was read.
            case ENOENT: break
            // A socket that cannot be opened is reported when it is read.
            default: paths.append(socket)
            }
        }
        return (paths, leftovers)
    }

    /// The result of connecting without waiting: 0, or the `errno`. A program whose queue is full runs.
    private static func connect(to path: String) -> Int32 {
        guard path.utf8.count <= UnixSocketPath.limit else { return 0 }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 ? 0 : errno
    }
}
