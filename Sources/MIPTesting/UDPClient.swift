import Foundation
public import MobileIPv4

/// A UDP socket on a loopback address that never blocks.
public final class UDPClient: Sendable {
    private let descriptor: Int32
    /// The endpoint to which it is bound.
    public let endpoint: TransportEndpoint

    /// - Parameter port: 0 for any free port.
    public init(address: IPv4Address = IPv4Address(127, 0, 0, 1), port: UInt16 = 0) {
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var name = Self.name(TransportEndpoint(address, port: port))
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

    /// Sets the time to live of datagrams sent from now on.
    public func setTimeToLive(_ value: Int32) {
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

    public func send(_ octets: [UInt8], to destination: TransportEndpoint) {
        var name = Self.name(destination)
        withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = sendto(descriptor, octets, octets.count, 0, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// The next datagram that has arrived; nil when there is none.
    public func receiveNow() -> [UInt8]? { next()?.datagram }

    private func next() -> (datagram: [UInt8], source: TransportEndpoint)? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var name = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = withUnsafeMutablePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(descriptor, &buffer, buffer.count, 0, $0, &length)
            }
        }
        guard count >= 0 else { return nil }
        let source = TransportEndpoint(
            IPv4Address(rawValue: UInt32(bigEndian: name.sin_addr.s_addr)), port: UInt16(bigEndian: name.sin_port))
        return (Array(buffer[..<count]), source)
    }

    /// Waits for a datagram and returns it with its source.
    public func receiveWithSource() async throws -> (datagram: [UInt8], source: TransportEndpoint) {
        var arrived: (datagram: [UInt8], source: TransportEndpoint)?
        try await eventually("a datagram", within: .seconds(10)) {
            arrived = next()
            return arrived != nil
        }
        guard let arrived else { throw TimedOut(description: "a datagram") }
        return arrived
    }

    /// Waits for a datagram.
    public func receive() async throws -> [UInt8] { try await receiveWithSource().datagram }
}
