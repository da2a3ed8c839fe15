import Foundation
import MobileIPv4

/// Where the messages of a fleet leave and arrive.
struct FleetSockets {
    /// What a socket is for.
    enum Purpose {
        /// Requests and replies of the nodes at a foreign agent, each from its home address, and of all others from the care-of
        /// address.
        case registrations
        /// Revocations of the nodes with the care-of address (RFC 3543 §3.3).
        case revocations
        /// Advertisements of the foreign agent.
        case advertisements
    }

    private let sockets: [(socket: FleetSocket, purpose: Purpose)]
    private var polls: [pollfd]

    /// - Parameters:
    ///   - homeAddresses: those of the nodes at a foreign agent.
    ///   - careOfAddress: that of all others.
    init(homeAddresses: [IPv4Address], careOfAddress: IPv4Address) throws {
        Self.allowDescriptors(homeAddresses.count + 64)
        var sockets: [(socket: FleetSocket, purpose: Purpose)] = []
        for address in homeAddresses + [careOfAddress] {
            sockets.append((try FleetSocket(at: TransportEndpoint(address, port: 0)), .registrations))
        }
        let port = TransportEndpoint(careOfAddress, port: TransportEndpoint.registrationPort)
        sockets.append((try FleetSocket(at: port), .revocations))
        sockets.append((try FleetSocket(receivingICMPAs: "the socket for advertisements"), .advertisements))
        self.sockets = sockets
        polls = sockets.map { pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0) }
    }

    /// The sockets that have something to read, after waiting up to the given time.
    mutating func readable(within milliseconds: CInt) -> [Int] {
        guard poll(&polls, nfds_t(polls.count), milliseconds) > 0 else { return [] }
        return polls.indices.filter { polls[$0].revents != 0 }
    }

    func purpose(of index: Int) -> Purpose { sockets[index].purpose }

    /// Reads a datagram; returns its length and where it came from, nil when none waits.
    func receive(_ index: Int, into buffer: inout [UInt8]) -> (count: Int, source: TransportEndpoint)? {
        sockets[index].socket.receive(into: &buffer)
    }

    /// Sends from a socket: that of the node with this number at the foreign agent, or one that has received something.
    func send(_ payload: [UInt8], from index: Int, to endpoint: TransportEndpoint) {
        sockets[index].socket.send(payload, to: endpoint)
    }

    /// Raises the limit of open files, as far as it goes.
    private static func allowDescriptors(_ count: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(count) else { return }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(count))
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
