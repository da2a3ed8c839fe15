import Foundation
import Glibc

/// Why the AgentX master cannot be reached, and what to do about it. The library's own message names only the address.
enum MasterProblem {
    /// One sentence. Tries to connect to a Unix socket, without waiting.
    ///
    /// - Parameter address: the address of the master in the configuration.
    static func sentence(address: String) -> String {
        guard let path = SNMPAddress.agentXPath(address) else {
            return
                "no AgentX master answers at \(address); start snmpd with 'master agentx' and 'agentXSocket \(address)' in snmpd.conf"
        }
        return "no AgentX master at \(path): " + cause(path, connect(to: path))
    }

    /// - Parameter code: the `errno` of connecting to the path; 0 if that succeeded.
    static func cause(_ path: String, _ code: CInt) -> String {
        switch code {
        case 0, EAGAIN, EINPROGRESS: "it accepts connections but opens no session; restart snmpd"
        case ENOENT, ENOTDIR:
            "there is no such socket; add 'master agentx' to snmpd.conf, check 'agentXSocket', and restart snmpd"
        case ECONNREFUSED: "nothing listens on this socket; start snmpd"
        case EACCES: "permission denied; " + access(to: path)
        default: String(cString: strerror(code)) + "; check 'agentXSocket' in snmpd.conf"
        }
    }

    private static func access(to path: String) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return "'agentXPerms' in snmpd.conf must let this user open the folder of the socket"
        }
        guard status.st_mode & 0o020 != 0, let entry = getgrgid(status.st_gid), let name = entry.pointee.gr_name else {
            return "'agentXPerms' in snmpd.conf must let this user, or a group of its, open the socket"
        }
        return "add this user to group \(String(cString: name))"
    }

    private static func connect(to path: String) -> CInt {
        var address = sockaddr_un()
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { return ENAMETOOLONG }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 ? 0 : errno
            }
        }
    }
}
