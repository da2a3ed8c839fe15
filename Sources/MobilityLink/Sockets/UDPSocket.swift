import CLinuxNetwork
import Glibc
package import MobileIPv4

/// A bound UDP socket that never blocks. Safe to use from any thread.
package final class UDPSocket: Sendable {
    package let endpoint: TransportEndpoint
    package let descriptor: CInt

    /// Binds a socket.
    ///
    /// - Parameters:
    /// - receiveBuffer: the size in bytes requested from the kernel, which may grant less.
    /// - readsHeaders: whether a `SocketReader` receives the datagrams, with header fields; otherwise `receive` does.
    /// - reportsErrors: whether a `SocketReader` receives ICMP errors about what is sent. Without it, ICMP errors have no effect at all.
    package init(
        bindingTo endpoint: TransportEndpoint, receiveBuffer: Int32, readsHeaders: Bool = true, reportsErrors: Bool = false
    ) throws(LinkError) {
        self.endpoint = endpoint
        descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue) | Self.flags, 0)
        guard descriptor >= 0 else { throw LinkError(cannotBind: endpoint, errno) }
        set(SO_BROADCAST, 1)
        // The first call needs CAP_NET_ADMIN and may exceed the limit of the second.
        if !set(SO_RCVBUFFORCE, receiveBuffer) { set(SO_RCVBUF, receiveBuffer) }
        var code = readsHeaders ? mip_want_headers(descriptor) : 0
        if code == 0 && reportsErrors { code = mip_want_icmp_reports(descriptor) }
        // Registration messages may be fragmented on the way, so there is nothing to learn about the path.
        if code == 0 { code = mip_ignore_path_mtu(descriptor, 1) }
        // Throwing runs `deinit`, which closes the descriptor.
        guard code == 0 else { throw LinkError(cannotBind: endpoint, code) }
        let result = withSocketAddress(endpoint) { bind(descriptor, $0, $1) }
        guard result == 0 else { throw LinkError(cannotBind: endpoint, errno) }
    }

    deinit {
        // The descriptor is -1 when the socket could not be opened.
        if descriptor >= 0 { close(descriptor) }
    }

    private static let flags = CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)

    @discardableResult
    private func set(_ option: CInt, _ value: CInt) -> Bool {
        var value = value
        return setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<CInt>.size)) == 0
    }

    /// Sets a firewall mark on what is sent, by which routing rules distinguish it from other traffic. Needs CAP_NET_ADMIN; returns whether
    /// it succeeded.
    @discardableResult
    package func setMark(_ mark: UInt32) -> Bool { set(mip_so_mark, CInt(bitPattern: mark)) }

    /// Sends datagrams with as few system calls as possible.
    ///
    /// - Parameter refused: called for each datagram that the kernel refused, with the `errno`; EAGAIN when nothing is known about its
    ///   destination.
    package func send(_ datagrams: ArraySlice<OutgoingDatagram>, refused: (OutgoingDatagram, CInt) -> Void) {
        var next = datagrams.startIndex
        var tries = 1
        while next < datagrams.endIndex {
            let end = min(datagrams.endIndex, next + Int(mip_datagrams_limit))
            let sent = sendBatch(datagrams[next..<end])
            if sent > 0 {
                next += sent
                tries = 1
                continue
            }
            let code = errno
            if code == EINTR { continue }
            // An ICMP error caused by another datagram is reported by the next call, which also clears it.
            if tries < Self.sendAttempts && code != EAGAIN {
                tries += 1
                continue
            }
            refused(datagrams[next], Self.isPossiblyReported(code) ? routeError(to: datagrams[next].destination) ?? EAGAIN : code)
            next += 1
            tries = 1
        }
    }

    /// How often a datagram is tried while each attempt returns what may be an ICMP error about another one.
    private static let sendAttempts = 4

    /// Whether the kernel also returns this `errno` for an ICMP error, which may be about any datagram or forged.
    private static func isPossiblyReported(_ code: CInt) -> Bool {
        [
            ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENONET, ENOPROTOOPT, EPROTO, EOPNOTSUPP, EMSGSIZE,
        ].contains(code)
    }

    /// Why this machine has no route to an address, as an `errno`; nil when it has one. No ICMP error influences the answer.
    private func routeError(to destination: TransportEndpoint) -> CInt? {
        let probe = socket(AF_INET, CInt(SOCK_DGRAM.rawValue) | Self.flags, 0)
        guard probe >= 0 else { return nil }
        defer { close(probe) }
        let local = TransportEndpoint(endpoint.address, port: 0)
        guard withSocketAddress(local, { bind(probe, $0, $1) }) == 0 else { return nil }
        // Connecting only looks up the route.
        return withSocketAddress(destination) { connect(probe, $0, $1) } == 0 ? nil : errno
    }

    /// Sends one datagram from this address of this interface; 0 leaves either to the kernel. Returns 0 or an `errno`.
    package func send(
        _ payload: [UInt8], to destination: TransportEndpoint, from source: IPv4Address, interface: UInt32
    ) -> CInt {
        mip_send_from(
            descriptor, payload, payload.count, destination.address.rawValue, destination.port, source.rawValue, interface)
    }

    /// Sends one datagram. Returns false when the kernel did not accept it; a retransmission will make up for it.
    package func send(_ payload: [UInt8], to destination: TransportEndpoint) -> Bool {
        withSocketAddress(destination) { sendto(descriptor, payload, payload.count, 0, $0, $1) } == payload.count
    }

    /// Reads one datagram into `buffer`; nil when none waits.
    package func receive(into buffer: inout [UInt8]) -> Int? {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count >= 0 ? count : nil
    }

    /// Sets the time to live of everything sent from now on.
    package func setTimeToLive(_ value: CInt) { _ = mip_set_option(descriptor, CInt(IPPROTO_IP), IP_TTL, value) }

    /// The port that the socket is bound to, even if the kernel chose it.
    package var port: UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return result == 0 ? UInt16(bigEndian: address.sin_port) : 0
    }

    private func sendBatch(_ datagrams: ArraySlice<OutgoingDatagram>) -> Int {
        var octets: [UInt8] = []
        octets.reserveCapacity(datagrams.reduce(0) { $0 + $1.payload.count })
        for datagram in datagrams { octets.append(contentsOf: datagram.payload) }
        return octets.withUnsafeBytes { all in
            withUnsafeTemporaryAllocation(of: mip_outgoing.self, capacity: datagrams.count) { headers in
                var offset = 0
                for (index, datagram) in datagrams.enumerated() {
                    headers.initializeElement(
                        at: index,
                        to: mip_outgoing(
                            octets: all.baseAddress?.advanced(by: offset), length: UInt32(datagram.payload.count),
                            destination_address: datagram.destination.address.rawValue,
                            destination_port: datagram.destination.port))
                    offset += datagram.payload.count
                }
                return Int(mip_send_datagrams(descriptor, headers.baseAddress, UInt32(datagrams.count)))
            }
        }
    }
}

/// Passes the C form of an endpoint to `body`.
private func withSocketAddress<R>(_ endpoint: TransportEndpoint, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = endpoint.port.bigEndian
    address.sin_addr.s_addr = endpoint.address.rawValue.bigEndian
    // The sockets API requires this cast for addresses.
    return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
}
