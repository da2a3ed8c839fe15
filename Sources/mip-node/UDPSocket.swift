import Foundation
import MobileIPv4

/// A non-blocking UDP socket that is closed when it goes away.
struct UDPSocket: ~Copyable {
    let descriptor: CInt

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Opens a socket on a local address and any port.
    init(on address: IPv4Address) throws(Failure) {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(description: "no socket: \(String(cString: strerror(errno)))") }
        var size: CInt = 4 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        // A foreign agent takes this as the sign that the node is on its link (RFC 3024 §4.2.1).
        var timeToLive: CInt = 255
        setsockopt(descriptor, CInt(IPPROTO_IP), IP_TTL, &timeToLive, socklen_t(MemoryLayout<CInt>.size))
        var local = Self.socketAddress(TransportEndpoint(address, port: 0))
        let result = withUnsafePointer(to: &local) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let cause = String(cString: strerror(errno))
            close(descriptor)
            throw Failure(description: "cannot send from \(address): \(cause); is it an address of this machine?")
        }
    }

    deinit { close(descriptor) }

    /// False when the kernel took nothing; the caller's retransmission deals with it.
    func send(_ octets: [UInt8], to endpoint: TransportEndpoint) -> Bool {
        var remote = Self.socketAddress(endpoint)
        return withUnsafePointer(to: &remote) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, octets, octets.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == octets.count
            }
        }
    }

    /// Reads one datagram into `buffer`; nil when none is waiting.
    func receive(into buffer: inout [UInt8]) -> Int? {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count >= 0 ? count : nil
    }

    private static func socketAddress(_ endpoint: TransportEndpoint) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = endpoint.port.bigEndian
        address.sin_addr.s_addr = endpoint.address.rawValue.bigEndian
        return address
    }
}
