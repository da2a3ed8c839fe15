import Foundation
import MobileIPv4

/// A host and a port, as the field Host has them (RFC 9110 §7.2) and, after its scheme, an Origin (RFC 6454 §7).
///
/// Strict: what another program might read as a different host, such as `localhost:80@evil`, is not an authority.
struct Authority: Hashable, Sendable {
    /// A name, an IPv4 address, or an IPv6 address in brackets, in small letters. May be empty.
    let host: String
    /// Nil without a port.
    let port: UInt16?

    /// Nil for anything that is not a host with at most one port.
    init?(_ text: String) {
        let bytes = text.utf8
        let end: String.Index
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            var address = in6_addr()
            let inside = String(text[bytes.index(after: bytes.startIndex)..<close])
            guard inet_pton(AF_INET6, inside, &address) == 1 else { return nil }
            end = bytes.index(after: close)
        } else {
            end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            guard bytes[..<end].allSatisfy(Self.isInName) else { return nil }
        }
        host = text[..<end].lowercased()
        guard end < bytes.endIndex else {
            port = nil
            return
        }
        let digits = bytes[bytes.index(after: end)...]
        guard bytes[end] == UInt8(ascii: ":"), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        // The grammar allows a colon without a port.
        guard !digits.isEmpty else {
            port = nil
            return
        }
        guard let number = UInt16(String(decoding: digits, as: UTF8.self)) else { return nil }
        port = number
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether the host is `localhost` or a loopback address: 127.0.0.0/8, ::1, or the former as an IPv6 address.
    var isLoopback: Bool {
        if host == "localhost" { return true }
        if let address = IPv4Address(host) { return address.rawValue >> 24 == 127 }
        guard host.hasPrefix("[") else { return false }
        var address = in6_addr()
        guard inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1 else { return false }
        return withUnsafeBytes(of: address) { bytes in
            let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127]
            return bytes.starts(with: mapped) || bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
        }
    }
}
