import Foundation
import MIPTesting
import MobileIPv4

/// A UDP socket on a loopback address that never blocks.
final class UDPClient: Sendable {
    private let descriptor: Int32
    let endpoint: TransportEndpoint

    init(address: IPv4Address = IPv4Address(127, 0, 0, 1)) {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var name = Self.name(TransportEndpoint(address, port: 0))
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = self.descriptor
        withUnsafeMutablePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = bind(descriptor, pointer, length)
                _ = getsockname(descriptor, pointer, &length)
            }
        }
        endpoint = TransportEndpoint(address, port: UInt16(bigEndian: name.sin_port))
    }

    deinit { close(descriptor) }

    /// The time to live of what is sent from now on.
    func setTimeToLive(_ value: Int32) {
        var value = value
        setsockopt(descriptor, Int32(IPPROTO_IP), IP_TTL, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func name(_ endpoint: TransportEndpoint) -> sockaddr_in {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = endpoint.port.bigEndian
        name.sin_addr.s_addr = endpoint.address.rawValue.bigEndian
        return name
    }

    func send(_ octets: [UInt8], to destination: TransportEndpoint) {
        var name = Self.name(destination)
        withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = sendto(descriptor, octets, octets.count, 0, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// The next datagram that has arrived; nil when there is none.
    func receiveNow() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count >= 0 ? Array(buffer[..<count]) : nil
    }

    func receive() async throws -> [UInt8] {
        var datagram: [UInt8]?
        try await eventually("a datagram", within: .seconds(10)) {
            datagram = receiveNow()
            return datagram != nil
        }
        return datagram ?? []
    }
}
