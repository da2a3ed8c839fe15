package import Foundation

/// Who is at the other end of a Unix stream socket. The kernel records it when that end connects (`SO_PEERCRED`, unix(7)), so it cannot be
/// forged.
package struct PeerCredentials: Hashable, Sendable {
    /// Effective user of the process that connected.
    package let uid: uid_t
    /// Effective group of that process.
    package let gid: gid_t
    /// Identifier of that process; it may have ended meanwhile.
    package let pid: pid_t

    package init(uid: uid_t, gid: gid_t, pid: pid_t) {
        self.uid = uid
        self.gid = gid
        self.pid = pid
    }

    /// Nil if the descriptor is not a connected Unix socket.
    package init?(ofSocket descriptor: CInt) {
        // `struct ucred`, which Glibc declares only for programs that define _GNU_SOURCE: pid, uid and gid, 32 bits each.
        var peer: (pid: pid_t, uid: uid_t, gid: gid_t) = (0, .max, .max)
        let expected = socklen_t(MemoryLayout.size(ofValue: peer))
        var size = expected
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0, size == expected, peer.uid != .max else {
            return nil
        }
        self.init(uid: peer.uid, gid: peer.gid, pid: peer.pid)
    }

    /// Name of the user; its number if no user has this number. Asks the system's databases of users, which may take a while.
    package var userName: String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var text = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(uid, &entry, &text, text.count, &found) == 0, found != nil, let name = entry.pw_name else {
            return "\(uid)"
        }
        return String(cString: name)
    }
}
