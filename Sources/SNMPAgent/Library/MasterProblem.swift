import Foundation
import Persistence

/// Why the AgentX master cannot be reached, and what to do about it. The library's own message names only the address.
enum MasterProblem {
    /// What the system says about the socket of the master, which takes no time.
    struct Finding: Hashable {
        /// The path of the socket; nil for an address that is not a Unix socket.
        let path: String?
        /// The `errno` of connecting to it; 0 if that succeeded.
        let code: CInt
        /// The permissions and the group of the socket; 0 if they do not matter or cannot be read.
        var mode: mode_t = 0
        var group: gid_t = 0
    }

    /// Tries to connect to a Unix socket, without waiting.
    ///
    /// - Parameter address: the address of the master in the configuration.
    static func find(address: String) -> Finding {
        guard let path = SNMPAddress.agentXPath(address) else { return Finding(path: nil, code: 0) }
        var finding = Finding(path: path, code: UnixSocketPath.connect(to: path))
        var status = stat()
        if finding.code == EACCES, stat(path, &status) == 0 { (finding.mode, finding.group) = (status.st_mode, status.st_gid) }
        return finding
    }

    /// One sentence. It may ask the system's databases of groups, which can take a while.
    static func sentence(address: String, _ finding: Finding) -> String {
        guard let path = finding.path else {
            return
                "no AgentX master answers at \(address); start snmpd with 'master agentx' and 'agentXSocket \(address)' in snmpd.conf"
        }
        return "no AgentX master at \(path): " + cause(finding)
    }

    /// - Parameter code: the `errno` of connecting to the path; 0 if that succeeded.
    static func cause(_ path: String, _ code: CInt) -> String { cause(Finding(path: path, code: code)) }

    static func cause(_ finding: Finding) -> String {
        switch finding.code {
        case 0, EAGAIN, EINPROGRESS: "it accepts connections but opens no session; restart snmpd"
        case ENOENT, ENOTDIR:
            "there is no such socket; add 'master agentx' to snmpd.conf, check 'agentXSocket', and restart snmpd"
        case ECONNREFUSED: "nothing listens on this socket; start snmpd"
        case EACCES: "permission denied; " + access(finding)
        default: String(cString: strerror(finding.code)) + "; check 'agentXSocket' in snmpd.conf"
        }
    }

    private static func access(_ finding: Finding) -> String {
        guard finding.mode != 0 else {
            return "'agentXPerms' in snmpd.conf must let this user open the folder of the socket"
        }
        // Group root has more rights than anyone needs for this.
        guard finding.mode & 0o020 != 0, finding.group != 0, let entry = getgrgid(finding.group), let name = entry.pointee.gr_name
        else {
            return "'agentXPerms' in snmpd.conf must let this user, or a group of its, open the socket"
        }
        return "add this user to group \(String(cString: name))"
    }
}
