import CLinuxNetwork
import Glibc
package import MobileIPv4

/// Room for the datagrams of one system call, used again and again.
///
/// Unchecked: it is in one pair of hands at a time. The reader fills it, hands it to the event loop, and has it back when that is done.
package final class DatagramBatch: @unchecked Sendable {
    /// Longest registration message served, in octets; a longer one can only be garbage.
    package static let sizeLimit = 4096
    /// Datagrams taken with one system call.
    static let capacity = Int(mip_datagrams_limit)

    private let octets: UnsafeMutableRawBufferPointer
    private let headers: UnsafeMutableBufferPointer<mip_datagram>
    private(set) var count = 0

    init() {
        octets = .allocate(byteCount: Self.capacity * Self.sizeLimit, alignment: 16)
        headers = .allocate(capacity: Self.capacity)
        for index in 0..<Self.capacity {
            var header = mip_datagram()
            header.octets = octets.baseAddress?.advanced(by: index * Self.sizeLimit)
            header.capacity = UInt32(Self.sizeLimit)
            headers.initializeElement(at: index, to: header)
        }
    }

    deinit {
        headers.deallocate()
        octets.deallocate()
    }

    /// Takes what waits at a socket; returns an `errno` when that fails, EAGAIN when nothing waits.
    func fill(from descriptor: CInt) -> CInt? {
        let received = mip_receive_datagrams(descriptor, headers.baseAddress, UInt32(Self.capacity))
        count = max(0, Int(received))
        return received < 0 ? errno : nil
    }

    /// What the headers of a datagram say.
    package struct Header {
        package let source: TransportEndpoint
        package let destination: IPv4Address
        /// Index of the interface it came in by.
        package let interface: UInt32
        /// Nil when unknown.
        package let timeToLive: UInt8?
    }

    /// Hands over each payload, empty for one that was too long.
    package func forEach(_ body: (RawSpan, Header) -> Void) {
        for header in headers[..<count] {
            let isWhole = header.length <= header.capacity
            let payload = UnsafeRawBufferPointer(start: header.octets, count: isWhole ? Int(header.length) : 0)
            body(
                payload.bytes,
                Header(
                    source: TransportEndpoint(IPv4Address(rawValue: header.source_address), port: header.source_port),
                    destination: IPv4Address(rawValue: header.destination_address), interface: header.interface,
                    timeToLive: header.time_to_live == 0 ? nil : header.time_to_live))
        }
    }
}
