import Foundation
import MobileIPv4
import MobilityLink

/// The sockets of a fleet: one for all nodes, or one per node.
final class SocketSet {
    private let shared: Int?
    private let sockets: [UDPSocket]
    private var polls: [pollfd]

    /// One socket for all nodes.
    convenience init(on address: IPv4Address) throws { try self.init([address], shared: 0) }

    /// One socket per node, bound to the node's address.
    convenience init(each addresses: [IPv4Address]) throws { try self.init(addresses, shared: nil) }

    private init(_ addresses: [IPv4Address], shared: Int?) throws {
        self.shared = shared
        sockets = try addresses.map { address in
            let socket = try UDPSocket(
                bindingTo: TransportEndpoint(address, port: 0), receiveBuffer: 4 << 20, readsHeaders: false)
            // To a foreign agent, a TTL of 255 shows that the node is on its link (RFC 3024 §4.2.1).
            socket.setTimeToLive(255)
            return socket
        }
        polls = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    }

    func send(_ bytes: [UInt8], node: Int, to endpoint: TransportEndpoint) -> Bool {
        sockets[shared ?? node].send(bytes, to: endpoint)
    }

    /// Reads one datagram into `buffer`; returns its length and where it came from, nil when none waits.
    func receive(_ socket: Int, into buffer: inout [UInt8]) -> (count: Int, source: TransportEndpoint)? {
        let descriptor = sockets[socket].descriptor
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // The sockets API requires this cast for addresses.
        let count = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(descriptor, &buffer, buffer.count, 0, $0, &length)
            }
        }
        guard count >= 0 else { return nil }
        let source = IPv4Address(rawValue: UInt32(bigEndian: address.sin_addr.s_addr))
        return (count, TransportEndpoint(source, port: UInt16(bigEndian: address.sin_port)))
    }

    /// The sockets that have something to read, after waiting up to the given time.
    func readable(within milliseconds: CInt) -> [Int] {
        guard poll(&polls, nfds_t(polls.count), milliseconds) > 0 else { return [] }
        return polls.indices.filter { polls[$0].revents != 0 }
    }
}
