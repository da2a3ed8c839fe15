import Foundation
import MobileIPv4
import MobilityLink

/// The sockets of a fleet: one for all nodes, or one for each.
final class SocketSet {
    private let shared: Int?
    private let sockets: [UDPSocket]
    private var polls: [pollfd]

    /// One socket for all.
    convenience init(on address: IPv4Address) throws { try self.init([address], shared: 0) }

    /// One socket for each node, on its address.
    convenience init(each addresses: [IPv4Address]) throws { try self.init(addresses, shared: nil) }

    private init(_ addresses: [IPv4Address], shared: Int?) throws {
        self.shared = shared
        sockets = try addresses.map { address in
            let socket = try UDPSocket(
                bindingTo: TransportEndpoint(address, port: 0), receiveBuffer: 4 << 20, readsHeaders: false)
            // A foreign agent takes this as the sign that the node is on its link (RFC 3024 §4.2.1).
            socket.setTimeToLive(255)
            return socket
        }
        polls = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    }

    func send(_ octets: [UInt8], node: Int, to endpoint: TransportEndpoint) -> Bool {
        sockets[shared ?? node].send(octets, to: endpoint)
    }

    func receive(_ socket: Int, into buffer: inout [UInt8]) -> Int? { sockets[socket].receive(into: &buffer) }

    /// Which sockets have something to read, waiting up to so many milliseconds.
    func readable(within milliseconds: CInt) -> [Int] {
        guard poll(&polls, nfds_t(polls.count), milliseconds) > 0 else { return [] }
        return polls.indices.filter { polls[$0].revents != 0 }
    }
}
