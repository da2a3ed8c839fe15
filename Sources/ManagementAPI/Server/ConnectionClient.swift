import Foundation
import MobileIPv4
import NIOCore
import Persistence

/// Whom the limits of connections and of event streams count.
enum ConnectionClient: Hashable, Sendable {
    /// Any user of this machine over TCP, or a proxy here with all its clients.
    case machine
    /// Another machine, or a proxy there with all its clients.
    case address(String)
    /// A user of this machine at the Unix socket; nil if the system does not know.
    case user(uid_t?)

    /// - Parameters:
    ///   - remote: the other end of the connection, of which only TCP has an IP address.
    ///   - peer: who is at the other end of a Unix socket.
    init(_ remote: SocketAddress?, _ peer: PeerCredentials?) {
        guard let text = remote?.ipAddress else {
            self = .user(peer?.uid)
            return
        }
        let isHere = IPv4Address(text).map(ManagementServerConfiguration.isLoopback) ?? (text == "::1")
        self = isHere ? .machine : .address(text)
    }

    /// Whether the client may have everything: root and the daemon's own user, who administrate it, and this machine over TCP, which has
    /// one address for all its users and proxies.
    ///
    /// - Parameter owner: the daemon's own user.
    func isPrivileged(owner: uid_t) -> Bool {
        switch self {
        case .machine: true
        case .address: false
        case .user(let user): user == 0 || user == owner
        }
    }
}
