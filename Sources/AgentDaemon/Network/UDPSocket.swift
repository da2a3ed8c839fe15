import Glibc
import MobileIPv4

/// A bound UDP socket that datagrams are sent from.
///
/// Sending is done here and not through a NIO channel: a channel closes for good when the kernel refuses a datagram, and where an
/// answer goes is for the sender of a request to say. Here one refused datagram is one error.
final class UDPSocket {
    let endpoint: TransportEndpoint
    private let descriptor: CInt

    /// Binds a socket that never blocks.
    ///
    /// - Parameter receiveBuffer: octets asked of the kernel; it gives what it may.
    init(bindingTo endpoint: TransportEndpoint, receiveBuffer: Int32) throws(AgentDaemonError) {
        self.endpoint = endpoint
        descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue) | Self.flags, 0)
        guard descriptor >= 0 else { throw AgentDaemonError(cannotBind: endpoint, errno) }
        set(SO_BROADCAST, 1)
        // The first needs CAP_NET_ADMIN and passes the limit of the second.
        if !set(SO_RCVBUFFORCE, receiveBuffer) { set(SO_RCVBUF, receiveBuffer) }
        let result = withSocketAddress(endpoint) { bind(descriptor, $0, $1) }
        // Throwing runs `deinit`, which closes the descriptor.
        guard result == 0 else { throw AgentDaemonError(cannotBind: endpoint, errno) }
    }

    deinit {
        // It is -1 when there was none to be had.
        if descriptor >= 0 { close(descriptor) }
    }

    private static let flags = CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)

    @discardableResult
    private func set(_ option: CInt, _ value: CInt) -> Bool {
        var value = value
        return setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<CInt>.size)) == 0
    }

    /// Another descriptor of the same socket, for the one who reads, who closes it.
    func duplicate() throws(AgentDaemonError) -> CInt {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw AgentDaemonError(cannotBind: endpoint, errno) }
        return copy
    }

    /// Sends one datagram or says why not, as an `errno`.
    func send(_ payload: [UInt8], to destination: TransportEndpoint) -> CInt? {
        let sent = withSocketAddress(destination) { address, length in
            payload.withUnsafeBytes {
                sendto(descriptor, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT | MSG_NOSIGNAL), address, length)
            }
        }
        return sent < 0 ? errno : nil
    }
}

/// Lends the C form of an endpoint.
private func withSocketAddress<R>(_ endpoint: TransportEndpoint, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = endpoint.port.bigEndian
    address.sin_addr.s_addr = endpoint.address.rawValue.bigEndian
    // The cast is how the sockets API wants its addresses.
    return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
}
