import Foundation
import MobileIPv4

/// Why a fleet cannot run.
struct FleetFailure: Error, CustomStringConvertible {
    let description: String
}

/// A datagram socket that never blocks.
final class FleetSocket {
    let descriptor: CInt
    private let name: String

    /// A UDP socket. To a foreign agent, its TTL of 255 shows that a node is on the agent's link (RFC 3024 §4.2.1).
    convenience init(at endpoint: TransportEndpoint) throws {
        try self.init(CInt(SOCK_DGRAM.rawValue), 0, "the socket at \(endpoint)")
        set(CInt(IPPROTO_IP), IP_TTL, 255)
        set(SOL_SOCKET, SO_RCVBUF, 1 << 20)
        guard withSocketAddress(endpoint, { bind(descriptor, $0, $1) }) == 0 else { throw failure() }
    }

    /// A socket that receives all ICMP messages to this machine, each with its IP header.
    convenience init(receivingICMPAs name: String) throws {
        try self.init(CInt(SOCK_RAW.rawValue), CInt(IPPROTO_ICMP), name)
        set(SOL_SOCKET, SO_RCVBUF, 1 << 20)
    }

    private init(_ kind: CInt, _ number: CInt, _ name: String) throws {
        self.name = name
        descriptor = socket(AF_INET, kind | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue), number)
        guard descriptor >= 0 else { throw failure() }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private func failure() -> FleetFailure {
        FleetFailure(description: "cannot open \(name): \(String(cString: strerror(errno)))")
    }

    private func set(_ level: CInt, _ option: CInt, _ value: CInt) {
        var value = value
        _ = setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
    }

    /// Sends a datagram. One that the kernel does not accept is lost, as on the way.
    func send(_ payload: [UInt8], to endpoint: TransportEndpoint) {
        _ = withSocketAddress(endpoint) { sendto(descriptor, payload, payload.count, 0, $0, $1) }
    }

    /// Reads a datagram into `buffer`; returns its length and where it came from, nil when none waits.
    func receive(into buffer: inout [UInt8]) -> (count: Int, source: TransportEndpoint)? {
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
