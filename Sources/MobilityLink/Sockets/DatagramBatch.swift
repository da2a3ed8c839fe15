import CLinuxNetwork
import Glibc
package import MobileIPv4

/// A reusable buffer for the datagrams of one system call.
///
/// Unchecked because only one party uses it at a time: the reader fills it, hands it to the event loop, and gets it back when that is done.
package final class DatagramBatch: @unchecked Sendable {
    /// Longest registration message accepted, in bytes; a longer one can only be garbage.
    package static let sizeLimit = 4096
    /// Most datagrams received with one system call.
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

    /// Receives the datagrams that wait at a socket; returns an `errno` on failure, EAGAIN when none waits.
    func fill(from descriptor: CInt) -> CInt? {
        let received = mip_receive_datagrams(descriptor, headers.baseAddress, UInt32(Self.capacity))
        count = max(0, Int(received))
        return received < 0 ? errno : nil
    }

    /// The header fields of a datagram.
    package struct Header {
        package let source: TransportEndpoint
        package let destination: IPv4Address
        /// Index of the interface on which it arrived.
        package let interface: UInt32
        /// Nil when unknown.
        package let timeToLive: UInt8?
        /// The length of the payload when it exceeded `sizeLimit`, so that none of it is passed on; otherwise nil.
        package var excessLength: Int?
    }

    /// Passes each payload to `body`, an empty one for a datagram that was too long.
    package func forEach(_ body: (RawSpan, Header) -> Void) {
        for header in headers[..<count] {
            let isWhole = header.length <= header.capacity
            let payload = UnsafeRawBufferPointer(start: header.octets, count: isWhole ? Int(header.length) : 0)
            body(
                payload.bytes,
                Header(
                    source: TransportEndpoint(IPv4Address(rawValue: header.source_address), port: header.source_port),
                    destination: IPv4Address(rawValue: header.destination_address), interface: header.interface,
                    timeToLive: header.time_to_live == 0 ? nil : header.time_to_live,
                    excessLength: isWhole ? nil : Int(header.length)))
        }
    }
}
