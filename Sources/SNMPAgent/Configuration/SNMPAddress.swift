import Foundation
import MobileIPv4

/// The addresses that net-snmp understands and that can work, in its notation. It accepts much more, and then finds nobody there.
public enum SNMPAddress {
    /// Whether the text is the address of an AgentX master: an absolute path, with or without `unix:`, or a host and port over TCP, such as
    /// `tcp:127.0.0.1:705`, `tcp6:[::1]:705` or `localhost:705`.
    public static func isAgentX(_ text: String) -> Bool {
        if let path = agentXPath(text) {
            // sun_path has 108 bytes with the NUL at its end.
            return path.hasPrefix("/") && !path.hasSuffix("/") && path.utf8.count <= 107 && !path.utf8.contains(0)
        }
        let (transport, rest) = parts(text)
        switch transport {
        case "tcp": return isHostAndPort(rest, isIPv6: false)
        case "tcp6", "tcpv6", "tcpipv6": return isHostAndPort(rest, isIPv6: true)
        default: return !otherTransports.contains(transport.lowercased()) && isHostAndPort(text[...], isIPv6: false)
        }
    }

    /// The names that net-snmp reads as a transport rather than as a host, apart from those above; a master listens on none of them.
    private static let otherTransports: Set<String> = [
        "tcp", "tcp6", "tcpv6", "tcpipv6", "udp", "udp6", "udpv6", "udpipv6", "ipv6", "udpshared", "unix", "alias", "std",
        "ssh", "tls", "tlstcp", "dtls", "dtlsudp", "dtlsudp6", "ipx", "aal5pvc", "pvc",
    ]

    /// The path of the Unix socket in the address of an AgentX master; nil for TCP.
    public static func agentXPath(_ text: String) -> String? {
        if text.hasPrefix("unix:") { return String(text.dropFirst(5)) }
        return text.hasPrefix("/") ? text : nil
    }

    /// Whether the text is an address of an SNMP agent or of a receiver of notifications: an IP transport, a host, and a port, such as
    /// `udp:127.0.0.1:161` or `udp6:[::1]:161`.
    public static func isTransport(_ text: String) -> Bool {
        let (transport, rest) = parts(text)
        switch transport {
        case "udp", "tcp": return isHostAndPort(rest, isIPv6: false)
        case "udp6", "tcp6": return isHostAndPort(rest, isIPv6: true)
        default: return false
        }
    }

    /// Whether the text describes sources of requests: `default`, an address, or a network of IPv4 or IPv6 without bits behind its prefix.
    public static func isSource(_ text: String) -> Bool {
        if text == "default" || IPv4Address(text) != nil || IPv4Prefix(text) != nil { return true }
        let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = ipv6(String(halves[0])) else { return false }
        guard halves.count == 2 else { return true }
        guard let length = DecimalNumber.parse(halves[1], as: Int.self), length <= 128 else { return false }
        return (length..<128).allSatisfy { address[$0 / 8] & (0x80 >> ($0 % 8)) == 0 }
    }

    private static func parts(_ text: String) -> (transport: Substring, rest: Substring) {
        guard let colon = text.firstIndex(of: ":") else { return ("", text[...]) }
        return (text[..<colon], text[text.index(after: colon)...])
    }

    private static func isHostAndPort(_ text: Substring, isIPv6: Bool) -> Bool {
        guard let colon = text.lastIndex(of: ":"),
            let port = DecimalNumber.parse(text[text.index(after: colon)...], as: UInt16.self),
            port > 0
        else { return false }
        let host = text[..<colon]
        if isIPv6, host.hasPrefix("["), host.hasSuffix("]") {
            // A link-local address has a zone, such as %eth0.
            let halves = host.dropFirst().dropLast().split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
            return ipv6(String(halves[0])) != nil && halves.dropFirst().allSatisfy { isName($0) }
        }
        if IPv4Address(String(host)) != nil { return !isIPv6 }
        return isName(host)
    }

    /// A host name. One that ends in a number would be read as an incomplete address.
    private static func isName(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, let last = labels.last, !last.utf8.allSatisfy(isDigit) else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && !label.hasPrefix("-")
                && label.utf8.allSatisfy {
                    isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || "-_".utf8.contains($0)
                }
        }
    }

    private static func isDigit(_ octet: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) }

    /// The 16 octets of an address.
    private static func ipv6(_ text: String) -> [UInt8]? {
        var address = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, text, &address) == 1 ? address : nil
    }
}
