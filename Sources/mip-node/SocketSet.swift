import Foundation
import MobileIPv4

/// The sockets of a fleet: one for all nodes, or one for each.
final class SocketSet {
    private let shared: Int?
    private let sockets: [SocketBox]
    private var polls: [pollfd]

    /// A box, since an array cannot hold a value that is not copyable.
    private final class SocketBox {
        let socket: UDPSocket
        init(_ socket: consuming UDPSocket) { self.socket = socket }
    }

    /// One socket for all.
    init(on address: IPv4Address) throws {
        sockets = [SocketBox(try UDPSocket(on: address))]
        shared = 0
        polls = sockets.map { pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0) }
    }

    /// One socket for each node, on its address.
    init(each addresses: [IPv4Address]) throws {
        sockets = try addresses.map { SocketBox(try UDPSocket(on: $0)) }
        shared = nil
        polls = sockets.map { pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0) }
    }

    func send(_ octets: [UInt8], node: Int, to endpoint: TransportEndpoint) -> Bool {
        sockets[shared ?? node].socket.send(octets, to: endpoint)
    }

    func receive(_ socket: Int, into buffer: inout [UInt8]) -> Int? { sockets[socket].socket.receive(into: &buffer) }

    /// Which sockets have something to read, waiting up to so many milliseconds.
    func readable(within milliseconds: CInt) -> [Int] {
        guard poll(&polls, nfds_t(polls.count), milliseconds) > 0 else { return [] }
        return polls.indices.filter { polls[$0].revents != 0 }
    }
}
