import Foundation
import NIOConcurrencyHelpers

/// A port of 127.0.0.1 that is currently unused, for programs that cannot choose one themselves.
///
/// It is below the kernel's ephemeral ports, so that no client takes it before the program does. Two calls in one process return different
/// ports until the range is used up.
public func freePort(stream: Bool = false) -> UInt16 {
    while true {
        let port = FreePorts.next()
        if FreePorts.isFree(port, stream: stream) { return port }
    }
}

private enum FreePorts {
    private static let range: Range<UInt16> = {
        let bounds = (try? String(contentsOfFile: "/proc/sys/net/ipv4/ip_local_port_range", encoding: .utf8)) ?? ""
        let first = bounds.split(whereSeparator: \.isWhitespace).first.flatMap { UInt16($0) } ?? 32_768
        // If that leaves no ports, any port will do.
        return first > 12_000 ? 10_000..<first : 10_000..<65_000
    }()

    /// The next port to try; other processes begin at other ports.
    private static let position = NIOLockedValueBox(UInt16.random(in: range))

    static func next() -> UInt16 {
        position.withLockedValue { position in
            let port = position
            position = port + 1 < range.upperBound ? port + 1 : range.lowerBound
            return port
        }
    }

    static func isFree(_ port: UInt16, stream: Bool) -> Bool {
        let descriptor = socket(AF_INET, Int32(stream ? SOCK_STREAM.rawValue : SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        // Programs under test may listen on any address.
        address.sin_addr.s_addr = 0
        address.sin_port = port.bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
