import Foundation
import MobileIPv4

/// Registration Requests with wrong authenticators, one for each of many home addresses, as fast as the home agent denies them.
enum WrongRequests {
    /// Sends `count` requests and waits for the denials.
    ///
    /// - Returns: how many were denied.
    static func flood(_ count: Int, firstHomeAddress: IPv4Address, to homeAgent: TransportEndpoint) -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = homeAgent.address.rawValue.bigEndian
        address.sin_port = homeAgent.port.bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return 0 }
        var denied = 0
        var reply = [UInt8](repeating: 0, count: 2048)
        for start in stride(from: 0, to: count, by: 50) {
            let end = min(count, start + 50)
            for number in start..<end {
                let request = request(IPv4Address(rawValue: firstHomeAddress.rawValue + UInt32(number)), homeAgent.address)
                send(descriptor, request, request.count, 0)
            }
            // The second byte of a Registration Reply is its code (RFC 5944 §3.4).
            for _ in start..<end where recv(descriptor, &reply, reply.count, 0) > 1 && reply[1] == 131 { denied += 1 }
        }
        return denied
    }

    /// RFC 5944 §3.3, and a Mobile-Home Authentication Extension of zeros (§3.5.2).
    private static func request(_ homeAddress: IPv4Address, _ homeAgent: IPv4Address) -> [UInt8] {
        func octets(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
        let now = UInt32(truncatingIfNeeded: Int64(Date().timeIntervalSince1970) + 2_208_988_800)
        return [1, 0x20, 0x02, 0x58] + octets(homeAddress.rawValue) + octets(homeAgent.rawValue) + octets(0xC000_0242)
            + octets(now) + octets(homeAddress.rawValue) + [32, 20] + octets(256) + Array(repeating: 0, count: 16)
    }
}
